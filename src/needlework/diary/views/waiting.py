"""The waiting list, as staff keep it: the list, joining and leaving."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.diary import operations, permissions
from needlework.diary.forms.waiting import EarlierForm, LeaveForm, WaitForm
from needlework.diary.problems import NotDoneError
from needlework.diary.queries import appointments, waiting
from needlework.diary.queries.courses import Offered
from needlework.diary.queries.rules import zone_of
from needlework.patients.opening import opened
from needlework.patients.queries import finding
from needlework.web.http import page

JOINED = "They are on the waiting list. Whatever comes free and suits is offered to them in turn."


@asks(permissions.may_see_diary)
def show(request: StaffRequest) -> HttpResponse:
    """Show who waits, the first to be offered something first; look for a patient to add."""
    typed = request.GET.get("q", "").strip()
    found = finding.find(request.user, typed) if typed else None
    may_book = permissions.may_book(user=request.user)
    entries = waiting.by_clock(waiting.entries_for(request.user))
    return page(request, "diary/waiting/list.html", entries=entries, typed=typed, found=found, may_book=may_book)


@asks(permissions.may_book)
def join(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Put a patient on the list."""
    at = timezone.now()
    patient = opened(request, patient_id, at=at, part="waiting")
    offered = Offered(request.user, at, patient.clinic)
    form = WaitForm(request.POST or None, initial={"first_day": offered.today}, **offered.choices)
    if form.is_valid():
        answer = form.cleaned_data
        try:
            operations.join_waiting(
                entry_id=answer["id"],
                service=offered.services[answer["service"]],
                patient=patient,
                practitioner=offered.practitioners[int(answer["practitioner"])] if answer["practitioner"] else None,
                first_day=answer["first_day"],
                last_day=answer["last_day"],
                weekdays=[int(day) for day in answer["weekdays"]],
                by=request.user,
                at=at,
            )
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, JOINED)
            return redirect("waiting-list")
    return page(request, "diary/waiting/join.html", form=form, patient=patient)


@asks(permissions.may_book)
def earlier(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    """Put whoever has an appointment on the list for an earlier time."""
    at = timezone.now()
    appointment = appointments.appointment_for(request.user, appointment_id)
    permissions.may_book(user=request.user, clinic=appointment.clinic).or_raise()
    form, zone = EarlierForm(request.POST or None), zone_of(appointment.clinic)
    if form.is_valid():
        first, last = (moment.astimezone(zone).date() for moment in (at, appointment.begins))
        try:
            operations.join_waiting(
                entry_id=form.cleaned_data["id"],
                service=appointment.service,
                patient=appointment.patient,
                visitor=appointment.visitor,
                instead_of=appointment,
                first_day=first,
                last_day=last,
                weekdays=[int(day) for day in form.cleaned_data["weekdays"]],
                by=request.user,
                at=at,
            )
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, JOINED)
            return redirect("waiting-list")
    return page(request, "diary/waiting/earlier.html", form=form, appointment=appointment, zone=zone)


@asks(permissions.may_book)
def leave(request: StaffRequest, wait_id: UUID) -> HttpResponse:
    """Take somebody off the list."""
    entry = waiting.entry_for(request.user, wait_id)
    permissions.may_book(user=request.user, clinic=entry.clinic).or_raise()
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.leave_waiting(entry=entry, by=request.user, at=timezone.now())
        notices.success(request, "They are off the waiting list.")
        return redirect("waiting-list")
    return page(request, "diary/waiting/leave.html", form=form, entry=entry)
