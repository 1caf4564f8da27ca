"""The log of attempts: what was handed to whom is written before, what came back after; nothing is changed."""

from base64 import b64decode, b64encode
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from needlework.messages import kinds
from needlework.messages.channels import Channel, Parcel, Reply
from needlework.messages.letters import Attachment, Letter
from needlework.messages.models import Answer, Attempt, Message, Outcome
from needlework.work import leases
from needlework.work.kinds import Task


class LeaseLostError(Exception):
    """Another worker has been given this message: it is not ours to send any more."""


@transaction.atomic
def start(task: Task, message: Message, channel: Channel, parcel: Parcel) -> Attempt:
    """Write down that a parcel is about to be handed over, while the lease is still ours."""
    if not leases.hold(task):
        raise LeaseLostError
    return Attempt.objects.create(
        message=message,
        number=message.attempts.count() + 1,
        channel=channel.name,
        provider=channel.provider,
        key=parcel.key,
        honours_keys=channel.honours_keys,
        started_at=task.clock(),
        copy=_copy(message, parcel),
    )


def answered(task: Task, attempt: Attempt, reply: Reply) -> Answer:
    """Write down what came back; also when the lease is lost by then, for it is a fact."""
    return Answer.objects.create(
        attempt=attempt, outcome=reply.outcome, code=reply.code, said=reply.said, answered_at=task.clock()
    )


def counting(message: Message) -> QuerySet[Attempt]:
    """Return the attempts that count: those since a person last said "send it again"."""
    return message.attempts.filter(number__gt=message.tried_before).order_by("number")


def open_attempts(message: Message) -> QuerySet[Attempt]:
    """Return the attempts that may have been delivered or not: nobody knows."""
    return counting(message).filter(Q(answer=None) | Q(answer__outcome=Outcome.UNKNOWN))


def refused_channels(message: Message) -> set[str]:
    """Return the channels on which a provider refused this message."""
    return set(counting(message).filter(answer__outcome=Outcome.REFUSED).values_list("channel", flat=True))


def parcel_for(message: Message, letter: Letter, channel: str) -> Parcel | None:
    """Return what goes out on a channel, or None without an address; a repeat says the same words as before."""
    to = letter.address(channel)
    if to is None:
        return None
    secret = kinds.KINDS[message.kind].secret
    before = None if secret else open_attempts(message).filter(channel=channel).last()
    if before is not None:
        return _again(before)
    own = f".{message.attempts.count() + 1}" if secret else ""
    key = f"{message.pk}.{channel}{own}"
    if channel == "email":
        return Parcel(to, letter.subject, letter.text, key, letter.attachments)
    return Parcel(to, "", letter.short_text, key)


def _copy(message: Message, parcel: Parcel) -> dict[str, Any]:
    """Return what is kept of a parcel; of a secret one only where it went, what about, and what files went with it."""
    hidden = kinds.KINDS[message.kind].secret and not settings.DEMO
    copy: dict[str, Any] = {"to": parcel.to, "subject": parcel.subject, "text": "" if hidden else parcel.text}
    if parcel.attachments:
        copy["attachments"] = [_kept(each, hidden=hidden) for each in parcel.attachments]
    return copy


def _kept(attachment: Attachment, *, hidden: bool) -> dict[str, str]:
    content = "" if hidden else b64encode(attachment.content).decode()
    return {"name": attachment.name, "media_type": attachment.media_type, "content": content}


def _again(attempt: Attempt) -> Parcel:
    """Return the parcel of an attempt once more, byte for byte."""
    words = dict(attempt.copy)
    files = tuple(
        Attachment(file["name"], file["media_type"], b64decode(file["content"]))
        for file in words.pop("attachments", [])
    )
    return Parcel(**words, key=attempt.key, attachments=files)
