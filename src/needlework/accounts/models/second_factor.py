"""What staff prove besides their password: an authenticator app, passkeys, recovery codes."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from needlework.accounts.models.people import User
from needlework.vault.fields import EncryptedText
from needlework.web.text import BoundedText

END_NAMES_WHO = Q(ended_at=None, ended_by=None) | ~(Q(ended_at=None) | Q(ended_by=None))


class Authenticator(models.Model):
    """An authenticator app that shows a new code every thirty seconds."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="authenticators")
    secret = EncryptedText()
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(ended_at=None) & ~Q(confirmed_at=None),
                name="one_authenticator_in_force",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at=None, confirmed_at=None), name="one_authenticator_being_set_up"
            ),
            models.CheckConstraint(condition=END_NAMES_WHO, name="authenticator_end_names_who"),
        ]


class Passkey(models.Model):
    """A key that a phone, a computer or a security stick holds and proves without showing it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="passkeys")
    credential_id = BoundedText(max_length=1400)
    public_key = BoundedText(max_length=2000)
    sign_count = models.BigIntegerField(default=0)
    name = BoundedText(max_length=60)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["credential_id"], condition=Q(ended_at=None), name="passkey_once_while_in_force"
            ),
            models.CheckConstraint(condition=END_NAMES_WHO, name="passkey_end_names_who"),
        ]


class RecoveryCode(models.Model):
    """One of ten codes on paper; only its hash is kept, and it works once."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="recovery_codes")
    batch = models.UUIDField()
    digest = BoundedText(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "digest"], name="recovery_code_once_in_batch")]
