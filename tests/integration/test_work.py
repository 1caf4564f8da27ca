"""Jobs: due, leased, finished, failed, parked, and never in one another's way."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from needlework.work import kinds, leases, operations, queries, worker
from needlework.work.models import Job, State

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def no_other_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "KINDS", {})


@pytest.fixture
def done() -> list[str]:
    """The keys of the jobs that the kind "note" has done."""
    keys: list[str] = []
    kinds.register("note", lambda task: keys.append(task.key))
    return keys


def enqueue(key: str, kind: str = "note", due_at: datetime = NOW, **subject: str) -> Job:
    with transaction.atomic():
        return operations.enqueue(kind, key=key, due_at=due_at, subject=subject)


def test_a_due_job_is_done_once(done):
    enqueue("a")
    assert worker.run_due(NOW) == 1
    assert worker.run_due(NOW) == 0
    assert done == ["a"]
    job = Job.objects.get()
    assert (job.state, job.finished_at, job.attempts) == (State.DONE, NOW, 1)


def test_a_job_waits_until_it_is_due(done):
    enqueue("a", due_at=NOW + MINUTE)
    assert worker.run_due(NOW) == 0
    assert worker.run_due(NOW + MINUTE) == 1


def test_jobs_are_done_in_the_order_in_which_they_became_due(done):
    enqueue("later", due_at=NOW - MINUTE)
    enqueue("sooner", due_at=NOW - 2 * MINUTE)
    worker.run_due(NOW)
    assert done == ["sooner", "later"]
