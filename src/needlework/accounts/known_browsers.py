"""Browsers in which somebody has signed in before: a signed cookie that the throttle trusts, and nothing else does."""

from secrets import token_urlsafe

from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from needlework.accounts import browsers
from needlework.accounts.throttle import digest

COOKIE = "known"
SALT = "needlework.accounts.known-browser"
KEPT_SECONDS = 180 * 24 * 60 * 60
MOST = 30


def origin(request: HttpRequest, email: str) -> tuple[str, bool]:
    """Return what to count tries by, and whether it is a browser known for this account."""
    name, accounts = _read(request)
    if name and digest(email)[:16] in accounts:
        return f"browser:{name}", True
    return f"address:{browsers.address(request)}", False


def remember(request: HttpRequest, email: str) -> None:
    """Have the answer to this request mark the browser as known for the account."""
    name, accounts = _read(request)
    mark = digest(email)[:16]
    kept = [*(one for one in accounts if one != mark), mark][-MOST:]
    request.known_browser = [name or token_urlsafe(12), kept]  # type: ignore[attr-defined]


def keep(request: HttpRequest, response: HttpResponseBase) -> None:
    """Give the browser its mark, if this request earned one."""
    mark = getattr(request, "known_browser", None)
    if mark:
        browsers.set_cookie(response, COOKIE, signing.dumps(mark, salt=SALT), max_age=KEPT_SECONDS)


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        name, accounts = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return "", []
    return name, accounts
