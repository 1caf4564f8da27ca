"""Staff of the clinics in which somebody may see them: outside of those they do not exist."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from needlework.accounts import treating
from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import (
    Authenticator,
    Clinic,
    Credential,
    CredentialKind,
    Membership,
    Passkey,
    Role,
    User,
)
from needlework.accounts.queries.own import RolesIn, in_words

SOON = timedelta(days=30)
TREATING = {Role.PRACTITIONER, Role.PRESCRIBER}


@dataclass(frozen=True)
class Document:
    """A credential as a page shows it: with its status on a day."""

    credential: Credential
    status: str


@dataclass(frozen=True)
class Member:
    """A colleague as a page shows them."""

    user: User
    roles: list[RolesIn]
    status: str
    treating: str
    sentence: str


def staff_for(user: User, *, on: date) -> list[Member]:
    """Return the staff of the clinics in which somebody may see them: those who work there first."""
    members = [member(one, on=on) for one in _visible(user)]
    return sorted(members, key=lambda one: (one.status == "left", one.user.name))


def member_for(user: User, user_id: UUID) -> User:
    """Return a colleague, or 404 where somebody may not see them."""
    return get_object_or_404(_visible(user), pk=user_id)


def member(colleague: User, *, on: date) -> Member:
    """Return how a colleague stands on a day; `colleague` comes from this module's queries."""
    memberships = sorted(
        (one for one in colleague.memberships.all() if one.ended_at is None),
        key=lambda one: (one.clinic.name, list(Role).index(Role(one.role))),
    )
    sentence = _obstacle(colleague, memberships, on)
    treats = any(one.role in TREATING for one in memberships) and colleague.ended_at is None
    standing = ("may-not-treat" if sentence else "may-treat") if treats else ""
    return Member(colleague, in_words(memberships), _status(colleague, memberships), standing, sentence)


def documents(colleague: User, *, on: date) -> list[Document]:
    """Return a colleague's credentials with their status, those in force first."""
    shown = [Document(one, document_status(one, on=on)) for one in colleague.credentials.all()]
    order = ("in-force", "expires-soon", "expired", "entered-in-error")
    return sorted(shown, key=lambda one: (order.index(one.status), one.credential.kind, one.credential.valid_from))


def document_status(document: Credential, *, on: date) -> str:
    """Return the status of a credential on a day, as `web.status` words it."""
    if document.entered_in_error_at:
        return "entered-in-error"
    if document.valid_until and document.valid_until < on:
        return "expired"
    if document.valid_until and document.valid_until <= on + SOON:
        return "expires-soon"
    return "in-force"


def membership_for(user: User, user_id: UUID, membership_id: UUID) -> Membership:
    """Return a colleague's role in a clinic whose staff somebody may see, or 404."""
    rows = Membership.objects.select_related("user", "clinic").filter(clinic__in=clinics_where(user, "see-staff"))
    return get_object_or_404(rows, pk=membership_id, user_id=user_id)


def credential_for(user: User, user_id: UUID, credential_id: UUID) -> Credential:
    """Return a colleague's credential, or 404 where somebody may not see them."""
    rows = Credential.objects.select_related("user").filter(user=member_for(user, user_id))
    return get_object_or_404(rows, pk=credential_id)


def led_clinics(user: User) -> QuerySet[Clinic]:
    """Return the clinics whose staff somebody manages."""
    return Clinic.objects.filter(pk__in=clinics_where(user, "manage-staff")).order_by("name")


def _visible(user: User) -> QuerySet[User]:
    """Return who works, or worked last, in a clinic whose staff somebody may see."""
    places = clinics_where(user, "see-staff")
    here = Membership.objects.filter(user=OuterRef("pk"), clinic__in=places)
    passkeys = Passkey.objects.filter(user=OuterRef("pk"), ended_at=None)
    apps = Authenticator.objects.filter(user=OuterRef("pk"), ended_at=None).exclude(confirmed_at=None)
    return (
        User.objects.filter(Exists(here))
        .annotate(has_factor=Exists(passkeys) | Exists(apps))
        .prefetch_related(
            Prefetch("memberships", Membership.objects.filter(clinic__in=places).select_related("clinic")),
            Prefetch("credentials", Credential.objects.defer("note")),
        )
    )


def _status(colleague: User, memberships: list[Membership]) -> str:
    if colleague.ended_at or not memberships:
        return "left"
    if not colleague.has_usable_password():
        return "invited"
    return "active" if getattr(colleague, "has_factor", True) else "second-factor-missing"


def _obstacle(colleague: User, memberships: list[Membership], on: date) -> str:
    """Return why somebody who treats may not, in the first place where that is so."""
    if not any(one.role in TREATING for one in memberships):
        return ""
    needed = (CredentialKind.REGISTRATION, CredentialKind.INSURANCE)
    sentences = (treating.missing(colleague.name, kind, colleague.credentials.all(), on=on) for kind in needed)
    return next((sentence for sentence in sentences if sentence), "")
