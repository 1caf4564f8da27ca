"""Everybody who may come to an address: from nobody to the patient of another clinic."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from needlework.accounts.models import Clinic, Membership, Role, User
from needlework.patients import operations, presence
from needlework.patients.models import Patient
from tests.factories import accounts
from tests.signing_in import signed_in

HERE, THERE = "here", "there"
"""The two clinics: whoever belongs to one is a stranger in the other."""

HALF_SIGNED_IN, LOCKED = "half signed in", "locked"


@dataclass(frozen=True)
class Person:
    """Somebody with a browser: what they are, and where."""

    name: str
    client: Client = field(repr=False, compare=False)
    role: Role | None = None
    places: frozenset[str] = frozenset()
    is_staff: bool = False
    is_patient: bool = False


def staff(clinics: Mapping[str, Clinic]) -> dict[str, User]:
    """Make one member of staff per role and clinic, each called by both."""
    return {
        f"{role.value} {place}": accounts.member(role, at=clinic, name=f"{role.label} {place}")
        for place, clinic in clinics.items()
        for role in Role
    }


def at_work(users: Mapping[str, User]) -> list[Person]:
    """Return staff, signed in."""
    return [
        Person(name, signed_in(user), Role(name.split()[0]), frozenset({name.split()[1]}), is_staff=True)
        for name, user in users.items()
    ]


def lead_of_both(clinics: Mapping[str, Clinic]) -> Person:
    """Return the one person who is no stranger in either clinic."""
    user = accounts.member(Role.LEAD, at=clinics[HERE], name="Lead of both")
    Membership.objects.create(user=user, clinic=clinics[THERE], role=Role.LEAD, started_at=accounts.AT)
    return Person("lead of both", signed_in(user), Role.LEAD, frozenset({HERE, THERE}), is_staff=True)


def patients(known: Mapping[str, Patient]) -> list[Person]:
    """Return the patients, each signed in to their own pages."""
    return [
        Person(f"patient {place}", signed_in_patient(one), None, frozenset({place}), is_patient=True)
        for place, one in known.items()
    ]


def signed_in_patient(patient: Patient) -> Client:
    """A patient who has spent a link."""
    now = timezone.now()
    link = operations.ask_for_link(email=patient.email, at=now)
    operations.spend_link(link=link, date_of_birth=patient.date_of_birth, at=now)
    client = Client()
    stamped = HttpResponse()
    presence.stamp(stamped, link, at=now)
    client.cookies.update(stamped.cookies)
    return client


def nobodies(clinic: Clinic) -> list[Person]:
    """Return everybody who has no right to anything behind a sign-in."""
    return [
        Person("anonymous", Client()),
        Person(HALF_SIGNED_IN, half_signed_in(clinic)),
        Person(LOCKED, locked(clinic)),
        Person("ended account", ended_account(clinic)),
        Person("ended role", ended_role(clinic), is_staff=True),
    ]


def half_signed_in(clinic: Clinic) -> Client:
    """Somebody who has given the password and still owes the second factor."""
    user = accounts.member(Role.LEAD, at=clinic, name="Half Way")
    client = Client()
    session = client.session
    session["half_way"] = {"user": str(user.pk), "at": timezone.now().isoformat()}
    session.save()
    return client


def locked(clinic: Clinic) -> Client:
    """A lead who walked away: the session is there, the mark of being here is not."""
    client = signed_in(accounts.member(Role.LEAD, at=clinic, name="Walked Away"))
    del client.cookies["seen"]
    return client


def ended_account(clinic: Clinic) -> Client:
    """A lead whose account was ended while signed in."""
    user = accounts.member(Role.LEAD, at=clinic, name="Left Us")
    client = signed_in(user)
    User.objects.filter(pk=user.pk).update(ended_at=timezone.now(), ended_by=user)
    return client


def ended_role(clinic: Clinic) -> Client:
    """A lead whose only role was ended while signed in."""
    user = accounts.member(Role.LEAD, at=clinic, name="No Longer Lead")
    client = signed_in(user)
    Membership.objects.filter(user=user).update(ended_at=timezone.now(), ended_by=user)
    return client
