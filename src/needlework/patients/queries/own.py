"""What a patient reads about their own record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from needlework.accounts.models import Membership, Role, User
from needlework.audit.models import Event
from needlework.patients.models import Patient, SignInLink
from needlework.patients.queries.people import same_person
from needlework.patients.tokens import hash_of

MOST = 100


@dataclass(frozen=True)
class Opening:
    """One time that somebody of the clinic opened the record."""

    at: datetime
    name: str
    role: str
    part: str


def link_for(token: str, *, at: datetime) -> SignInLink | None:
    """Return the link of an address that somebody opened, while it still works."""
    links = SignInLink.objects.filter(token_hash=hash_of(token), spent_at=None, valid_until__gt=at, wrong_tries__lt=5)
    return links.first()


def openings(patient: Patient) -> list[Opening]:
    """Return who of the clinic opened the record, newest first."""
    events = Event.objects.filter(patient_id__in=same_person(patient), verb="viewed", actor_kind=User.audit_kind)
    newest = list(events.order_by("-at", "-id")[:MOST])
    people = {user.pk: user for user in User.objects.filter(pk__in={event.actor_id for event in newest})}
    roles = _roles(people)
    return [
        Opening(event.at, people[event.actor_id].name, _role_at(roles.get(event.actor_id, []), event.at), _part(event))
        for event in newest
        if event.actor_id in people
    ]


def _roles(people: Mapping[UUID, User]) -> dict[UUID, list[Membership]]:
    found: dict[UUID, list[Membership]] = {}
    for membership in Membership.objects.filter(user__in=people).order_by("started_at", "id"):
        found.setdefault(membership.user_id, []).append(membership)
    return found


def _role_at(memberships: Sequence[Membership], at: datetime) -> str:
    """Return the roles somebody held when it happened, in words."""
    held = {m.role for m in memberships if m.started_at <= at and (m.ended_at is None or m.ended_at > at)}
    return ", ".join(role.label for role in Role if role in held)


def _part(event: Event) -> str:
    return ", ".join(event.fields)
