"""The worker: takes due jobs one at a time. Any number of workers may run beside each other."""

import logging
import signal
import threading
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connection, connections

from needlework.work import child, kinds, leases, limits, operations
from needlework.work.clock import Clock, database_now
from needlework.work.kinds import Kind, Retry, Task
from needlework.work.limits import where

IDLE_SECONDS = 1.0
OUTAGE_SECONDS = 5.0
SHARE_OF_LEASE = 0.9
"""A handler is interrupted before its lease ends, so that no second worker starts on the job beside it."""
logger = logging.getLogger(__name__)


def run_due(now: datetime, limit: int = 1000) -> int:
    """Do what is due at a moment, recurring kinds included, and return how many jobs were taken; for tests and tools.

    Heavy kinds run here and now, in this process.
    """
    operations.schedule_recurring(at=now)
    taken = 0
    while taken < limit and run_one(lambda: now):
        taken += 1
    return taken


def run_forever(stop: threading.Event | None = None) -> None:
    """Work until `stop` is set or the process is told to end; the job in hand is finished first."""
    stop = stop or threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
    logger.info("Background work has begun")
    scheduled = False
    while not stop.is_set():
        try:
            scheduled = scheduled or _schedule()
            if not run_one(database_now, stop):
                stop.wait(IDLE_SECONDS)
        except (OperationalError, InterfaceError) as error:
            logger.warning("The database does not answer (%s); trying again", type(error).__name__)
            _start_afresh()
            stop.wait(OUTAGE_SECONDS)


def run_one(clock: Clock, stop: threading.Event | None = None) -> bool:
    """Do one job, and say whether there was anything to do. With `stop`, heavy kinds run in a child process."""
    if not leases.anything_due(clock()):
        return False
    task = leases.take(clock)
    if task is not None:
        carry_out(task, stop)
    return True


def carry_out(task: Task, stop: threading.Event | None = None) -> None:
    """Run a task's handler and settle its job by how that ended."""
    kind = kinds.KINDS.get(task.kind)
    if kind is None:
        leases.fail(task, "no such kind of work")
        return
    nested = connection.in_atomic_block
    try:
        answer = _handled(kind, task, stop)
    except Exception as error:  # whatever a handler raises is that job's fault alone: the others go on
        if not nested:
            _start_afresh()
        reason = str(error) if isinstance(error, child.ChildFailedError) else where(error)
        logger.warning("Job %s (%s) failed: %s", task.id, task.kind, reason)
        leases.fail(task, reason)
        return
    settled = leases.finish(task) if answer is None else leases.postpone(task, due_at=answer.at)
    if not settled:
        logger.info("Job %s was cancelled, or outlived its lease", task.id)


def _handled(kind: Kind, task: Task, stop: threading.Event | None) -> Retry | None:
    if kind.heavy and stop is not None:
        return child.run(task, stop)
    with limits.within(leases.LEASE.total_seconds() * SHARE_OF_LEASE):
        return kind.handler(task)


def _start_afresh() -> None:
    """Drop the database connection: an interrupted statement may have left it half-way."""
    connection.close()
    del connections[DEFAULT_DB_ALIAS]


def _schedule() -> bool:
    operations.schedule_recurring(at=database_now())
    return True
