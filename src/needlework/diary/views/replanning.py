"""The next session of a course, moving a session with those after it, and appointments that have to be moved."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.diary import operations, permissions
from needlework.diary.forms.courses import BookNextForm, MoveForm
from needlework.diary.problems import NotDoneError
from needlework.diary.queries import appointments, series
from needlework.diary.queries.choosing import day_of
from needlework.diary.queries.dates import read_slot
from needlework.diary.queries.moving import Moving, NextSession, sent_moves
from needlework.diary.queries.troubled import troubled
from needlework.web.http import page


@asks(permissions.may_book)
def next_session(request: StaffRequest, series_id: UUID) -> HttpResponse:
    """Propose the best date for the next session of a course, and book it with one click."""
    at = timezone.now()
    planned = NextSession(series.course_for(request.user, series_id), at)
    permissions.may_book(user=request.user, clinic=planned.course.series.clinic).or_raise()
    form = BookNextForm(request.POST or None)
    slot = read_slot(request.POST.get("slot", "") or request.GET.get("to", ""))
    if form.is_valid() and slot:
        try:
            operations.add_to_series(
                series=planned.course.series,
                appointment_id=form.cleaned_data["id"],
                begins=slot.begins,
                practitioner=planned.practitioner(slot),
                by=request.user,
                at=at,
            )
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, "The next session is booked.")
            return redirect("diary-course", series_id)
    shown = planned.proposal(None if form.is_bound else slot)
    opened = "day" in request.GET
    choice = planned.choice(day_of(request.GET.get("day", ""))) if opened or not shown.dates else None
    return page(request, "diary/courses/next.html", form=form, course=planned.course, draft=shown, choice=choice)


@asks(permissions.may_book)
def move(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    """Move an appointment to a proposed time; of a course, with those after it or alone."""
    at = timezone.now()
    moving = Moving(appointments.appointment_for(request.user, appointment_id), at)
    permissions.may_book(user=request.user, clinic=moving.appointment.clinic).or_raise()
    form = MoveForm(request.POST or None)
    slot = moving.slot(request.POST if form.is_bound else request.GET)
    if form.is_valid() and slot:
        try:
            return _moved(request, moving, form.cleaned_data["reason"])
        except NotDoneError as problem:
            form.add_error(None, str(problem))
    if slot and moving.practitioner(slot):
        return page(request, "diary/courses/replan.html", form=form, moving=moving, planned=moving.to(slot))
    choice = moving.choice(day_of(request.GET.get("day", "")))
    return page(request, "diary/courses/move.html", form=form, moving=moving, choice=choice)


def _moved(request: StaffRequest, moving: Moving, reason: str) -> HttpResponse:
    """Move what the page said: everything, or only the one."""
    moves = sent_moves(moving, request.POST.getlist("move"), alone="alone" in request.POST)
    first = moves[0]
    if moving.course is None:
        operations.move_appointment(
            appointment=first.appointment,
            begins=first.begins,
            practitioner=first.practitioner,
            sequence=first.sequence,
            by=request.user,
            at=moving.at,
        )
    else:
        operations.move_in_series(moves=moves, reason=reason, by=request.user, at=moving.at)
    notices.success(request, "Moved." if len(moves) == 1 else f"{len(moves)} sessions are moved.")
    if moving.course is None:
        return redirect("diary-to-move")
    return redirect("diary-course", moving.course.series.pk)


@asks(permissions.may_see_diary)
def to_move(request: StaffRequest) -> HttpResponse:
    """Show the appointments that no longer stand inside working time, each with the way to move it."""
    found = troubled(request.user, timezone.now())
    may_book = permissions.may_book(user=request.user)
    return page(request, "diary/courses/to_move.html", troubled=found, may_book=may_book)
