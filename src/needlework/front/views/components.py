"""The page of all components in all states: for those who build pages, and for the tests."""

from django.http import HttpRequest, HttpResponse

from needlework.accounts.asking import public
from needlework.web import gallery
from needlework.web.http import page


@public
def components(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    return page(request, "web/components.html", **gallery.examples())
