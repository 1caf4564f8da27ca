"""Leases: one worker at a time has a job, for a limited time, and only the latest lease may settle it."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from needlework.work import kinds
from needlework.work.clock import Clock, database_now
from needlework.work.kinds import Task
from needlework.work.models import Job, State

LEASE = timedelta(seconds=120)
MOST_FAILURES = 8
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
DIED = "the worker died with it"
logger = logging.getLogger(__name__)


def wait_after(failures: int) -> timedelta:
    """Return how long to wait after so many failures in a row: doubling from half a minute, never over an hour."""
    return min(FIRST_WAIT * (1 << min(failures - 1, 10)), LONGEST_WAIT)


def anything_due(at: datetime) -> bool:
    """Say whether `take` has something to do, without asking for the write lock."""
    return _due(at).exists() or _abandoned(at).exists()


@transaction.atomic
def take(clock: Clock) -> Task | None:
    """Lease the job that has been due longest; None when there is none. Jobs whose worker died are put back first."""
    at = clock()
    for left in _abandoned(at).select_for_update(skip_locked=True):
        _failed(left, _task(left, clock), DIED, waited=LEASE)
    job = _due(at).select_for_update(skip_locked=True).order_by("due_at").first()
    if job is None:
        return None
    job.attempts += 1
    lease = {"state": State.LEASED, "lease_until": at + LEASE, "attempts": job.attempts}
    Job.objects.filter(pk=job.pk).update(**lease)
    return _task(job, clock)


def hold(task: Task) -> bool:
    """Say whether a task's lease is still the latest, and keep it so until the caller's transaction ends."""
    return _held(task).select_for_update().first() is not None


def resumed(job_id: UUID, attempt: int) -> Task:
    """Return the task of a lease that another process has taken for this one."""
    return _task(Job.objects.get(pk=job_id, state=State.LEASED, attempts=attempt), database_now)


def renew(task: Task) -> bool:
    """Lengthen a lease that is still the latest, and say whether it was."""
    return _held(task).update(lease_until=task.clock() + LEASE) > 0


def finish(task: Task) -> bool:
    """Record that a task is done; a recurring one waits for its next turn. False when the lease was lost."""
    at, kind = task.clock(), kinds.KINDS.get(task.kind)
    if kind is not None and kind.every is not None:
        return _settle(task, state=State.WAITING, due_at=at + kind.every, failures=0, last_error="")
    return _settle(task, state=State.DONE, finished_at=at, failures=0, last_error="")


def postpone(task: Task, *, due_at: datetime) -> bool:
    """Put a task back until a moment that its handler chose. False when the lease was lost."""
    return _settle(task, state=State.WAITING, due_at=due_at, failures=0, last_error="")


@transaction.atomic
def fail(task: Task, error: str) -> bool:
    """Put a failed task back for longer and longer, and park it in the end. False when the lease was lost."""
    job = _held(task).select_for_update().first()
    if job is None:
        return False
    _failed(job, task, error, waited=timedelta())
    return True


def _failed(job: Job, task: Task, error: str, *, waited: timedelta) -> None:
    """Count a failure. The time already `waited` for a dead worker's lease to end counts towards the next wait."""
    at, failures, kind = task.clock(), job.failures + 1, kinds.KINDS.get(task.kind)
    recurs = kind is not None and kind.every is not None
    if failures < MOST_FAILURES or recurs:
        due_at = at + max(wait_after(failures) - waited, timedelta())
        _settle(task, state=State.WAITING, due_at=due_at, failures=failures, last_error=error)
        return
    _settle(task, state=State.PARKED, finished_at=at, failures=failures, last_error=error)
    logger.error("Job %s (%s) is parked after %s failures: %s", task.id, task.kind, failures, error)
    if kind is not None and kind.parked is not None:
        kind.parked(task)


def _settle(task: Task, **values: object) -> bool:
    """Write the end of an attempt, if it is still the latest."""
    return _held(task).update(lease_until=None, **values) > 0


def _held(task: Task) -> QuerySet[Job]:
    return Job.objects.filter(pk=task.id, state=State.LEASED, attempts=task.attempt)


def _due(at: datetime) -> QuerySet[Job]:
    return Job.objects.filter(state=State.WAITING, due_at__lte=at)


def _abandoned(at: datetime) -> QuerySet[Job]:
    """Leases that have ended, or end so late that they were taken before the clock was put back.

    A lease may end a little later than one taken at `at` would: another worker took it since the clock was read.
    """
    return Job.objects.filter(Q(lease_until__lte=at) | Q(lease_until__gt=at + 2 * LEASE), state=State.LEASED)


def _task(job: Job, clock: Clock) -> Task:
    return Task(job.pk, job.kind, job.key, job.subject, job.attempts, clock)
