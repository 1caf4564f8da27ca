"""Finds out who is at the browser before any page, and locks it when nobody has touched it for a while."""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from needlework.accounts import known_browsers, presence
from needlework.accounts.queries.organisation import organisation

BEFORE_SETUP = {"setup", "brand", "livez", "readyz", "components"}
Answer = Callable[[HttpRequest], HttpResponse]


def staff_presence(get_response: Answer) -> Answer:
    """Let `request.user` be a member of staff only where somebody is signed in and has not walked away."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.session.get("sign_in"):
            ours = organisation(request)
            idle = timedelta(minutes=ours.idle_minutes if ours else 0)
            presence.set_presence(request, presence.find(request, idle=idle, at=timezone.now()))
        else:
            presence.set_presence(request, presence.NOBODY)
        response = get_response(request)
        presence.refresh(request, response, at=timezone.now())
        known_browsers.keep(request, response)
        return response

    return answer


class SetupFirst:
    """While there is no organisation, every page leads to the first set-up."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Redirect to the first set-up, unless the page works without an organisation."""
        match = request.resolver_match
        if match is None or match.url_name in BEFORE_SETUP or organisation(request) is not None:
            return None
        return redirect("setup")
