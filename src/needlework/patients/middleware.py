"""Finds out which patient is at the browser, on patients' own pages only."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from needlework.patients import presence

PAGES = "/me/"
Answer = Callable[[HttpRequest], HttpResponse]


def patient_presence(get_response: Answer) -> Answer:
    """Set `request.patient` where a patient is signed in and has not walked away."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PAGES):
            return get_response(request)
        link = presence.find(request, at=timezone.now())
        request.sign_in_link = link  # type: ignore[attr-defined]
        request.patient = presence.patient_of(link)  # type: ignore[attr-defined]
        response = get_response(request)
        if link and presence.COOKIE not in response.cookies:
            presence.stamp(response, link, at=timezone.now())
        return response

    return answer
