"""Which patient is at the browser: a spent link, and a signed cookie that says how long it has been quiet.

It knows nothing of the sign-in of staff: neither opens the other's pages.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from needlework.patients.models import Patient, SignInLink
from needlework.patients.queries.people import follow

COOKIE = "me"
SALT = "needlework.patients.seen"
IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)


def find(request: HttpRequest, *, at: datetime) -> SignInLink | None:
    """Return the sign-in in force at this browser."""
    try:
        link_id, seconds = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except signing.BadSignature:
        return None
    if at - datetime.fromtimestamp(seconds, tz=UTC) > IDLE:
        return None
    links = SignInLink.objects.filter(spent_at__gt=at - ABSOLUTE, signed_out_at=None)
    return links.select_related("spent_by__clinic").filter(pk=link_id).first()


def patient_of(link: SignInLink | None) -> Patient | None:
    """Return whose sign-in it is, by the record that is kept now."""
    return follow(link.spent_by) if link and link.spent_by else None


def stamp(response: HttpResponseBase, link: SignInLink, *, at: datetime) -> None:
    """Renew the mark of being here."""
    value = signing.dumps([str(link.pk), int(at.timestamp())], salt=SALT)
    response.set_cookie(
        COOKIE, value, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, path="/me/"
    )


def forget(response: HttpResponseBase) -> None:
    """Take the mark away."""
    response.delete_cookie(COOKIE, path="/me/", samesite="Lax")
