"""The log of attempts: what was handed to whom is written before, what came back after; nothing is changed."""

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from needlework.messages import kinds
from needlework.messages.channels import Channel, Parcel, Reply
from needlework.messages.letters import Letter
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
        return Parcel(key=before.key, **before.copy)
    own = f".{message.attempts.count() + 1}" if secret else ""
    words = {"subject": letter.subject, "text": letter.text} if channel == "email" else _short(letter)
    return Parcel(to=to, key=f"{message.pk}.{channel}{own}", **words)


def _short(letter: Letter) -> dict[str, str]:
    return {"subject": "", "text": letter.short_text}


def _copy(message: Message, parcel: Parcel) -> dict[str, str]:
    hidden = kinds.KINDS[message.kind].secret and not settings.DEMO
    return {"to": parcel.to, "subject": parcel.subject, "text": "" if hidden else parcel.text}
