"""Message: one thing to be said to one person, written down with what causes it."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from needlework.web.text import BoundedText


class State(models.TextChoices):
    """Where a message is."""

    WAITING = "waiting", "Waiting"
    SENT = "sent", "Sent"
    KEPT = "kept", "Kept, not sent"
    NOT_NEEDED = "not-needed", "Not needed"
    FAILED = "failed", "Failed"
    PARKED = "parked", "Needs a person"


class Reason(models.TextChoices):
    """Why a message was not sent."""

    CANCELLED = "cancelled", "What it was about no longer stands"
    TOO_LATE = "too-late", "Its time had passed"
    NO_CONSENT = "no-consent", "The person has not agreed to marketing"
    NO_ADDRESS = "no-address", "No address on a channel that is set up"
    REFUSED = "refused", "Every address was refused"
    TIMED_OUT = "timed-out", "The provider could not be reached in time"
    UNANSWERED = "unanswered", "It may have been sent: the provider's answer never arrived"
    TOO_MANY = "too-many", "This person was sent too many of the kind today"
    FAULT = "fault", "Something went wrong while it was written or sent"
    SEEN_TO = "seen-to", "Somebody has seen to it"


def _pair(prefix: str) -> Q:
    """Return the condition that a moment and its actor stand or fall together; only the system has no id."""
    at, kind, actor = f"{prefix}_at__isnull", f"{prefix}_by_kind", f"{prefix}_by_id__isnull"
    never = Q(**{at: True, kind: "", actor: True})
    by_system = Q(**{at: False, kind: "system", actor: True})
    by_somebody = Q(**{at: False, actor: False}) & ~Q(**{f"{kind}__in": ["", "system"]})
    return never | by_system | by_somebody


class Message(models.Model):
    """A row of the outbox. It holds no words: they are written from the live record when it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    kind = BoundedText(max_length=60)
    key = BoundedText(max_length=200, unique=True)
    clinic_id = models.UUIDField(null=True)
    about_kind = BoundedText(max_length=60)
    about_id = models.UUIDField()
    to_kind = BoundedText(max_length=20)
    to_id = models.UUIDField()
    channels = models.JSONField(default=list)
    queued_at = models.DateTimeField()
    queued_by_kind = BoundedText(max_length=20)
    queued_by_id = models.UUIDField(null=True)
    due_at = models.DateTimeField()
    useful_until = models.DateTimeField(null=True)
    state = BoundedText(max_length=10, choices=State.choices, default=State.WAITING)
    reason = BoundedText(max_length=12, choices=Reason.choices, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by_kind = BoundedText(max_length=20, blank=True)
    settled_by_id = models.UUIDField(null=True)
    released_at = models.DateTimeField(null=True)
    released_by_kind = BoundedText(max_length=20, blank=True)
    released_by_id = models.UUIDField(null=True)
    tried_before = models.PositiveIntegerField(default=0)
    """How many attempts there had been when a person last said "send it again": those count no longer."""

    class Meta:
        indexes = [
            models.Index(fields=["clinic_id", "-due_at"], name="message_of_clinic"),
            models.Index(fields=["to_id", "kind", "-settled_at"], name="message_to_somebody"),
            models.Index(fields=["about_id"], name="message_about"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="") & ~Q(key="") & ~Q(about_kind="") & ~Q(to_kind=""), name="message_is_named"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="message_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=State.WAITING, settled_at__isnull=True)
                | (~Q(state=State.WAITING) & Q(settled_at__isnull=False)),
                name="message_settled_or_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.WAITING, State.SENT, State.KEPT], reason="")
                | (~Q(state__in=[State.WAITING, State.SENT, State.KEPT]) & Q(reason__in=Reason.values)),
                name="message_not_sent_says_why",
            ),
            models.CheckConstraint(
                condition=_pair("queued") & Q(queued_at__isnull=False), name="message_queue_names_who"
            ),
            models.CheckConstraint(condition=_pair("settled"), name="message_settlement_names_who"),
            models.CheckConstraint(condition=_pair("released"), name="message_release_names_who"),
        ]

    @property
    def audit_clinic_id(self) -> UUID | None:
        """Events about a message join its clinic's chain."""
        return self.clinic_id

    @property
    def audit_patient_id(self) -> UUID | None:
        """Events about a message to a patient belong to that patient's record."""
        return self.to_id if self.to_kind == "patient" else None
