"""Where to go on after a door: only ever a page of this site."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def wanted(request: HttpRequest) -> str:
    """Return the page that an address asks to go on to; the first page where it names none of ours."""
    goal = request.GET.get("next", "")
    return goal if url_has_allowed_host_and_scheme(goal, {request.get_host()}, request.is_secure()) else "/"
