"""What somebody reads about their own account."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.shortcuts import get_object_or_404

from needlework.accounts.models import Membership, Passkey, Role, SignIn, User
from needlework.accounts.presence import ABSOLUTE


@dataclass(frozen=True)
class RolesIn:
    """The roles somebody holds in one clinic, in words."""

    clinic: str
    words: str


@dataclass(frozen=True)
class Place:
    """One browser in which somebody is signed in."""

    sign_in: SignIn
    here: bool


def roles_of(user: User) -> list[RolesIn]:
    """Return the roles somebody holds, clinic by clinic."""
    rows = user.memberships.filter(ended_at=None).select_related("clinic").order_by("clinic__name", "role")
    return in_words(rows)


def in_words(memberships: Iterable[Membership]) -> list[RolesIn]:
    """Return roles clinic by clinic, each clinic's in one line."""
    grouped: dict[str, list[str]] = {}
    for membership in memberships:
        grouped.setdefault(membership.clinic.name, []).append(Role(membership.role).label)
    return [
        RolesIn(clinic, ", ".join([labels[0], *(label.lower() for label in labels[1:])]))
        for clinic, labels in grouped.items()
    ]


def sign_ins_of(user: User, *, here: SignIn | None, at: datetime) -> list[Place]:
    """Return where somebody is signed in, this browser first."""
    rows = user.sign_ins.filter(ended_at=None, started_at__gt=at - ABSOLUTE).order_by("-started_at")
    places = [Place(row, here is not None and row.pk == here.pk) for row in rows]
    return sorted(places, key=lambda place: not place.here)


def own_sign_in(user: User, sign_in_id: UUID) -> SignIn:
    """Return one of somebody's own sign-ins, or 404."""
    return get_object_or_404(SignIn, pk=sign_in_id, user=user)


def own_passkey(user: User, passkey_id: UUID) -> Passkey:
    """Return one of somebody's own passkeys, or 404."""
    return get_object_or_404(Passkey, pk=passkey_id, user=user)
