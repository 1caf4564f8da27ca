"""Whether a password opens an account: counted, queued and compared the same way for accounts that do not exist."""

from datetime import datetime

from django.http import HttpRequest

from needlework.accounts import hashing, known_browsers, operations, throttle
from needlework.accounts.models import Clinic, Organisation, User


def by_password(request: HttpRequest, *, email: str, password: str, at: datetime) -> User | None:
    """Return whose password it is, or None; raise `TooMany` or `TooBusy` where it may not be tried now."""
    origin, trusted = known_browsers.origin(request, email)
    attempt = throttle.try_sign_in(email=email, origin=origin, trusted=trusted, at=at)
    user = User.objects.filter(email=email.strip().lower(), ended_at=None).first()
    stored = user.password if user and user.has_usable_password() else None
    if not hashing.matches(password, stored) or user is None:
        operations.refuse_sign_in(subject=user or attempt, step="password", at=at)
        return None
    throttle.forgive(attempt)
    return user


def names_about(user: User) -> list[str]:
    """Return the names that a password of somebody must not lean on."""
    return [user.name, user.email, *Clinic.objects.values_list("name", flat=True), *_organisation()]


def _organisation() -> list[str]:
    return list(Organisation.objects.values_list("name", flat=True))
