"""A patient's own appointments: seeing, booking, moving, cancelling, waiting for an earlier time."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from needlework.diary import kept, operations, visiting
from needlework.diary.confirming import confirm, nearest
from needlework.diary.forms import visiting as forms
from needlework.diary.problems import NotDoneError, NotOfferedError
from needlework.diary.queries import choosing, holds, online, own
from needlework.diary.queries.availability import Asking
from needlework.diary.views import changing
from needlework.patients.asking import PatientRequest, asks_patient, own_record
from needlework.web.http import page

BOOKED = "Your appointment is booked."
ELSEWHERE = "{service} is at {clinic}: call them to book there. This is what your own clinic offers."


@asks_patient(own_record)
def appointments(request: PatientRequest) -> HttpResponse:
    """Show a patient what is coming, what was, and what they wait for."""
    return page(request, "diary/own/list.html", own=own.own(request.patient, at=timezone.now()))


@asks_patient(own_record)
def services(request: PatientRequest) -> HttpResponse:
    """Show a patient what their clinic offers."""
    clinic = request.patient.clinic
    known, offered = online.has_consulted(request.patient), online.services_of(clinic)
    return page(request, "diary/own/services.html", clinic=clinic, services=offered, consulted=known)


@asks_patient(own_record)
def times(request: PatientRequest, service_id: UUID) -> HttpResponse:
    """Show a patient the free times of a service; pressing one keeps it for a while."""
    service, at = online.service(service_id), timezone.now()
    if service.clinic != request.patient.clinic:
        notices.warning(request, ELSEWHERE.format(service=service, clinic=service.clinic))
        return redirect("me-book")
    if service.consultation_first and not online.has_consulted(request.patient):
        first = online.first_visits(service.clinic)
        return page(request, "diary/own/first.html", service=service, why=online.CONSULTATION_FIRST, services=first)
    wish, key = choosing.wish_of(service, request.GET), visiting.key_of(str(request.patient.pk))
    form = forms.ChooseTime(request.POST or None)
    if form.is_valid():
        try:
            visiting.count_choice(request, key, at=at)
            hold = operations.hold_slot(
                service=service,
                begins=form.moment(),
                practitioner=wish.person,
                patient=request.patient,
                browser_key=key,
                by=request.patient,
                at=at,
            )
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("me-book-confirm", kept.token_of(kept.keeping(hold, wish.person), whose=key))
    shown = choosing.times(service, wish, asking=_asking(request), at=at)
    return page(request, "diary/own/times.html", form=form, times=shown)


@asks_patient(own_record)
def book(request: PatientRequest, kept_token: str) -> HttpResponse:
    """Book the time that is kept for a patient; another one instead, where it was taken meanwhile."""
    at, key = timezone.now(), visiting.key_of(str(request.patient.pk))
    chosen = kept.read(kept_token, whose=key)
    if chosen is None:
        return page(request, "diary/own/gone.html", status=410)
    instead, form = forms.ChooseTime(request.POST or None), forms.PatientBooks(request.POST or None)
    if instead.is_valid():
        chosen = kept.instead(chosen, instead.moment())
    if own.made_of(chosen.hold_id):
        return redirect("me-appointments")
    others: list[tuple[str, int]] = []
    if form.is_valid():
        note = form.cleaned_data["note"]
        try:
            confirm(chosen, patient=request.patient, note=note, browser_key=key, by=request.patient, at=at)
        except NotDoneError as problem:
            form.add_error(None, str(problem))
            others = nearest(chosen, _asking(request), at=at) if isinstance(problem, NotOfferedError) else []
        else:
            notices.success(request, BOOKED)
            return redirect("me-appointments")
    action = reverse("me-book-confirm", args=[kept.token_of(chosen, whose=key)])
    shown = holds.chosen(chosen, at=at)
    return page(request, "diary/own/book.html", form=form, chosen=shown, others=others, action=action)


@asks_patient(own_record)
def move(request: PatientRequest, appointment_id: UUID) -> HttpResponse:
    """Move one of the patient's appointments."""
    found = own.shown(own.own_appointment(request.patient, appointment_id), at=timezone.now())
    return changing.move(request, found, by=request.patient, back=reverse("me-appointments"))


@asks_patient(own_record)
def cancel(request: PatientRequest, appointment_id: UUID) -> HttpResponse:
    """Cancel one of the patient's appointments."""
    found = own.shown(own.own_appointment(request.patient, appointment_id), at=timezone.now())
    move_url = reverse("me-move", args=[appointment_id])
    return changing.cancel(request, found, by=request.patient, back=reverse("me-appointments"), move_url=move_url)


def _asking(request: PatientRequest) -> Asking:
    hold = holds.of_browser(visiting.key_of(str(request.patient.pk)))
    return Asking(online=True, patient=request.patient, hold=hold)
