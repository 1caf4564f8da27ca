"""Who is at the browser: half signed in after the password, signed in after the second factor, locked when idle.

`request.user` is a member of staff only when signed in and not locked: everything else fails closed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import auth
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare

from needlework.accounts import browsers, known_browsers, operations
from needlework.accounts.models import SignIn, User

BACKEND = "needlework.accounts.backend.StaffBackend"
COOKIE = "seen"
SALT = "needlework.accounts.seen"
ABSOLUTE = timedelta(hours=12)
HALF_WAY = timedelta(minutes=15)
REFRESH = timedelta(minutes=1)


@dataclass(frozen=True)
class Presence:
    """What the browser has shown: a sign-in in force, and whether it is locked."""

    sign_in: SignIn | None = None
    locked: bool = False


NOBODY = Presence()


def presence(request: HttpRequest) -> Presence:
    """Return what the middleware found out about the browser."""
    return getattr(request, "presence", NOBODY)


def set_presence(request: HttpRequest, found: Presence) -> None:
    """Keep what was found out; nobody who is locked or unknown stays `request.user`."""
    request.presence = found  # type: ignore[attr-defined]
    request.user = found.sign_in.user if found.sign_in and not found.locked else AnonymousUser()


def start_half_way(request: HttpRequest, user: User, *, goal: str = "/", at: datetime) -> None:
    """Remember who knew the password and where they want to go, in a new session that holds nothing else."""
    request.session.flush()
    request.session["half_way"] = {"user": str(user.pk), "at": at.isoformat(), "goal": goal}


def half_way(request: HttpRequest, *, at: datetime) -> User | None:
    """Return who has given the password and still owes the second factor."""
    kept = request.session.get("half_way")
    if not kept or at - datetime.fromisoformat(kept["at"]) > HALF_WAY:
        return None
    return User.objects.filter(pk=UUID(kept["user"]), ended_at=None).first()


def goal(request: HttpRequest) -> str:
    """Return where somebody who is signing in wants to go."""
    kept = request.session.get("half_way")
    return kept["goal"] if kept else "/"


def finish(request: HttpRequest, user: User, *, factor: str, at: datetime) -> SignIn:
    """Sign somebody in: a new session, a row that says where, and the first mark of being here."""
    request.session.flush()
    auth.login(request, user, backend=BACKEND)
    sign_in = operations.start_sign_in(
        user=user,
        session_key=request.session.session_key or "",
        factor=factor,
        address=browsers.address(request),
        browser=browsers.summary(request),
        at=at,
    )
    request.session["sign_in"] = str(sign_in.pk)
    request.session["confirmed_at"] = at.isoformat()
    set_presence(request, Presence(sign_in))
    known_browsers.remember(request, user.email)
    return sign_in


def finish_again(request: HttpRequest, *, at: datetime) -> None:
    """Go on in a new session after the password changed and every sign-in ended."""
    sign_in = presence(request).sign_in
    if sign_in:
        finish(request, sign_in.user, factor=sign_in.factor, at=at)


def unlock(request: HttpRequest, sign_in: SignIn, *, at: datetime) -> None:
    """Let somebody go on who has shown again that it is they."""
    request.session["confirmed_at"] = at.isoformat()
    set_presence(request, Presence(sign_in))


def leave(request: HttpRequest, *, at: datetime) -> None:
    """Sign out of this browser."""
    sign_in = presence(request).sign_in
    if sign_in:
        operations.end_sign_in(sign_in=sign_in, by=sign_in.user, at=at)
    request.session.flush()
    set_presence(request, NOBODY)


def confirmed_within(request: HttpRequest, span: timedelta, *, at: datetime) -> bool:
    """Say whether somebody has shown lately that it is they."""
    kept: str | None = request.session.get("confirmed_at")
    return kept is not None and at - datetime.fromisoformat(kept) <= span


def find(request: HttpRequest, *, idle: timedelta, at: datetime) -> Presence:
    """Find out who is at the browser."""
    sign_in = _sign_in_of(request)
    if sign_in is None or at - sign_in.started_at > ABSOLUTE:
        return NOBODY
    seen = last_seen(request, sign_in)
    return Presence(sign_in, locked=seen is None or at - seen > idle)


def _sign_in_of(request: HttpRequest) -> SignIn | None:
    """Read the sign-in that the session names, with its user, while both last and the password is still the same."""
    standing = SignIn.objects.select_related("user").filter(ended_at=None, user__ended_at=None)
    key = UUID(request.session["sign_in"])
    sign_in = standing.filter(pk=key, session_key=request.session.session_key).first()
    proof = request.session.get(auth.HASH_SESSION_KEY, "")
    if sign_in is None or not constant_time_compare(proof, sign_in.user.get_session_auth_hash()):
        return None
    return sign_in


def last_seen(request: HttpRequest, sign_in: SignIn) -> datetime | None:
    """Read from the signed cookie when this browser last did something."""
    try:
        kept, seconds = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except signing.BadSignature:
        return None
    return datetime.fromtimestamp(seconds, tz=sign_in.started_at.tzinfo) if kept == str(sign_in.pk) else None


def stamp(sign_in: SignIn, *, at: datetime) -> str:
    """Return the cookie that says this browser was active at a time."""
    return signing.dumps([str(sign_in.pk), int(at.timestamp())], salt=SALT)


def refresh(request: HttpRequest, response: HttpResponseBase, *, at: datetime) -> None:
    """Renew the mark of being here, at most once a minute: no request for a page writes to the database."""
    found = presence(request)
    if found.sign_in is None or found.locked:
        return
    seen = last_seen(request, found.sign_in)
    if seen is None or at - seen >= REFRESH:
        browsers.set_cookie(response, COOKIE, stamp(found.sign_in, at=at))
