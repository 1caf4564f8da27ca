"""What somebody sees at a public address that leads nowhere any more."""

from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from needlework.accounts.asking import View
from needlework.web.http import page

NOT_OFFERED = {
    "heading": "This cannot be booked here",
    "sentence": "The link is incomplete, or the clinic no longer offers this online. Nothing was booked. "
    "Choose from what it offers now.",
}


def or_what_is_offered(view: View) -> View:
    """Lead on to what can be booked where a view finds nothing at its address."""

    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponseBase:
        try:
            return view(request, **named)
        except Http404:
            return page(request, "diary/public/gone.html", status=404, **NOT_OFFERED)

    return answer
