"""What a private link leads to: one appointment, or one freed time that is offered."""

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from needlework.accounts.asking import public
from needlework.diary import operations
from needlework.diary.panels import own_panels
from needlework.diary.problems import NotDoneError
from needlework.diary.queries import own, waiting
from needlework.diary.tokens import token_of
from needlework.diary.views import changing
from needlework.web.http import page

GONE = {
    "heading": "This link no longer works",
    "sentence": "It may be incomplete, or what it led to is long past. Open the link in our latest letter to you, "
    "or call the clinic.",
}
TAKEN = "The time is yours. We have written to you."
DECLINED = "We offer the time to somebody else. You keep your place on the waiting list."


@public
def appointment(request: HttpRequest, token: str) -> HttpResponse:
    """Show an appointment to whoever holds its link."""
    found = own.by_link(token, at=timezone.now())
    if found is None:
        return gone(request)
    below = own_panels(found.appointment, token)
    return page(request, "diary/public/appointment.html", shown=found, token=token, panels=below)


@public
def move(request: HttpRequest, token: str) -> HttpResponse:
    """Move an appointment by its link."""
    found = own.by_link(token, at=timezone.now())
    if found is None:
        return gone(request)
    back = reverse("appointment-private", args=[token])
    return changing.move(request, found, by=own.person_behind(found.appointment), back=back)


@public
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Cancel an appointment by its link."""
    found = own.by_link(token, at=timezone.now())
    if found is None:
        return gone(request)
    back, move_url = (reverse(name, args=[token]) for name in ("appointment-private", "appointment-private-move"))
    return changing.cancel(request, found, by=own.person_behind(found.appointment), back=back, move_url=move_url)


@public
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """Show a freed time to whoever waits for it; they take it, or it goes to the next."""
    at = timezone.now()
    try:
        found = waiting.offer_by_token(token, at)
    except Http404:
        return gone(request)
    answer, by, problem = request.POST.get("answer"), own.person_behind(found.entry), ""
    try:
        if answer == "take":
            taken = operations.take_offer(offer=found, by=by, at=at)
            notices.success(request, TAKEN)
            return redirect("appointment-private", token_of("appointment", taken.pk))
        if answer == "decline":
            operations.decline_offer(offer=found, by=by, at=at)
            notices.success(request, DECLINED)
            return redirect("waiting-offer", token)
    except NotDoneError as refused:
        problem = str(refused)
    return page(
        request,
        "diary/public/offer.html",
        status=422 if problem else 200,
        offered=own.offered(found, at=at),
        problem=problem,
    )


def gone(request: HttpRequest) -> HttpResponse:
    """Say that a link leads nowhere any more, and what to do."""
    return page(request, "diary/public/gone.html", status=410, **GONE)
