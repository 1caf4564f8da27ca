"""Jobs that fail, ask for another time or recur; and what is forgotten."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

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


class TestFailing:
    @pytest.fixture
    def broken(self) -> Iterator[None]:
        def handler(_task):
            raise LookupError("Robin Example, pregnant")

        kinds.register("broken", handler)

    def test_waits_longer_each_time_and_is_parked_in_the_end(self, broken):
        enqueue("a", "broken")
        waits, at = [], NOW
        while Job.objects.get().state != State.PARKED:
            worker.run_due(at)
            waits.append((Job.objects.get().due_at - at).total_seconds())
            at = Job.objects.get().due_at
        assert waits == [30, 60, 120, 240, 480, 960, 1920, 0]
        assert [job.key for job in queries.parked()] == ["a"]
        assert worker.run_due(at + timedelta(days=30)) == 0

    def test_is_remembered_by_kind_and_line_without_values(self, broken, caplog):
        enqueue("a", "broken")
        worker.run_due(NOW)
        error = Job.objects.get().last_error
        assert error.startswith("LookupError at test_work_failing.py:")
        assert "Robin" not in error + caplog.text

    def test_holds_up_nobody(self, broken, done):
        enqueue("poison", "broken", due_at=NOW - MINUTE)
        for number in range(3):
            enqueue(f"healthy {number}")
        worker.run_due(NOW)
        assert len(done) == 3

    def test_starts_afresh_when_a_person_says_so(self, broken):
        enqueue("a", "broken")
        Job.objects.update(state=State.PARKED, finished_at=NOW, failures=8)
        assert operations.restart(key="a", due_at=NOW)
        worker.run_due(NOW)
        job = Job.objects.get()
        assert (job.state, job.failures) == (State.WAITING, 1)
        assert not operations.restart(key="nothing", due_at=NOW)

    def test_and_restarting_leaves_a_running_attempt_nothing_to_settle(self, broken):
        enqueue("a", "broken")
        running = leases.take(lambda: NOW)
        assert operations.restart(key="a", due_at=NOW)
        assert not leases.finish(running)
        assert Job.objects.get().state == State.WAITING

    def test_tells_the_kind_that_it_is_given_up(self):
        told = []

        def handler(_task):
            raise LookupError

        kinds.register("told", handler, parked=lambda task: told.append(task.key))
        enqueue("a", "told")
        for hours in range(20):
            worker.run_due(NOW + timedelta(hours=hours))
        assert told == ["a"]

    def test_by_taking_the_worker_with_it_counts_too(self, done):
        enqueue("a")
        at = NOW
        while Job.objects.get().state != State.PARKED:
            if leases.take(lambda at=at: at) is None:
                assert worker.run_due(at + leases.LEASE - MINUTE) == 0
            at += leases.LEASE
        assert done == []
        assert (Job.objects.get().last_error, Job.objects.get().failures) == (leases.DIED, leases.MOST_FAILURES)

    def test_of_a_kind_that_a_newer_version_knows_waits_for_it(self, done):
        enqueue("a")
        kind = kinds.KINDS.pop("note")
        worker.run_due(NOW)
        kinds.KINDS["note"] = kind
        worker.run_due(NOW + MINUTE)
        assert done == ["a"]

    def test_ends_with_success(self, done):
        enqueue("a")
        Job.objects.update(failures=3, last_error="x")
        worker.run_due(NOW)
        assert (Job.objects.get().failures, Job.objects.get().last_error) == (0, "")


def test_a_handler_may_ask_for_another_time_without_being_at_fault():
    kinds.register("later", lambda task: kinds.Retry(task.clock() + MINUTE) if task.attempt < 12 else None)
    enqueue("a", "later")
    for minutes in range(12):
        worker.run_due(NOW + minutes * MINUTE)
    job = Job.objects.get()
    assert (job.state, job.attempts, job.failures) == (State.DONE, 12, 0)


class TestARecurringKind:
    def test_takes_turns_by_itself(self):
        turns = []
        kinds.register("sweep", lambda task: turns.append(task.clock()), every=timedelta(hours=1))
        for minutes in (0, 30, 60, 61, 120):
            worker.run_due(NOW + minutes * MINUTE)
        assert turns == [NOW, NOW + 60 * MINUTE, NOW + 120 * MINUTE]
        assert Job.objects.get().key == operations.recurring_key("sweep")

    def test_is_never_given_up(self):
        def handler(_task):
            raise LookupError

        kinds.register("sweep", handler, every=timedelta(minutes=1))
        for hours in range(20):
            worker.run_due(NOW + timedelta(hours=hours))
        job = Job.objects.get()
        assert (job.state, job.failures) == (State.WAITING, 20)


def test_jobs_done_long_ago_are_forgotten(done):
    kinds.register("prune-jobs", operations.prune, every=timedelta(days=1))
    enqueue("old")
    worker.run_due(NOW)
    enqueue("parked")
    Job.objects.filter(key="parked").update(state=State.PARKED, finished_at=NOW)
    enqueue("recent", due_at=NOW + timedelta(days=20))
    worker.run_due(NOW + timedelta(days=20))
    worker.run_due(NOW + operations.KEEP_DONE + timedelta(days=1))
    kept = set(Job.objects.exclude(kind="prune-jobs").values_list("key", flat=True))
    assert kept == {"parked", "recent"}


def test_how_far_the_worker_is_behind_can_be_asked(done):
    assert queries.overdue_by(NOW) == timedelta()
    enqueue("a", due_at=NOW - 5 * MINUTE)
    enqueue("b", due_at=NOW + MINUTE)
    assert queries.overdue_by(NOW) == 5 * MINUTE
