"""Enqueue, cancel, restart and forget jobs. What caused a job records the event; the job itself is machinery."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from needlework.web.inserting import insert
from needlework.work import kinds
from needlework.work.clock import database_now
from needlework.work.models import Job, State

KEEP_DONE = timedelta(days=30)
ID = re.compile(r"[0-9A-Za-z:._-]{1,64}")


def enqueue(kind: str, *, key: str, due_at: datetime, subject: Mapping[str, str] | None = None) -> Job:
    """Add a job to the transaction that causes it; a second call with the same key finds the first one's job."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{kind!r} is enqueued outside a transaction: a job must stand or fall with its cause")
    if kind not in kinds.KINDS:
        raise ValueError(f"No kind of work is called {kind!r}")
    job = Job(kind=kind, key=key, subject=_ids_only(subject or {}), due_at=due_at, enqueued_at=database_now())
    return job if insert(job, once_by="key") else Job.objects.get(key=key)


@transaction.atomic
def cancel(*, key: str) -> bool:
    """Forget a job that is not finished, and say whether there was one; an attempt already running cannot finish."""
    gone, _ = Job.objects.filter(key=key, state__in=[State.WAITING, State.LEASED]).delete()
    return gone > 0


@transaction.atomic
def restart(*, key: str, due_at: datetime) -> bool:
    """Give a job a fresh start, and say whether there was one; an attempt that still runs cannot settle it any more."""
    fresh = {"state": State.WAITING, "due_at": due_at, "failures": 0, "last_error": ""}
    return Job.objects.filter(key=key).update(**fresh, lease_until=None, finished_at=None) > 0


@transaction.atomic
def schedule_recurring(*, at: datetime) -> None:
    """Make sure that every recurring kind has its one job."""
    for kind in kinds.recurring():
        enqueue(kind.name, key=recurring_key(kind.name), due_at=at)


def recurring_key(kind: str) -> str:
    """Return the key of a recurring kind's one job."""
    return f"every:{kind}"


def prune(task: kinds.Task) -> None:
    """Delete jobs done long ago; parked ones stay until a person has dealt with them."""
    Job.objects.filter(state=State.DONE, finished_at__lt=task.clock() - KEEP_DONE).delete()


def _ids_only(subject: Mapping[str, str]) -> dict[str, str]:
    for name, value in subject.items():
        if not isinstance(value, str) or not ID.fullmatch(value):
            raise ValueError(f"A job's subject holds ids only, and {name!r} is none")
    return dict(subject)
