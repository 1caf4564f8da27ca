"""Queue messages, settle them, and let a person decide about those that need one."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from needlework.audit import record
from needlework.audit.record import SYSTEM, Actor
from needlework.messages import kinds
from needlework.messages.models import Message, Reason, State
from needlework.web.inserting import insert
from needlework.work import operations as work

KIND_OF_WORK = "send-message"
CHANNELS = ("email", "sms")


def queue(
    kind: str,
    *,
    key: str,
    about_kind: str,
    about_id: UUID | str,
    to_kind: str,
    to_id: UUID | str,
    due_at: datetime,
    by: Actor,
    at: datetime,
    useful_until: datetime | None = None,
    channels: Sequence[str] = CHANNELS,
    clinic_id: UUID | None = None,
) -> Message:
    """Queue a message in the transaction that causes it; a second call with the same key finds the first one's message.

    A message whose time has passed already (`useful_until`, or else `due_at`) is written down and never sent.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{kind!r} is queued outside a transaction: a message must stand or fall with its cause")
    if kind not in kinds.KINDS:
        raise ValueError(f"No kind of message is called {kind!r}")
    if not channels or not set(channels) <= set(CHANNELS):
        raise ValueError(f"A message goes by some of {', '.join(CHANNELS)}")
    message = Message(
        kind=kind,
        key=key,
        about_kind=about_kind,
        about_id=about_id,
        to_kind=to_kind,
        to_id=to_id,
        due_at=due_at,
        useful_until=useful_until,
        channels=list(channels),
        clinic_id=clinic_id,
        queued_at=at,
        queued_by_kind=by.audit_kind,
        queued_by_id=by.pk,
    )
    if not insert(message, once_by="key"):
        return Message.objects.get(key=key)
    record.record("message-queued", message, by=by, at=at)
    _schedule(message, at)
    return message


@transaction.atomic
def settle(message: Message, state: State, reason: Reason | None = None, *, at: datetime) -> bool:
    """End a waiting message's way, and say whether it still waited."""
    return _end(Message.objects.filter(pk=message.pk, state=State.WAITING), message, state, reason, by=SYSTEM, at=at)


@transaction.atomic
def accept(message: Message, *, at: datetime) -> bool:
    """Settle a message as sent; also one that was parked meanwhile because this very answer was missing."""
    unanswered = Q(state=State.WAITING) | Q(state=State.PARKED, reason=Reason.UNANSWERED)
    return _end(Message.objects.filter(unanswered, pk=message.pk), message, State.SENT, None, by=SYSTEM, at=at)


@transaction.atomic
def set_aside(*, message: Message, by: Actor, at: datetime) -> bool:
    """Close a message that failed or was parked, because a person has seen to it. False when it was neither."""
    return _end(_unsent(message), message, State.NOT_NEEDED, Reason.SEEN_TO, by=by, at=at)


@transaction.atomic
def send_again(*, message: Message, by: Actor, at: datetime) -> bool:
    """Send a message that failed or was parked once more, because a person says so. False when it was neither."""
    again = {"state": State.WAITING, "reason": "", "settled_at": None, "settled_by_kind": "", "settled_by_id": None}
    release = {"released_at": at, "released_by_kind": by.audit_kind, "released_by_id": by.pk}
    if not _unsent(message).update(**again, **release, tried_before=message.attempts.count()):
        return False
    record.record("message-released", message, by=by, at=at)
    if not work.restart(key=work_key(message), due_at=at):  # a job done long ago has been forgotten
        _enqueue(message, at)
    return True


def work_key(message: Message) -> str:
    """Return the key of the job that sends a message."""
    return f"message:{message.pk}"


def _schedule(message: Message, at: datetime) -> None:
    if at > (message.useful_until or message.due_at):
        settle(message, State.NOT_NEEDED, Reason.TOO_LATE, at=at)
        return
    _enqueue(message, message.due_at)


def _enqueue(message: Message, due_at: datetime) -> None:
    work.enqueue(KIND_OF_WORK, key=work_key(message), due_at=due_at, subject={"message": str(message.pk)})


def _unsent(message: Message) -> QuerySet[Message]:
    return Message.objects.filter(pk=message.pk, state__in=[State.FAILED, State.PARKED])


def _end(
    rows: QuerySet[Message], message: Message, state: State, reason: Reason | None, *, by: Actor, at: datetime
) -> bool:
    end = {"state": state, "reason": reason or ""}
    if not rows.update(**end, settled_at=at, settled_by_kind=by.audit_kind, settled_by_id=by.pk):
        return False
    record.record(f"message-{state}", message, by=by, at=at)
    message.refresh_from_db()
    return True
