"""Send one message: decide whether it is still wanted, write it, hand it over, and write down what came of it."""

from datetime import datetime, timedelta

from django.db import transaction

from needlework.messages import kinds, log
from needlework.messages.channels import Channel, NotSentError, Parcel, Reply, configured
from needlework.messages.letters import Letter
from needlework.messages.models import Attempt, Message, Outcome, Reason, State
from needlework.messages.operations import accept, settle
from needlework.work.kinds import Retry, Task
from needlework.work.leases import wait_after

TRY_FOR = timedelta(days=1)
"""How long a provider that cannot be reached is tried; providers keep idempotency keys for at least as long."""
DAY = timedelta(days=1)


def deliver(task: Task) -> Retry | None:
    """Send the message of a task, or settle why nothing is sent."""
    message = Message.objects.get(pk=task.subject["message"])
    if message.state != State.WAITING:
        return None
    if _ambiguous(message):
        settle(message, State.PARKED, Reason.UNANSWERED, at=task.clock())
        return None
    letter = _letter(message, task.clock())
    if letter is None:
        return None
    try:
        return _by_first_way(task, message, letter)
    except log.LeaseLostError:
        return None


def give_up(task: Task) -> None:
    """Park the message of a job that was given up, in the transaction that gives it up."""
    message = Message.objects.get(pk=task.subject["message"])
    reason = Reason.UNANSWERED if log.open_attempts(message).exists() else Reason.FAULT
    settle(message, State.PARKED, reason, at=task.clock())


def _letter(message: Message, at: datetime) -> Letter | None:
    """Write the letter from the live record; or settle the message, because nothing is to be sent."""
    if message.useful_until is not None and at > message.useful_until:
        _too_late(message, at)
        return None
    kind = kinds.KINDS[message.kind]
    if kind.marketing and not kinds.consents(message):
        settle(message, State.NOT_NEEDED, Reason.NO_CONSENT, at=at)
        return None
    if _sent_today(message, at) >= kind.per_day:
        settle(message, State.PARKED, Reason.TOO_MANY, at=at)
        return None
    letter = kind.render(message)
    if letter is None:
        settle(message, State.NOT_NEEDED, Reason.CANCELLED, at=at)
    return letter


def _too_late(message: Message, at: datetime) -> None:
    if log.counting(message).exists():
        _undelivered(message, at)
    else:
        settle(message, State.NOT_NEEDED, Reason.TOO_LATE, at=at)


def _by_first_way(task: Task, message: Message, letter: Letter) -> Retry | None:
    """Try the message's channels in turn: the next one when an address is missing or refused."""
    ways, refused = configured(), log.refused_channels(message)
    for name in message.channels:
        parcel = log.parcel_for(message, letter, name)
        if name not in ways or name in refused or parcel is None:
            continue
        reply = _hand_over(task, message, ways[name], parcel)
        if reply.outcome in (Outcome.LATER, Outcome.UNKNOWN):
            return _later(task, message, reply)
        if reply.outcome != Outcome.REFUSED:
            return None
        refused.add(name)
    settle(message, State.FAILED, Reason.REFUSED if refused else Reason.NO_ADDRESS, at=task.clock())
    return None


def _hand_over(task: Task, message: Message, way: Channel, parcel: Parcel) -> Reply:
    """Hand a parcel over, written down before and after."""
    try:
        with way.session(parcel) as hand_over:
            attempt = log.start(task, message, way, parcel)
            return _conclude(task, attempt, hand_over())
    except NotSentError as error:
        with transaction.atomic():
            return _conclude(task, log.start(task, message, way, parcel), error.reply)


@transaction.atomic
def _conclude(task: Task, attempt: Attempt, reply: Reply) -> Reply:
    """Write down the answer, with what it means for the message."""
    log.answered(task, attempt, reply)
    if reply.outcome == Outcome.ACCEPTED:
        accept(attempt.message, at=task.clock())
    if reply.outcome == Outcome.KEPT:
        settle(attempt.message, State.KEPT, at=task.clock())
    return reply


def _later(task: Task, message: Message, reply: Reply) -> Retry | None:
    """Say when to try again; or settle a message that must not be repeated, or was tried for long enough."""
    at, tried = task.clock(), log.counting(message)
    if _ambiguous(message):
        settle(message, State.PARKED, Reason.UNANSWERED, at=at)
        return None
    if at - tried[0].started_at >= TRY_FOR:
        _undelivered(message, at)
        return None
    return Retry(at + (reply.retry_after or wait_after(len(tried))))


def _undelivered(message: Message, at: datetime) -> None:
    """Settle a message that has been tried in vain; if an answer is missing it may have arrived all the same."""
    if log.open_attempts(message).exists():
        settle(message, State.PARKED, Reason.UNANSWERED, at=at)
    else:
        settle(message, State.FAILED, Reason.TIMED_OUT, at=at)


def _ambiguous(message: Message) -> bool:
    """Say whether the message may have gone out already, by a provider that would send it twice."""
    return log.open_attempts(message).filter(honours_keys=False).exists()


def _sent_today(message: Message, at: datetime) -> int:
    alike = Message.objects.filter(to_id=message.to_id, kind=message.kind, settled_at__gt=at - DAY)
    return alike.filter(state__in=[State.SENT, State.KEPT]).count()
