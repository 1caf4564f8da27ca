"""The hash chain: each seal covers one event and the seal before it, one chain per clinic."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from needlework.audit.models import Event, Seal

START = "0" * 64
"""What the first seal of a chain takes for the one before it."""
LATE = timedelta(minutes=10)
"""An event that waits longer than this for its seal shows that no worker runs, or that somebody took the seal away."""
_LOCK = 0x6E7764_01


@dataclass(frozen=True)
class Break:
    """The first place where a chain does not hold."""

    clinic_id: UUID
    number: int
    what: str


@dataclass(frozen=True)
class Chain:
    """What verifying one chain found; `head` is the last digest, to be noted somewhere else."""

    clinic_id: UUID
    length: int
    head: str
    broken: Break | None = None


def digest(event: Event, number: int, previous: str) -> str:
    """Return the SHA-256 (64 hex digits) of an event at its place in the chain."""
    content = [
        previous,
        number,
        event.pk,
        event.at.timestamp(),
        event.verb,
        event.actor_kind,
        str(event.actor_id),
        event.subject_kind,
        event.subject_id,
        str(event.clinic_id),
        str(event.patient_id),
        event.fields,
    ]
    return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()


@transaction.atomic
def seal(*, at: datetime, limit: int = 2000) -> int:
    """Seal the events that have no seal yet, oldest first; return how many. One sealer at a time."""
    _wait_for_other_sealers()
    events = list(Event.objects.filter(seal=None).order_by("pk")[:limit])
    heads = _heads({event.clinic_id for event in events})
    for event in events:
        number, previous = heads.get(event.clinic_id, (0, START))
        heads[event.clinic_id] = (number + 1, digest(event, number + 1, previous))
        Seal.objects.create(
            event=event, clinic_id=event.clinic_id, number=number + 1, digest=heads[event.clinic_id][1], sealed_at=at
        )
    return len(events)


def verify(*, at: datetime) -> list[Chain]:
    """Check every chain from its start; each answer names the first break, if there is one."""
    clinics = set(Seal.objects.values_list("clinic_id", flat=True)) | set(_late(at))
    return [_verify(clinic_id, at) for clinic_id in sorted(clinics)]


def _verify(clinic_id: UUID, at: datetime) -> Chain:
    number, previous = 0, START
    for seal_ in _seals(clinic_id):
        number += 1
        if seal_.number != number:
            return Chain(clinic_id, number - 1, previous, Break(clinic_id, number, "its seal is missing"))
        if digest(seal_.event, number, previous) != seal_.digest:
            what = f"event {seal_.event_id} is not what was sealed"
            return Chain(clinic_id, number - 1, previous, Break(clinic_id, number, what))
        previous = seal_.digest
    late = _late(at).get(clinic_id)
    broken = Break(clinic_id, number + 1, f"event {late} has waited for its seal since long ago") if late else None
    return Chain(clinic_id, number, previous, broken)


def _seals(clinic_id: UUID) -> Iterator[Seal]:
    rows = Seal.objects.filter(clinic_id=clinic_id).select_related("event").order_by("number")
    return rows.iterator(chunk_size=2000)


def _late(at: datetime) -> dict[UUID, int]:
    """Return each clinic's last event that is still unsealed though it should not be."""
    waiting = Event.objects.filter(seal=None, at__lt=at - LATE)
    return dict(waiting.values("clinic_id").annotate(last=Max("pk")).values_list("clinic_id", "last"))


def _heads(clinics: set[UUID]) -> dict[UUID, tuple[int, str]]:
    lasts = Seal.objects.filter(clinic_id__in=clinics).values("clinic_id").annotate(last=Max("number"))
    return {row["clinic_id"]: (row["last"], _digest_at(row["clinic_id"], row["last"])) for row in lasts}


def _digest_at(clinic_id: UUID, number: int) -> str:
    return Seal.objects.get(clinic_id=clinic_id, number=number).digest


def _wait_for_other_sealers() -> None:
    """Take the one lock for sealing; SQLite's transaction already is one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
