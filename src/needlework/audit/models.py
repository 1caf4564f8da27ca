"""Events as they happened, and the seals that chain them."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from needlework.web.text import BoundedText

ORGANISATION = UUID(int=0)
"""The chain of events that belong to no single clinic: sign-ins, settings, staff."""


class Event(models.Model):
    """Something done or seen: who, what, when, by id and field name only, never a value."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    verb = BoundedText(max_length=60)
    actor_kind = BoundedText(max_length=20)
    actor_id = models.UUIDField(null=True)
    subject_kind = BoundedText(max_length=60)
    subject_id = BoundedText(max_length=40)
    clinic_id = models.UUIDField(default=ORGANISATION)
    patient_id = models.UUIDField(null=True)
    fields = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(fields=["patient_id", "-at"], name="event_of_patient"),
            models.Index(fields=["clinic_id", "-at"], name="event_of_clinic"),
            models.Index(fields=["actor_id", "-at"], name="event_by_actor"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(verb=""), name="event_has_verb"),
            models.CheckConstraint(
                condition=Q(actor_kind="system", actor_id=None) | (~Q(actor_kind="system") & ~Q(actor_id=None)),
                name="event_actor_is_named_unless_system",
            ),
        ]


class Seal(models.Model):
    """One link of a clinic's hash chain: it covers one event and the seal before it."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, primary_key=True)
    clinic_id = models.UUIDField()
    number = models.PositiveBigIntegerField()
    digest = BoundedText(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clinic_id", "number"], name="seal_number_once_per_clinic")]
