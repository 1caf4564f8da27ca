"""A kind of message, and messages of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from needlework.audit.record import SYSTEM
from needlework.messages import kinds, operations
from needlework.messages.kinds import Letter, MessageKind
from needlework.messages.models import Message

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PATIENT = UUID("11111111-1111-4111-8111-111111111111")
CLINIC = UUID("22222222-2222-4222-8222-222222222222")


def letter(**changed: Any) -> Letter:
    own: dict[str, Any] = {
        "subject": "Your appointment tomorrow",
        "text": "Dear Robin,\n\nwe see you tomorrow at 10.\n",
        "email": "robin@example.test",
        "phone": "+447700900123",
        "short_text": "We see you tomorrow at 10.",
    }
    return Letter(**{**own, **changed})


@contextmanager
def kind(name: str = "reminder", **changed: Any) -> Iterator[MessageKind]:
    """Register a kind of message for the length of a test."""
    made = MessageKind(**{"name": name, "render": lambda _message: letter(), **changed})
    kinds.register(made)
    try:
        yield made
    finally:
        del kinds.KINDS[name]


def queue(key: str = "reminder:1", **changed: Any) -> Message:
    own: dict[str, Any] = {
        "about_kind": "appointment",
        "about_id": uuid4(),
        "to_kind": "patient",
        "to_id": PATIENT,
        "due_at": NOW,
        "clinic_id": CLINIC,
        "by": SYSTEM,
        "at": NOW,
    }
    with transaction.atomic():
        return operations.queue("reminder", key=key, **{**own, **changed})
