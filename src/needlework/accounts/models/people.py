"""Staff: a User signs in, a Membership says what they may do in a clinic."""

from typing import ClassVar
from uuid import UUID, uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from needlework.accounts.models.organisation import Clinic
from needlework.web.text import BoundedText


class Role(models.TextChoices):
    """What somebody may do in a clinic; the capabilities behind each stand in `accounts.capabilities`."""

    LEAD = "lead", "Lead"
    PRACTITIONER = "practitioner", "Practitioner"
    PRESCRIBER = "prescriber", "Prescriber"
    FRONT_DESK = "front-desk", "Front desk"
    AUDITOR = "auditor", "Auditor"


class User(AbstractBaseUser):
    """A member of staff who can sign in."""

    audit_kind: ClassVar[str] = "staff"

    id = models.UUIDField(primary_key=True, default=uuid4)
    email = BoundedText(max_length=254, unique=True)
    name = BoundedText(max_length=120)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    # SignIn rows say when and from where.
    last_login: ClassVar[None] = None  # type: ignore[misc]

    roles_in_force: frozenset[tuple[UUID, str]] | None = None
    """Read once per request by `accounts.capabilities`."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = BaseUserManager["User"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | ~(Q(ended_at=None) | Q(ended_by=None)),
                name="user_end_names_who",
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")) & ~Q(email=""), name="user_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role that a member of staff holds in a clinic, from a moment until it is ended."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="memberships")
    role = BoundedText(max_length=20, choices=Role.choices)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "clinic", "role"], condition=Q(ended_at=None), name="membership_once_while_it_lasts"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | ~(Q(ended_at=None) | Q(ended_by=None)),
                name="membership_end_names_who",
            ),
        ]

    @property
    def audit_clinic_id(self) -> UUID:
        """Events about a membership join the clinic's chain."""
        return self.clinic_id
