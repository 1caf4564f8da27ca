"""Saying which patient somebody is who booked without being one, or making them one."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.diary import operations, permissions
from needlework.diary.problems import NotDoneError
from needlework.diary.queries import history
from needlework.diary.queries.appointments import appointment_for
from needlework.diary.views.sheets import uuid_of
from needlework.patients.forms import NewPatient
from needlework.patients.permissions import may_add_patient
from needlework.patients.problems import NotDoneError as NotAddedError
from needlework.patients.queries import finding
from needlework.patients.queries.people import patient_for
from needlework.web.http import page


@asks(permissions.may_book)
def match(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    """Say which patient somebody is who booked without being one."""
    at = timezone.now()
    appointment = appointment_for(request.user, appointment_id)
    visitor = appointment.visitor
    if visitor is None or appointment.patient_id:
        return redirect("appointment", appointment.pk)
    patient_id = uuid_of(request.POST.get("patient", ""))
    if patient_id:
        patient = patient_for(request.user, patient_id, at)
        try:
            operations.match_visitor(visitor=visitor, patient=patient, by=request.user, at=at)
        except NotDoneError as problem:
            notices.error(request, str(problem))
        else:
            notices.success(request, f"The appointment is {patient}’s now.")
            return redirect("appointment", appointment.pk)
    typed = request.GET.get("q", "").strip()
    return page(
        request,
        "diary/staff/match.html",
        appointment=appointment,
        visitor=visitor,
        typed=typed,
        likely=history.likely(request.user, visitor),
        found=finding.find(request.user, typed or visitor.name),
    )


@asks(may_add_patient)
def register(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    """Register a visitor as a patient, with what they typed when they booked."""
    appointment = appointment_for(request.user, appointment_id)
    visitor = appointment.visitor
    if visitor is None or appointment.patient_id:
        return redirect("appointment", appointment.pk)
    clinic = {str(appointment.clinic_id): appointment.clinic.name}
    form = NewPatient(request.POST or None, clinics=clinic, initial=dict(visitor.details))
    if form.is_valid():
        try:
            patient = operations.register_visitor(
                visitor=visitor,
                clinic=appointment.clinic,
                patient_id=form.cleaned_data["id"],
                details=form.details(),
                by=request.user,
                at=timezone.now(),
            )
        except (NotDoneError, NotAddedError) as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, f"{patient} is a patient now, and the appointment theirs.")
            return redirect("appointment", appointment.pk)
    return page(
        request,
        "diary/staff/register.html",
        form=form.asking(different=False),
        appointment=appointment,
        visitor=visitor,
    )
