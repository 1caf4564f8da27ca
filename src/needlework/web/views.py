"""The one page of its own that the shell serves: the clinic's colours."""

from django.http import HttpRequest, HttpResponse

from needlework.web.brand import stylesheet
from needlework.web.shell import SHELL


def brand(request: HttpRequest, version: str) -> HttpResponse:
    """Answer with the clinic's colours; kept for ever where the address names the colours of today."""
    now = SHELL.brand(request)
    age = "public, max-age=31536000, immutable" if version == now.version else "no-cache"
    return HttpResponse(stylesheet(now), content_type="text/css", headers={"Cache-Control": age})
