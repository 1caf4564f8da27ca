"""A patient's whole record: a copy for the patient, and its erasure."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.front import operations, permissions
from needlework.front.forms import ConfirmErasure
from needlework.front.queries.keeping import keeping
from needlework.patients.queries.people import patient_for
from needlework.web.http import page


@asks(permissions.may_copy_records)
def copy(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Explain the copy; hand it out on the click."""
    patient = patient_for(request.user, patient_id)
    permissions.may_copy_record(user=request.user, patient=patient).or_raise()
    if request.method != "POST":
        return page(request, "front/record/copy.html", patient=patient)
    content = operations.hand_out_copy(patient=patient, by=request.user, at=timezone.now())
    name = f"record-{patient.pk}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)


@asks(permissions.may_erase_records)
def erase(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Say until when the record must be kept; erase it when it need not be, else note the request."""
    at = timezone.now()
    patient = patient_for(request.user, patient_id)
    permissions.may_erase_record(user=request.user, patient=patient).or_raise()
    kept = keeping(patient)
    erasable = kept.erasable(timezone.localdate(at))
    form = ConfirmErasure(request.POST or None, family_name=patient.family_name, erasable=erasable)
    if not form.is_valid():
        return page(request, "front/record/erase.html", patient=patient, kept=kept, erasable=erasable, form=form)
    if erasable:
        operations.erase_patient(patient=patient, by=request.user, at=at)
        notices.success(request, "The record is erased. The access log keeps that it was, without a name.")
        return redirect("patients")
    operations.note_erasure_request(patient=patient, by=request.user, at=at)
    notices.success(
        request, f"Noted, and marketing is stopped. The record goes by itself after {kept.until:%-d %B %Y}."
    )
    return redirect("patient", patient.pk)
