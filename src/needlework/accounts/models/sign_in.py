"""Where somebody is signed in, and which tries to get in have failed."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from needlework.accounts.models.people import User
from needlework.web.text import BoundedText


class Factor(models.TextChoices):
    """What somebody proved besides the password."""

    TOTP = "totp", "authenticator app"
    PASSKEY = "passkey", "passkey"
    RECOVERY_CODE = "recovery-code", "recovery code"
    DEMO = "demo", "link of the demonstration"


class SignIn(models.Model):
    """One browser in which somebody is signed in, until it is ended or twelve hours have passed."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sign_ins")
    session_key = BoundedText(max_length=40, unique=True)
    factor = BoundedText(max_length=20, choices=Factor.choices)
    started_at = models.DateTimeField()
    address = BoundedText(max_length=45)
    browser = BoundedText(max_length=80)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["user"], condition=Q(ended_at=None), name="sign_in_of_user_in_force")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | ~(Q(ended_at=None) | Q(ended_by=None)),
                name="sign_in_end_names_who",
            ),
        ]


class Attempt(models.Model):
    """One try to get in that failed or is still running; rows are removed after a day.

    `account` and `origin` are keyed digests: neither an address typed by mistake nor where it came from is stored.
    """

    id = models.BigAutoField(primary_key=True)
    purpose = BoundedText(max_length=20)
    account = BoundedText(max_length=64)
    origin = BoundedText(max_length=64)
    trusted = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["purpose", "account", "at"], name="attempt_on_account"),
            models.Index(fields=["purpose", "origin", "at"], name="attempt_from_origin"),
        ]
