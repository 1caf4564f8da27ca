"""A patient's appointments on their record, and whether they may book online."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.diary import operations, permissions
from needlework.diary.forms.desk import Confirm, StopOnline
from needlework.diary.problems import NotDoneError
from needlework.diary.queries import blocks, record
from needlework.patients.opening import opened
from needlework.patients.permissions import may_edit_patient
from needlework.web.http import page


@asks(permissions.may_see_diary)
def appointments(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Show a patient's appointments and courses, and what keeps them from booking online."""
    at = timezone.now()
    patient = opened(request, patient_id, at=at, part="appointments")
    return page(
        request,
        "diary/staff/patient.html",
        patient=patient,
        record=record.record(request.user, patient, at=at),
        may_book=permissions.may_book(user=request.user),
        may_edit=may_edit_patient(user=request.user, patient=patient, at=at),
    )


@asks(may_edit_patient)
def stop(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Keep a patient from booking online."""
    at = timezone.now()
    patient = opened(request, patient_id, at=at, part="appointments")
    may_edit_patient(user=request.user, patient=patient, at=at).or_raise()
    form = StopOnline(request.POST or None)
    if form.is_valid():
        try:
            operations.block_online(
                block_id=form.cleaned_data["id"],
                patient=patient,
                reason=form.cleaned_data["reason"],
                until_day=form.cleaned_data["until_day"],
                by=request.user,
                at=at,
            )
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, f"{patient} cannot book online now.")
            return redirect("patient-appointments", patient.pk)
    return page(request, "diary/staff/stop.html", form=form, patient=patient)


@asks(may_edit_patient)
def allow(request: StaffRequest, patient_id: UUID, block_id: UUID) -> HttpResponse:
    """Let a patient book online again."""
    at = timezone.now()
    patient = opened(request, patient_id, at=at, part="appointments")
    may_edit_patient(user=request.user, patient=patient, at=at).or_raise()
    block = blocks.block_of(patient, block_id)
    form = Confirm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.end_online_block(block=block, by=request.user, at=at)
        notices.success(request, f"{patient} can book online again.")
        return redirect("patient-appointments", patient.pk)
    return page(request, "diary/staff/allow.html", form=form, patient=patient, stopped=block)
