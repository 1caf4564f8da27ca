"""How a patient may be reached."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.patients import forms, operations, permissions
from needlework.patients.opening import opened
from needlework.patients.problems import NotDoneError
from needlework.patients.queries import contact
from needlework.web.http import page


@asks(permissions.may_edit_patient)
def choices(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Write down how a patient wants to be reached."""
    at = timezone.now()
    patient = opened(request, patient_id, at=at, part="contact")
    permissions.may_edit_patient(user=request.user, patient=patient, at=at).or_raise()
    form = forms.ContactForm(request.POST or None, initial=contact.answers(patient))
    if form.is_valid():
        try:
            operations.record_contact_choices(
                patient=patient,
                answers=form.answers(),
                version=form.cleaned_data["version"],
                by=request.user,
                at=at,
            )
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, "The contact choices are saved.")
            return redirect("patient", patient.pk)
    return page(request, "patients/contact/choices.html", form=form, patient=patient)
