"""Links by e-mail with which somebody sets a password: an invitation, or a forgotten password."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from needlework.accounts.models.people import User
from needlework.web.text import BoundedText


class Purpose(models.TextChoices):
    """Why somebody gets a link."""

    INVITATION = "invitation", "invitation"
    RESET = "reset", "forgotten password"


class PasswordLink(models.Model):
    """A link that works once and for a while. Its address is signed when it is sent, and stored nowhere."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="password_links")
    purpose = BoundedText(max_length=20, choices=Purpose.choices)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    spent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user"], condition=Q(spent_at=None), name="password_link_unspent")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("made_at")), name="password_link_lives_a_while")
        ]
