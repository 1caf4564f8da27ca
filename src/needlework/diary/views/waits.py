"""Joining and leaving the waiting list, as a visitor or a patient."""

from uuid import UUID, uuid4

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from needlework.accounts.asking import public
from needlework.diary import operations, visiting
from needlework.diary.forms import visiting as forms
from needlework.diary.operations.visiting import join_waiting_as_visitor
from needlework.diary.problems import NotDoneError
from needlework.diary.queries import online, own, waiting
from needlework.diary.views.missing import or_what_is_offered
from needlework.patients.asking import PatientRequest, asks_patient, own_record
from needlework.web.http import page

JOINED = "You are on the waiting list. We write to you as soon as a time comes free."
EARLIER = "We write to you if an earlier time comes free. Your appointment stays as it is until you take one."
LEFT = "You are no longer on the waiting list."


@public
@or_what_is_offered
def join(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Put a visitor on the waiting list; the answer is the same whether or not they are on it already."""
    service, at = online.service(service_id), timezone.now()
    if online.not_for_visitors(service):
        return redirect("book-times", service.pk)
    form = forms.VisitorWaits(request.POST or None)
    if form.is_valid():
        try:
            visiting.count_wish(request, form.cleaned_data["email"], at=at)
            first, last = own.days_ahead(service.clinic, weeks=form.number_of_weeks(), at=at)
            join_waiting_as_visitor(
                entry_id=form.cleaned_data["id"],
                service=service,
                details=form.details(),
                first_day=first,
                last_day=last,
                weekdays=form.days(),
                at=at,
            )
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, JOINED)
            return redirect("book-services", service.clinic_id)
    return page(request, "diary/public/wait.html", form=form, service=service)


@asks_patient(own_record)
def join_as_patient(request: PatientRequest, service_id: UUID) -> HttpResponse:
    """Put a patient on the waiting list of their clinic."""
    service, at = online.service_for(request.patient, service_id), timezone.now()
    form = forms.Wishes(request.POST or None)
    if form.is_valid():
        first, last = own.days_ahead(service.clinic, weeks=form.number_of_weeks(), at=at)
        try:
            operations.join_waiting(
                entry_id=form.cleaned_data["id"],
                service=service,
                patient=request.patient,
                first_day=first,
                last_day=last,
                weekdays=form.days(),
                by=request.patient,
                at=at,
            )
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, JOINED)
            return redirect("me-appointments")
    return page(request, "diary/own/wait.html", form=form, service=service)


@asks_patient(own_record)
@require_POST
def wait_for_earlier(request: PatientRequest, appointment_id: UUID) -> HttpResponse:
    """Put a patient on the waiting list for an earlier time than one of their appointments has."""
    found, at = own.own_appointment(request.patient, appointment_id), timezone.now()
    if own.waits_for_earlier(found):
        return redirect("me-appointments")
    first, last = own.days_before(found, at=at)
    try:
        operations.join_waiting(
            entry_id=uuid4(),
            service=found.service,
            patient=request.patient,
            instead_of=found,
            first_day=first,
            last_day=last,
            by=request.patient,
            at=at,
        )
    except NotDoneError as problem:
        notices.error(request, str(problem))
    else:
        notices.success(request, EARLIER)
    return redirect("me-appointments")


@asks_patient(own_record)
@require_POST
def leave(request: PatientRequest, wait_id: UUID) -> HttpResponse:
    """Take a patient off the waiting list."""
    entry = waiting.entry_of(request.patient, wait_id)
    operations.leave_waiting(entry=entry, by=request.patient, at=timezone.now())
    notices.success(request, LEFT)
    return redirect("me-appointments")
