"""The demo's ways in: a page with one button, which only `needlework demo` has."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from needlework.accounts.asking import public
from needlework.front.demo import entering, links
from needlework.web.http import page


@public
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the click that signs somebody in; opening the address alone does nothing."""
    found = links.read(token)
    if found is None:
        raise Http404("This link belongs to another demo. Use one that the terminal shows.")
    if request.method == "POST":
        return entering.enter(request, *found, at=timezone.now())
    return page(request, "front/demo/enter.html", name=entering.name(*found))
