"""Views on the way in: they declare who may stand at each door, and turn away whoever tries too often."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from needlework.accounts import presence
from needlework.accounts.asking import View
from needlework.accounts.decision import Decision
from needlework.accounts.hashing import TooBusy
from needlework.accounts.models import SignIn, User
from needlework.accounts.queries.second_factor import factors_of
from needlework.accounts.throttle import TooMany
from needlework.web.http import page

CONFIRMED = timedelta(minutes=15)


class DoorRequest(HttpRequest):
    """A request of somebody who has shown who they are, but is not necessarily signed in."""

    person: User
    sign_in: SignIn | None


def knows_the_password(**_: Any) -> Decision:
    """Stand for a door that checks for itself: the password was right, the second factor is still owed."""
    return Decision()


def has_signed_in(**_: Any) -> Decision:
    """Stand for a door that checks for itself: somebody has signed in here, even if the page is locked."""
    return Decision()


def may_set_up_a_factor(**_: Any) -> Decision:
    """Stand for a door that checks for itself: no second factor yet, or signed in and confirmed lately."""
    return Decision()


def half_way_in(view: View) -> View:
    """Let only somebody reach the view who has just given the right password; `request.person` is who."""

    def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = presence.half_way(request, at=timezone.now())
        if person is None:
            return redirect("sign-in")
        return view(_at_door(request, person), *args, **kwargs)

    return _declared(view, ask, knows_the_password)


def signed_in_here(view: View) -> View:
    """Let only somebody reach the view who has signed in at this browser, locked or not."""

    def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        sign_in = presence.presence(request).sign_in
        if sign_in is None:
            return redirect("sign-in")
        return view(_at_door(request, sign_in.user, sign_in), *args, **kwargs)

    return _declared(view, ask, has_signed_in)


def setting_up(view: View) -> View:
    """Let somebody add a second factor: who has none yet, or who is signed in and has shown lately that it is they."""

    def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        now = timezone.now()
        found = presence.presence(request)
        if found.sign_in and not found.locked:
            if not presence.confirmed_within(request, CONFIRMED, at=now):
                return redirect(f"{reverse('unlock')}?{urlencode({'next': request.path})}")
            return view(_at_door(request, found.sign_in.user, found.sign_in), *args, **kwargs)
        person = presence.half_way(request, at=now)
        if person is None:
            return redirect("sign-in")
        if factors_of(person).enough:
            return redirect("second-factor")
        return view(_at_door(request, person), *args, **kwargs)

    return _declared(view, ask, may_set_up_a_factor)


def confirmed_lately(view: View) -> View:
    """Ask for the password again before the view, unless it was given in the last quarter of an hour."""

    @wraps(view)
    def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not presence.confirmed_within(request, CONFIRMED, at=timezone.now()):
            back = request.path if request.method in {"GET", "HEAD"} else reverse("account")
            return redirect(f"{reverse('unlock')}?{urlencode({'next': back})}")
        return view(request, *args, **kwargs)

    return ask


def in_turn(view: View) -> View:
    """Answer with a sentence and a time to wait where somebody tries too often, or too many try at once."""

    @wraps(view)
    def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except TooMany as turned:
            return wait(request, str(turned), status=429, seconds=turned.seconds)
        except TooBusy as turned:
            return wait(request, str(turned), status=503, seconds=30)

    return ask


def wait(request: HttpRequest, sentence: str, *, status: int, seconds: int) -> HttpResponse:
    """Say that it is not somebody's turn."""
    response = page(request, "accounts/sign_in/wait.html", status=status, sentence=sentence)
    response.headers["Retry-After"] = str(seconds)
    return response


def _at_door(request: HttpRequest, person: User, sign_in: SignIn | None = None) -> DoorRequest:
    request.person, request.sign_in = person, sign_in  # type: ignore[attr-defined]
    return request  # type: ignore[return-value]


def _declared(view: View, ask: View, gate: Callable[..., Decision]) -> View:
    wrapped = wraps(view)(ask)
    wrapped.asks = gate  # type: ignore[attr-defined]
    return wrapped
