"""Jobs: what the worker has to do, and how far it is."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from needlework.web.text import BoundedText


class State(models.TextChoices):
    """How far a job is."""

    WAITING = "waiting", "Waiting"
    LEASED = "leased", "Being done"
    DONE = "done", "Done"
    PARKED = "parked", "Parked for a person"


class Job(models.Model):
    """One piece of work. It holds ids only: what it is about is read from the live records when it runs."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    kind = BoundedText(max_length=60)
    key = BoundedText(max_length=200, unique=True)
    subject = models.JSONField(default=dict)
    enqueued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = BoundedText(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    """How often it was leased, and the fence: a worker may only finish the attempt that it was given."""
    failures = models.PositiveIntegerField(default=0)
    """How often in a row it failed, or took its worker with it."""
    lease_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    last_error = BoundedText(max_length=200, blank=True)
    """The kind of error and the line that raised it, never a value."""

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"], name="job_by_state_and_due"),
            models.Index(fields=["state", "finished_at"], name="job_by_state_and_finished"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="") & ~Q(key=""), name="job_has_kind_and_key"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="job_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=State.LEASED, lease_until__isnull=False)
                | (~Q(state=State.LEASED) & Q(lease_until__isnull=True)),
                name="job_leased_until_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DONE, State.PARKED], finished_at__isnull=False)
                | (~Q(state__in=[State.DONE, State.PARKED]) & Q(finished_at__isnull=True)),
                name="job_finished_at_a_moment",
            ),
        ]
