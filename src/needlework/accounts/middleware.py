"""Finds out who is at the browser before any page, and locks it when nobody has touched it for a while."""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from needlework.accounts import presence
from needlework.accounts.queries.organisation import organisation

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
        return response

    return answer
