"""The only way in: `record` what was done (inside the operation's transaction), `viewed` what was seen (in its own)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Protocol
from uuid import UUID

from django.db import models, transaction

from needlework.audit.models import ORGANISATION, Event
from needlework.web.inserting import insert

READING = ContextVar("reading", default=False)
"""True while a safe request runs: then nothing but an access event may be written."""


class Actor(Protocol):
    """Who acts: a member of staff, a patient, or the system itself."""

    audit_kind: ClassVar[str]

    @property
    def pk(self) -> Any:
        """The id that the event holds; None for the system."""


@dataclass(frozen=True)
class System:
    """The program acting on its own: the worker, the terminal, a first set-up."""

    audit_kind: ClassVar[str] = "system"
    pk: None = None


SYSTEM = System()


def record(verb: str, subject: models.Model, *, by: Actor, at: datetime, fields: Iterable[str] = ()) -> None:
    """Append one event, in the transaction of what it records.

    A subject may carry `audit_clinic_id` and `audit_patient_id`: whose chain the event joins, and whose record it is.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{verb!r} is recorded outside a transaction: an event must stand or fall with its write")
    _append(verb, subject, by, at, fields)


def viewed(subject: models.Model, *, by: Actor, at: datetime, part: str = "") -> None:
    """Append the event that somebody opened a record: the one write that a safe request may do."""
    with writing(), transaction.atomic():
        _append("viewed", subject, by, at, [part] if part else [])


@contextmanager
def writing() -> Iterator[None]:
    """Let one write through while a safe request runs."""
    token = READING.set(False)
    try:
        yield
    finally:
        READING.reset(token)


def _append(verb: str, subject: models.Model, by: Actor, at: datetime, fields: Iterable[str]) -> None:
    event = Event(
        at=at,
        verb=verb,
        actor_kind=by.audit_kind,
        actor_id=by.pk,
        subject_kind=subject._meta.model_name or "",
        subject_id=str(subject.pk),
        clinic_id=_id(subject, "audit_clinic_id") or ORGANISATION,
        patient_id=_id(subject, "audit_patient_id"),
        fields=sorted(fields),
    )
    insert(event)


def _id(subject: models.Model, name: str) -> UUID | None:
    return getattr(subject, name, None)
