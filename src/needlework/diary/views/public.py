"""Booking without an account: a clinic, a service, a time, and who comes."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from needlework.accounts.asking import public
from needlework.audit.record import SYSTEM
from needlework.diary import kept, operations, visiting
from needlework.diary.confirming import confirm, nearest
from needlework.diary.forms import visiting as forms
from needlework.diary.kept import Kept
from needlework.diary.problems import NotDoneError, NotOfferedError
from needlework.diary.queries import choosing, holds, online, own
from needlework.diary.queries.availability import Asking
from needlework.diary.tokens import token_of
from needlework.diary.views.missing import or_what_is_offered
from needlework.web.http import page

BOOKED = "Your appointment is booked. We have written to you."
GONE = {
    "heading": "This time is no longer kept",
    "sentence": "The link is incomplete, or belongs to another browser. Nothing was booked. Choose a time again.",
}


@public
def clinics(request: HttpRequest) -> HttpResponse:
    """Show where one can book; with one clinic, its services at once."""
    places = list(online.clinics())
    if len(places) == 1:
        return _services(request, places[0].pk)
    return page(request, "diary/public/clinics.html", clinics=places)


@public
@or_what_is_offered
def services(request: HttpRequest, clinic_id: UUID) -> HttpResponse:
    """Show what one can book at a clinic."""
    return _services(request, clinic_id)


def _services(request: HttpRequest, clinic_id: UUID) -> HttpResponse:
    clinic = online.clinic(clinic_id)
    return page(request, "diary/public/services.html", clinic=clinic, services=online.services_of(clinic))


@public
@or_what_is_offered
def times(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Show the free times of a service; pressing one keeps it for a while."""
    service, at = online.service(service_id), timezone.now()
    if why := online.not_for_visitors(service):
        first = online.first_visits(service.clinic)
        return page(request, "diary/public/first.html", service=service, why=why, services=first)
    wish, name = choosing.wish_of(service, request.GET), visiting.name_of(request)
    form = forms.ChooseTime(request.POST or None)
    if form.is_valid():
        name = name or visiting.new_name()
        try:
            visiting.count_choice(request, visiting.key_of(name), at=at)
            hold = operations.hold_slot(
                service=service,
                begins=form.moment(),
                practitioner=wish.person,
                browser_key=visiting.key_of(name),
                origin_key=visiting.origin_of(request),
                by=SYSTEM,
                at=at,
            )
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            return _on_to_details(kept.keeping(hold, wish.person), name)
    asking = Asking(online=True, hold=holds.of_browser(visiting.key_of(name)) if name else None)
    shown = choosing.times(service, wish, asking=asking, at=at)
    return page(request, "diary/public/times.html", form=form, times=shown)


def _on_to_details(chosen: Kept, name: str) -> HttpResponse:
    """Go on to who comes, and let the browser keep its name."""
    response = redirect("book-details", kept.token_of(chosen, whose=visiting.key_of(name)))
    visiting.remember(response, name)
    return response


@public
@or_what_is_offered
def details(request: HttpRequest, kept_token: str) -> HttpResponse:
    """Ask who comes, and book the time that is kept; another one instead, where it was taken meanwhile."""
    name, at = visiting.name_of(request), timezone.now()
    chosen = kept.read(kept_token, whose=visiting.key_of(name))
    if chosen is None:
        return page(request, "diary/public/gone.html", status=410, **GONE)
    instead, form = forms.ChooseTime(request.POST or None), forms.VisitorBooks(request.POST or None)
    if instead.is_valid():
        chosen = kept.instead(chosen, instead.moment())
    if made := own.made_of(chosen.hold_id):
        return redirect("appointment-private", token_of("appointment", made.pk))
    others: list[tuple[str, int]] = []
    if form.is_valid():
        try:
            booked = _book(request, chosen, form, at)
        except NotDoneError as problem:
            form.add_error(None, str(problem))
            others = nearest(chosen, Asking(online=True), at=at) if isinstance(problem, NotOfferedError) else []
        else:
            notices.success(request, BOOKED)
            return redirect("appointment-private", token_of("appointment", booked))
    return page(
        request,
        "diary/public/details.html",
        form=form,
        chosen=holds.chosen(chosen, at=at),
        others=others,
        action=reverse("book-details", args=[kept.token_of(chosen, whose=visiting.key_of(name))]),
    )


def _book(request: HttpRequest, chosen: Kept, form: forms.VisitorBooks, at: datetime) -> UUID:
    """Book the chosen time for whoever typed the form; return the appointment's id."""
    name = visiting.name_of(request)
    attempt = visiting.count_wish(request, form.cleaned_data["email"], at=at)
    try:
        made = confirm(
            chosen,
            visitor=form.details(),
            note=form.cleaned_data["note"],
            browser_key=visiting.key_of(name),
            origin_key=visiting.origin_of(request),
            by=SYSTEM,
            at=at,
        )
    except NotOfferedError:  # who is refused as a person still counts: nobody tries out who comes when
        attempt.delete()
        raise
    return made.pk
