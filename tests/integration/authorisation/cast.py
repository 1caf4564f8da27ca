"""Everybody who may come to an address: from nobody to the patient of another clinic."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from needlework.accounts.models import Clinic, Membership, Role, User
from needlework.patients import presence
from needlework.patients.models import Patient, SignInLink
from tests.factories import accounts
from tests.signing_in import signed_in

HERE, THERE = "here", "there"
"""The two clinics: each person of one is a stranger in the other."""


@dataclass(frozen=True)
class Person:
    """Somebody with a browser: what they are, and where."""

    name: str
    client: Client = field(repr=False, compare=False)
    role: Role | None = None
    place: str | None = None
    is_patient: bool = False

    @property
    def is_staff(self) -> bool:
        """Say whether they have signed in as staff in force."""
        return self.role is not None


def staff(places: dict[str, Clinic]) -> list[Person]:
    """Return one signed-in person per role and clinic."""
    people = []
    for place, clinic in places.items():
        for role in Role:
            user = accounts.member(role, at=clinic, name=f"{role.label} {place}")
            people.append(Person(f"{role.value} {place}", signed_in(user), role, place))
    return people


def patients(known: Mapping[str, Patient]) -> list[Person]:
    """Return the patients, each signed in to their own pages."""
    return [Person(f"patient {place}", signed_in_patient(one), None, place, True) for place, one in known.items()]


def signed_in_patient(patient: Patient) -> Client:
    """A patient who has spent a link."""
    now = timezone.now()
    link = SignInLink.objects.create(
        email="somebody@example.test",
        token_hash=uuid4().hex,
        asked_at=now,
        valid_until=now + timedelta(minutes=30),
        spent_at=now,
        spent_by=patient,
    )
    client = Client()
    stamped = HttpResponse()
    presence.stamp(stamped, link, at=now)
    client.cookies.update(stamped.cookies)
    return client


def nobodies(clinic: Clinic) -> list[Person]:
    """Return everybody who has no right to anything behind a sign-in."""
    return [
        Person("anonymous", Client()),
        Person("half signed in", half_signed_in(clinic)),
        Person("locked", locked(clinic)),
        Person("ended account", ended_account(clinic)),
        Person("ended role", ended_role(clinic), place=HERE),
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
