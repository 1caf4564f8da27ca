"""One appointment: what is known of it, what became of it, moving and cancelling it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.audit import record as audit
from needlework.diary import operations, panels, permissions
from needlework.diary.forms.desk import CancelAppointment, MoveAppointment, Step
from needlework.diary.problems import NotDoneError
from needlework.diary.queries import blocks, history, picking, sheets
from needlework.diary.queries.appointments import appointment_for
from needlework.diary.queries.availability import Asking
from needlework.diary.queries.history import Appointment
from needlework.diary.queries.picking import Picked
from needlework.diary.queries.sheets import Here
from needlework.diary.views.desk import somebody
from needlework.diary.views.sheets import asked
from needlework.web import errors
from needlework.web.fields.dates import clock as clock_of
from needlework.web.http import page

Mark = Callable[..., object]


@asks(permissions.may_see_diary)
def show(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    """Show an appointment with its history, and what can be done about it."""
    at = timezone.now()
    appointment = appointment_for(request.user, appointment_id)
    audit.viewed(appointment, by=request.user, at=at, part="appointment")
    here = sheets.here(request.user, appointment.clinic_id, at)
    return page(
        request,
        "diary/staff/appointment.html",
        appointment=appointment,
        zone=here.zone,
        day=appointment.begins.astimezone(here.zone).date(),
        history=history.changes(appointment),
        panels=panels.panels_for(request.user, appointment, at=at),
        blocks=blocks.standing(appointment.patient, here.today) if appointment.patient else [],
        may_book=permissions.may_book(user=request.user, clinic=appointment.clinic),
        begun=at >= appointment.begins,
    )


@asks(permissions.may_book)
def arrived(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    """Write down that somebody is here."""
    return _step(request, appointment_id, operations.mark_arrived, "Marked as arrived.")


@asks(permissions.may_book)
def attended(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    """Write down that the appointment took place."""
    return _step(request, appointment_id, operations.mark_attended, "Marked as attended.")


@asks(permissions.may_book)
def no_show(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    """Write down that nobody came."""
    return _step(request, appointment_id, operations.mark_no_show, "Marked as not having come.")


@asks(permissions.may_book)
def put_back(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    """Take the last step back."""
    return _step(request, appointment_id, operations.put_back, "Put back by one step.")


def _step(request: StaffRequest, appointment_id: UUID, mark: Mark, said: str) -> HttpResponse:
    appointment = appointment_for(request.user, appointment_id)
    form = Step(request.POST or None)
    if not form.is_valid():
        return errors.changed(request)
    try:
        mark(appointment=appointment, sequence=form.cleaned_data["sequence"], by=request.user, at=timezone.now())
    except NotDoneError as problem:
        notices.error(request, str(problem))
    else:
        notices.success(request, said)
    return redirect("appointment", appointment.pk)


@asks(permissions.may_book)
def move(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    """Move an appointment: first the free times of a day, then the old time beside the new one."""
    at = timezone.now()
    appointment = appointment_for(request.user, appointment_id)
    if appointment.series_id:
        return redirect_to_course(request, appointment)
    here = sheets.here(request.user, appointment.clinic_id, at)
    found = _picked(request, appointment, here, at)
    return _confirm(request, appointment, here, found, at) if found else _times(request, appointment, here, at)


def redirect_to_course(request: StaffRequest, appointment: Appointment) -> HttpResponse:
    """Send on to the page that moves a session of a course, with the time that was picked."""
    where = redirect("appointment-replan", appointment.pk)
    query = request.GET.urlencode()
    return redirect(f"{where.url}?{query}") if query else where


def _asking(appointment: Appointment) -> Asking:
    return Asking(
        online=False, patient=appointment.patient, visitor=appointment.visitor, instead_of=appointment, known=True
    )


def _picked(request: StaffRequest, appointment: Appointment, here: Here, at: datetime) -> Picked | None:
    clock = clock_of(request.GET.get("clock", ""))
    if clock is None:
        return None
    asking, zone = _asking(appointment), here.zone
    who = somebody(appointment.service, request.GET.get("practitioner") or str(appointment.practitioner_id))
    day = asked(request).day or appointment.begins.astimezone(zone).date()
    return picking.picked(appointment.service, day, clock, who, zone, asking=asking, at=at)


def _times(request: StaffRequest, appointment: Appointment, here: Here, at: datetime) -> HttpResponse:
    day = asked(request).day or max(here.today, appointment.begins.astimezone(here.zone).date())
    return page(
        request,
        "diary/staff/move.html",
        appointment=appointment,
        here=here,
        choices=picking.choices(appointment.service, day, here.zone, asking=_asking(appointment), at=at),
        performers=picking.performers(appointment.service),
    )


def _confirm(request: StaffRequest, appointment: Appointment, here: Here, found: Picked, at: datetime) -> HttpResponse:
    """Show the old time and the new one; nothing moves before it is confirmed."""
    start = {"sequence": appointment.sequence}
    form = MoveAppointment(request.POST or None, refused=found.refused, initial=start)
    if form.is_valid():
        try:
            operations.move_appointment(
                appointment=appointment,
                begins=found.begins,
                practitioner=found.practitioner,
                sequence=form.cleaned_data["sequence"],
                overbooking_reason=form.reason,
                by=request.user,
                at=at,
            )
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, "The appointment is moved.")
            return redirect("appointment", appointment.pk)
    return page(request, "diary/staff/move_confirm.html", form=form, appointment=appointment, here=here, picked=found)


@asks(permissions.may_book)
def cancel(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    """Cancel an appointment, with a reason for colleagues."""
    at = timezone.now()
    appointment = appointment_for(request.user, appointment_id)
    form = CancelAppointment(request.POST or None, initial={"sequence": appointment.sequence})
    if form.is_valid():
        try:
            operations.cancel_appointment(
                appointment=appointment,
                sequence=form.cleaned_data["sequence"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=at,
            )
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, "The appointment is cancelled.")
            return redirect("appointment", appointment.pk)
    here = sheets.here(request.user, appointment.clinic_id, at)
    return page(request, "diary/staff/cancel.html", form=form, appointment=appointment, here=here)
