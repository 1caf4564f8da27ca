"""One way in for each role of the demo: a page with one button, which only `needlework demo` has."""

from dataclasses import asdict, dataclass

from django.urls import reverse

from needlework.accounts.models import Membership, Role, User
from needlework.patients.models import Patient

PATIENT = "patient"
PATIENT_NAMES = {"given_names": "Jo", "family_name": "Ellison"}


@dataclass(frozen=True)
class Link:
    """A way in: who it lets in, as what."""

    role: str
    name: str
    path: str


def all_roles() -> list[dict[str, str]]:
    """Return a link for every role that somebody holds, and one for a patient."""
    staff = [Link(role.label, user.name, _path(role.value)) for role in Role if (user := holder(role.value))]
    return [asdict(link) for link in [*staff, Link("Patient", str(patient()), _path(PATIENT))]]


def holder(role: str) -> User | None:
    """Return the person of whom this role says most: who holds fewest others."""
    holders = User.objects.filter(memberships__role=role, memberships__ended_at=None).distinct().order_by("name")
    return min(holders, key=_roles, default=None)


def patient() -> Patient:
    """Return the patient whom the demo lets in."""
    return Patient.objects.get(**PATIENT_NAMES)


def _path(role: str) -> str:
    return reverse("demo-enter", args=[role])


def _roles(user: User) -> int:
    return Membership.objects.filter(user=user, ended_at=None).values("role").distinct().count()
