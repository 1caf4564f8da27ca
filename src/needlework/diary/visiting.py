"""What a browser without an account is known by: a random name in a signed cookie, and where it comes from.

The cookie is set when a time is chosen and not before; only digests of both ever reach the database.
"""

from datetime import datetime
from secrets import token_urlsafe

from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from needlework.accounts import browsers, throttle
from needlework.accounts.models import Attempt
from needlework.accounts.throttle import digest
from needlework.diary.problems import NotDoneError

COOKIE = "visit"
SALT = "needlework.diary.visit"
TOO_MANY = "That is more than we take online from one person or one connection. Call the clinic, or try again tomorrow."
SO_MANY_TIMES = "More times were chosen from here in the last hour than we keep. Call the clinic, or try again later."


def name_of(request: HttpRequest) -> str:
    """Return the browser's name; nothing where it has none yet, or one that was tampered with."""
    try:
        return str(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT))
    except signing.BadSignature:
        return ""


def new_name() -> str:
    """Return a name for a browser that has none."""
    return token_urlsafe(12)


def remember(response: HttpResponseBase, name: str) -> None:
    """Let the browser keep its name until it is closed."""
    browsers.set_cookie(response, COOKIE, signing.dumps(name, salt=SALT))


def key_of(name: str) -> str:
    """Return what stands for a browser in the database."""
    return digest(f"visit:{name}")


def origin_of(request: HttpRequest) -> str:
    """Return what stands for the address of a request in the database."""
    return digest(f"address:{browsers.address(request)}")


def count_wish(request: HttpRequest, email: str, *, at: datetime) -> Attempt:
    """Count an appointment that a visitor asks for; raise NotDoneError where it is one too many."""
    counted = throttle.wish_to_come(email=email, origin=browsers.address(request), at=at)
    if counted is None:
        raise NotDoneError(TOO_MANY)
    return counted


def count_choice(request: HttpRequest, key: str, *, at: datetime) -> None:
    """Count a time that a browser or a patient chooses; raise NotDoneError where it is one too many."""
    if throttle.wish_to_keep(browser=key, origin=browsers.address(request), at=at) is None:
        raise NotDoneError(SO_MANY_TIMES)
