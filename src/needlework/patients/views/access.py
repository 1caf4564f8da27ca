"""Giving access from outside the clinic, and taking it in need."""

from uuid import UUID

from django.contrib import messages as notices
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from needlework.accounts.asking import StaffRequest, asks
from needlework.patients import forms, operations, permissions
from needlework.patients.opening import opened
from needlework.patients.problems import NotDoneError
from needlework.patients.queries import access
from needlework.web.http import page

SALT = "needlework.patients.break-glass"
SEARCH_AGAIN = "Search for the patient again: the page was open for too long."


@asks(permissions.may_grant_access)
def grants(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Show who has access from outside, and give it to somebody else."""
    at = timezone.now()
    patient = opened(request, patient_id, at=at, part="access")
    permissions.may_grant_access(user=request.user, patient=patient, at=at).or_raise()
    form = forms.GrantForm(request.POST or None, clinics=access.other_clinics(patient))
    if form.is_valid():
        try:
            operations.grant_access(
                patient=patient,
                to=access.receiver(clinic=form.cleaned_data["clinic"], person=form.cleaned_data["person"]),
                until=form.lasts_until(),
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=at,
                grant_id=form.cleaned_data["id"],
            )
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, "Access is given.")
            return redirect("patient-access", patient.pk)
    lines = access.grant_lines(patient, at)
    return page(request, "patients/access/grants.html", form=form, patient=patient, lines=lines)


@asks(permissions.may_grant_access)
@require_POST
def end_grant(request: StaffRequest, patient_id: UUID, grant_id: UUID) -> HttpResponse:
    """End a grant before its time."""
    at = timezone.now()
    grant = access.grant_for(request.user, patient_id, grant_id, at)
    try:
        operations.end_grant(grant=grant, by=request.user, at=at)
    except NotDoneError as problem:
        notices.error(request, str(problem))
    else:
        notices.success(request, "The access has ended.")
    return redirect("patient-access", patient_id)


@asks(permissions.may_break_glass)
def search(request: StaffRequest) -> HttpResponse:
    """Look for one person outside one's clinics by full name and birthday; only an exact match is told."""
    form = forms.ExactPerson(request.POST or None)
    if not form.is_valid():
        return page(request, "patients/access/search.html", form=form)
    at = timezone.now()
    found = operations.search_to_break_glass(**form.cleaned_data, by=request.user, at=at)
    if len(found) != 1:
        form.add_error(None, access.NOBODY if not found else access.SEVERAL)
        return page(request, "patients/access/search.html", form=form)
    (patient,) = found
    if access.sees(request.user, patient, at):
        return redirect("patient", patient.pk)
    ticket = signing.dumps([str(patient.pk), str(request.user.pk)], salt=SALT)
    return page(request, "patients/access/reason.html", form=forms.BreakGlassForm(initial={"patient": ticket}))


@asks(permissions.may_break_glass)
@require_POST
def give_reason(request: StaffRequest) -> HttpResponse:
    """Open the record that was found, with the reason."""
    at = timezone.now()
    form = forms.BreakGlassForm(request.POST)
    if not form.is_valid():
        return page(request, "patients/access/reason.html", form=form)
    try:
        patient = access.ticketed(_named(form.cleaned_data["patient"], request))
        opened_now = operations.break_glass(patient=patient, reason=form.cleaned_data["reason"], by=request.user, at=at)
    except NotDoneError as problem:
        form.add_error(None, str(problem))
        return page(request, "patients/access/reason.html", form=form)
    return redirect("patient", opened_now.patient_id)


@asks(permissions.may_grant_access)
def taken(request: StaffRequest) -> HttpResponse:
    """List the records opened in need that a lead has still to look at."""
    return page(request, "patients/access/taken.html", accesses=access.unseen_for(request.user))


@asks(permissions.may_grant_access)
@require_POST
def mark_seen(request: StaffRequest, access_id: UUID) -> HttpResponse:
    """Mark one of them as seen."""
    at = timezone.now()
    operations.mark_break_glass_seen(access=access.access_for(request.user, access_id), by=request.user, at=at)
    notices.success(request, "Marked as seen.")
    return redirect("break-glass-list")


def _named(ticket: str, request: StaffRequest) -> UUID:
    """Return the patient that this person's own search found in the last ten minutes."""
    try:
        patient_id, user_id = signing.loads(ticket, salt=SALT, max_age=600)
    except signing.BadSignature as fault:
        raise NotDoneError(SEARCH_AGAIN) from fault
    if user_id != str(request.user.pk):
        raise NotDoneError(SEARCH_AGAIN)
    return UUID(patient_id)
