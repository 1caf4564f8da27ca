"""The demo's ways in: a page with one button, which only `needlework demo` has."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from needlework.accounts.asking import public
from needlework.front.demo import entering
from needlework.web.http import page


@public
def enter(request: HttpRequest, role: str) -> HttpResponse:
    """Ask for the click that signs somebody in; opening the address alone does nothing."""
    who = entering.somebody(role)
    if request.method == "POST":
        return entering.enter(request, who, at=timezone.now())
    return page(request, "front/demo/enter.html", name=str(who))
