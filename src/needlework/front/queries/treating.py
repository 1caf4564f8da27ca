"""Who may treat today and which documents run out, for whole clinics at once: three reads for any number of staff."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse

from needlework.accounts import treating
from needlework.accounts.decision import Decision
from needlework.accounts.models import Clinic, ClinicLicence, Credential, CredentialKind, Membership, Role, User

TREATING = (Role.PRACTITIONER, Role.PRESCRIBER)
DATED = ("kind", "valid_from", "valid_until", "entered_in_error_at")
"""What decides whether a document holds: the day reads no more."""


@dataclass(frozen=True)
class Standing:
    """Whether somebody may treat in a clinic on a day."""

    user: User
    clinic: Clinic
    decision: Decision


@dataclass(frozen=True)
class Ending:
    """The last document of its kind that somebody or a clinic holds, and the day it ends."""

    what: str
    on: date
    ended: bool
    url: str


@dataclass(frozen=True)
class Documents:
    """Everybody who treats in some clinics, with every standing document."""

    pairs: list[tuple[User, Clinic]]
    credentials: dict[UUID, list[Credential]]
    licences: dict[UUID, list[ClinicLicence]]


def documents(clinics: Collection[UUID]) -> Documents:
    """Read who treats where, and what they and the clinics hold."""
    roles = Membership.objects.filter(clinic__in=clinics, role__in=TREATING, ended_at=None, user__ended_at=None)
    named = ("user__name", "clinic__name", "clinic__nation")
    rows = roles.select_related("user", "clinic").only("role", *named).order_by("user__name", "clinic__name")
    pairs = list(dict.fromkeys((row.user, row.clinic) for row in rows))
    held = Credential.objects.filter(user__in={user for user, _ in pairs}, entered_in_error_at=None)
    held = held.only("user", "device", *DATED)
    licences = ClinicLicence.objects.filter(clinic__in=clinics, entered_in_error_at=None)
    licences = licences.select_related("clinic").only("clinic__name", "answer", *DATED)
    return Documents(pairs, _by(held, "user_id"), _by(licences, "clinic_id"))


def standings(found: Documents, *, on: date) -> list[Standing]:
    """Say of everybody whether they may treat on a day, or why not."""
    return [Standing(user, clinic, _decision(found, user, clinic, on)) for user, clinic in found.pairs]


def endings(found: Documents, *, on: date, within: timedelta) -> list[Ending]:
    """Return what has ended or ends soon, the earliest first."""
    people = [ending for user in dict.fromkeys(user for user, _ in found.pairs) for ending in _of_person(found, user)]
    clinics = [ending for held in found.licences.values() for ending in _of_clinic(held)]
    soon = [(what, end, url) for what, end, url in [*people, *clinics] if end <= on + within]
    return [Ending(what, end, end < on, url) for what, end, url in sorted(soon, key=lambda row: row[1])]


def _decision(found: Documents, user: User, clinic: Clinic, on: date) -> Decision:
    held, licences = found.credentials.get(user.pk, ()), found.licences.get(clinic.pk, ())
    return Decision(treating.why_not(user.name, clinic, held, licences, on=on))


def _of_person(found: Documents, user: User) -> Iterator[tuple[str, date, str]]:
    last = _last((one.kind, one.device, one.valid_until) for one in found.credentials.get(user.pk, ()))
    for (kind, device), end in last.items():
        words = f"training for {device}" if device else CredentialKind(kind).label.lower()
        yield f"{user}’s {words}", end, reverse("staff-member", args=[user.pk])


def _of_clinic(held: list[ClinicLicence]) -> Iterator[tuple[str, date, str]]:
    for (label, _), end in _last((one.get_kind_display(), "", one.valid_until) for one in held).items():
        clinic = held[0].clinic
        yield f"{clinic}’s {label[0].lower()}{label[1:]}", end, reverse("clinic", args=[clinic.pk])


def _last(rows: Iterable[tuple[str, str, date | None]]) -> dict[tuple[str, str], date]:
    """Return the latest end of each kind of document; a kind with one that never ends has none."""
    ends: dict[tuple[str, str], date] = {}
    endless = set()
    for kind, device, end in rows:
        if end is None:
            endless.add((kind, device))
        else:
            ends[kind, device] = max(end, ends.get((kind, device), end))
    return {key: end for key, end in ends.items() if key not in endless}


def _by(rows: Iterable[object], attribute: str) -> dict[UUID, list]:  # type: ignore[type-arg]
    grouped: dict[UUID, list[object]] = {}
    for row in rows:
        grouped.setdefault(getattr(row, attribute), []).append(row)
    return grouped
