"""Attempt and Answer: the log of what was handed to which provider, and what it said. Neither is ever changed."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from needlework.messages.models.message import Message
from needlework.vault.fields import EncryptedJSON, EncryptedText
from needlework.web.text import BoundedText


class Outcome(models.TextChoices):
    """What a provider's answer means."""

    ACCEPTED = "accepted", "Accepted"
    KEPT = "kept", "Kept, not sent"
    REFUSED = "refused", "Refused"
    LATER = "later", "Not now"
    UNKNOWN = "unknown", "No answer"


class Attempt(models.Model):
    """A message about to be handed to a provider: written before it leaves the house."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    channel = BoundedText(max_length=10)
    provider = BoundedText(max_length=253)
    key = BoundedText(max_length=200)
    honours_keys = models.BooleanField()
    """Whether the provider promises to act once on a key: only then is it safe to repeat an unanswered attempt."""
    started_at = models.DateTimeField()
    copy = EncryptedJSON()
    """What was handed over: to, subject, text, and files in Base64."""

    class Meta:
        ordering = ["message", "number"]
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="attempt_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(channel="") & ~Q(key=""), name="attempt_is_named"),
        ]


class Answer(models.Model):
    """What the provider said to an attempt. An attempt without an answer may have been delivered or not."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    attempt = models.OneToOneField(Attempt, on_delete=models.PROTECT, related_name="answer")
    outcome = BoundedText(max_length=10, choices=Outcome.choices)
    code = BoundedText(max_length=40)
    said = EncryptedText()
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="answer_outcome_is_known"),
        ]
