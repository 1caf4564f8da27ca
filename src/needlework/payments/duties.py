"""What the worker does for this room by itself: asking about open checkouts, paying back online."""

from datetime import timedelta
from uuid import UUID

from needlework.payments import operations, paying, queries
from needlework.payments.hosted.base import RefusedError, UnreachableError
from needlework.payments.hosted.setup import configured
from needlework.work.kinds import Retry, Task

MOST_AT_ONCE = 20
PAUSE = timedelta(minutes=5)
KEY_HOLDS = timedelta(hours=20)
"""How long the provider surely knows a key; later, the same request could pay back twice, and a person must look."""


def ask_about_checkouts(task: Task) -> None:
    """Ask about every checkout that nobody has told us the end of."""
    at = task.clock()
    for checkout in queries.open_checkouts(at=at)[:MOST_AT_ONCE]:
        paying.ask(checkout, at=at)


def refund_online(task: Task) -> Retry | None:
    """Have the provider pay back; again later while it cannot be reached, and an entry of failure where it refuses."""
    at, refund = task.clock(), queries.entry(UUID(task.subject["refund"]))
    if refund is None or refund.of is None:
        raise LookupError("There is no such refund")
    if at - refund.recorded_at > KEY_HOLDS:
        raise TimeoutError("The provider was not reached in time. Look there whether the refund went out")
    provider, payment = configured(), refund.of.provider_reference
    if provider is None:
        return Retry(at=at + PAUSE)
    try:
        provider.refund(payment=payment, amount_pence=refund.amount_pence, key=str(refund.pk))
    except UnreachableError:
        return Retry(at=at + PAUSE)
    except RefusedError as refusal:
        operations.note_failed_refund(refund=refund, reason=str(refusal), at=at)
    return None
