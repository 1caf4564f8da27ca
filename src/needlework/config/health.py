"""Addresses for whoever watches the installation: alive, and ready."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from needlework.accounts.asking import public
from needlework.config import ready


@public
def livez(_request: HttpRequest) -> HttpResponse:
    """Answer: the process runs."""
    return HttpResponse("alive\n", content_type="text/plain")


@public
def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer whether all that must hold holds, check by check; 503 if something does not."""
    found = ready.checks()
    status = 503 if any(check.wrong for check in found) else 200
    return JsonResponse({check.name: check.wrong or "ok" for check in found}, status=status)
