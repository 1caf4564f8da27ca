"""One way in for each role of the demo: an address signed with the demo's own key, on a page that only the demo has."""

from dataclasses import asdict, dataclass

from django.core import signing

from needlework.accounts.models import Membership, Role, User
from needlework.patients.models import Patient

SALT = "needlework.front.demo"
PATIENT = "patient"


@dataclass(frozen=True)
class Link:
    """A way in: who it lets in, as what."""

    role: str
    name: str
    path: str


def all_roles() -> list[dict[str, str]]:
    """Return a link for every role that somebody holds, and one for a patient."""
    staff = [link for role in Role if (link := _of_role(role))]
    jo = Patient.objects.get(given_names="Jo", family_name="Ellison")
    return [asdict(link) for link in [*staff, Link("Patient", "Jo Ellison", path(PATIENT, str(jo.pk)))]]


def path(kind: str, key: str) -> str:
    """Return the address that lets somebody in."""
    return f"/demo/{signing.dumps([kind, key], salt=SALT)}/"


def read(token: str) -> tuple[str, str] | None:
    """Return the kind and id that an address names, or None if this demo did not make it."""
    try:
        kind, key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return kind, key


def _of_role(role: Role) -> Link | None:
    """Return a link for the person of whom this role says most: who holds fewest others."""
    holders = User.objects.filter(memberships__role=role, memberships__ended_at=None).distinct()
    user = min(holders, key=_roles, default=None)
    return Link(role.label, user.name, path("staff", str(user.pk))) if user else None


def _roles(user: User) -> int:
    return Membership.objects.filter(user=user, ended_at=None).values("role").distinct().count()
