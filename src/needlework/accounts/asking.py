"""How a view declares the permission it asks: `@asks(gate)`; a view without a declaration fails the tests."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from needlework.accounts.decision import Decision
from needlework.accounts.models import User
from needlework.accounts.presence import presence

UNLOCK_URL = "/unlock/"
View = Callable[..., HttpResponseBase]
Gate = Callable[..., Decision]


class StaffRequest(HttpRequest):
    """A request whose sender is a signed-in member of staff, as `asks` guarantees."""

    user: User


def asks(gate: Gate) -> Callable[[View], View]:
    """Let only signed-in staff whom `gate(user=…)` allows reach the view; its operations ask what they may do there."""

    def wrap(view: View) -> View:
        @wraps(view)
        def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not isinstance(request.user, User):
                return redirect_to_login(_back(request), UNLOCK_URL if presence(request).locked else settings.LOGIN_URL)
            gate(user=request.user).or_raise()
            return view(request, *args, **kwargs)

        ask.asks = gate  # type: ignore[attr-defined]
        return ask

    return wrap


def _back(request: HttpRequest) -> str:
    """Return where to go on afterwards: the page asked for, or the page whose form was sent."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return came_from
    return "/"


def public(view: View) -> View:
    """Declare that anyone may reach the view."""
    view.asks = anyone  # type: ignore[attr-defined]
    return view


def anyone(**_: Any) -> Decision:
    """Yes, to whoever asks."""
    return Decision()
