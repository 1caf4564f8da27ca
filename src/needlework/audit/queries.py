"""Reading events: by the patient they concern, by the clinics somebody may look into."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from needlework.audit.models import Event


@dataclass(frozen=True)
class Filter:
    """What an access log is narrowed to; empty fields narrow nothing."""

    patient_id: UUID | None = None
    actor_id: UUID | None = None
    verb: str = ""
    since: datetime | None = None
    until: datetime | None = None


def openings_of(patient_id: UUID) -> QuerySet[Event]:
    """Return who opened a patient's record, newest first; the patient's own visits left out."""
    return Event.objects.filter(patient_id=patient_id, verb="viewed").exclude(actor_kind="patient").order_by("-pk")


def events_in(clinics: Collection[UUID], narrowed: Filter, *, before: int | None = None) -> QuerySet[Event]:
    """Return the events of some clinics, newest first, from before an event's number on."""
    found = Event.objects.filter(clinic_id__in=clinics).order_by("-pk")
    wanted = {
        "patient_id": narrowed.patient_id,
        "actor_id": narrowed.actor_id,
        "verb": narrowed.verb,
        "at__gte": narrowed.since,
        "at__lt": narrowed.until,
        "pk__lt": before,
    }
    return found.filter(**{name: value for name, value in wanted.items() if value})


def last_seen(actor_id: UUID, subject_kind: str, limit: int) -> list[str]:
    """Return the ids of the records somebody opened last, newest first, each once."""
    opened = Event.objects.filter(actor_id=actor_id, verb="viewed", subject_kind=subject_kind)
    recent = opened.order_by("-pk").values_list("subject_id", flat=True)[: limit * 10]
    return list(dict.fromkeys(recent))[:limit]
