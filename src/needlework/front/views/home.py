"""The first address: it sends everybody to where they belong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from needlework.accounts.asking import public
from needlework.web.shell import audience


@public
def home(request: HttpRequest) -> HttpResponse:
    """Send staff to their day, patients to their page, everybody else to sign in."""
    return redirect({"staff": "today", "patient": "me"}.get(audience(request) or "", "sign-in"))
