"""The smallest valid organisation, clinics and staff."""

from datetime import UTC, datetime

from django.test import Client

from needlework.accounts.models import Clinic, Membership, Organisation, Role, User
from tests.signing_in import signed_in

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def organisation() -> Organisation:
    return Organisation.objects.first() or Organisation.objects.create(name="Linthorpe Skin")


def clinic(name: str = "Linthorpe Road") -> Clinic:
    return Clinic.objects.filter(name=name).first() or Clinic.objects.create(organisation=organisation(), name=name)


def user(name: str = "Amira Khan", email: str | None = None) -> User:
    return User.objects.create(name=name, email=email or f"{name.lower().replace(' ', '.')}@example.test")


def member(role: Role = Role.PRACTITIONER, *, at: Clinic | None = None, name: str = "Amira Khan") -> User:
    """Somebody who holds one role in one clinic."""
    somebody = user(name)
    Membership.objects.create(user=somebody, clinic=at or clinic(), role=role, started_at=AT)
    return somebody


def signed_in_client(somebody: User) -> Client:
    """A browser in which somebody has given password and second factor a moment ago."""
    return signed_in(somebody)
