"""Jobs: due, leased, finished, failed, parked, and never in one another's way."""

from collections.abc import Iterator
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


class TestEnqueueing:
    def test_the_same_key_again_finds_the_first_job(self, done):
        assert enqueue("a") == enqueue("a", due_at=NOW + MINUTE)
        assert Job.objects.get().due_at == NOW

    def test_happens_in_the_transaction_of_the_cause(self, done):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            enqueue("a")
            _ = 1 / 0
        assert not Job.objects.exists()

    def test_takes_ids_only(self, done):
        enqueue("a", patient="11111111-1111-4111-8111-111111111111")
        with pytest.raises(ValueError, match="holds ids only"):
            enqueue("b", name="Robin Example")

    def test_refuses_a_kind_that_nobody_registered(self, done):
        with pytest.raises(ValueError, match="No kind of work"):
            enqueue("a", kind="nothing")

    def test_refuses_names_that_are_none_and_names_taken(self, done):
        with pytest.raises(ValueError, match="registered twice"):
            kinds.register("note", lambda _task: None)
        with pytest.raises(ValueError, match="lower case"):
            kinds.register("Note it", lambda _task: None)


class TestCancelling:
    def test_forgets_a_waiting_job(self, done):
        enqueue("a")
        assert operations.cancel(key="a")
        assert worker.run_due(NOW) == 0
        assert not operations.cancel(key="a")

    def test_lets_the_key_be_used_again(self, done):
        enqueue("a")
        operations.cancel(key="a")
        enqueue("a")
        worker.run_due(NOW)
        assert done == ["a"]

    def test_keeps_a_running_attempt_from_finishing(self, done):
        enqueue("a")
        task = leases.take(lambda: NOW)
        operations.cancel(key="a")
        assert not leases.finish(task)

    def test_leaves_what_is_done(self, done):
        enqueue("a")
        worker.run_due(NOW)
        assert not operations.cancel(key="a")


class TestALease:
    def test_is_given_to_one_worker_only(self, done):
        enqueue("a")
        assert leases.take(lambda: NOW) is not None
        assert leases.take(lambda: NOW) is None

    def test_ends_and_the_job_is_given_to_another(self, done):
        enqueue("a")
        first = leases.take(lambda: NOW)
        second = leases.take(lambda: NOW + leases.LEASE)
        assert second.attempt == first.attempt + 1
        assert Job.objects.get().failures == 1

    @pytest.mark.parametrize(
        "settle",
        [
            leases.finish,
            leases.renew,
            lambda task: leases.fail(task, "x"),
            lambda task: leases.postpone(task, due_at=NOW),
        ],
    )
    def test_that_was_lost_settles_nothing(self, done, settle):
        enqueue("a")
        lost = leases.take(lambda: NOW)
        kept = leases.take(lambda: NOW + leases.LEASE)
        assert not settle(lost)
        assert leases.finish(kept)

    def test_can_be_renewed(self, done):
        enqueue("a")
        task = leases.take(lambda: NOW)
        assert leases.renew(kinds.Task(**{**vars(task), "clock": lambda: NOW + MINUTE}))
        assert leases.take(lambda: NOW + leases.LEASE) is None
        assert leases.take(lambda: NOW + leases.LEASE + MINUTE) is not None

    def test_outlives_no_clock_that_is_put_back(self, done):
        """A lease taken while the clock was two hours fast would otherwise hold the job for two hours."""
        enqueue("a")
        assert leases.take(lambda: NOW + timedelta(hours=2)) is not None
        assert worker.run_due(NOW) == 1
        assert done == ["a"]

    def test_of_a_worker_that_is_alive_is_not_stolen_by_a_clock_put_forward(self, done):
        enqueue("a")
        slow = leases.take(lambda: NOW)
        worker.run_due(NOW + timedelta(hours=2))
        assert not leases.finish(slow)
        assert done == ["a"]


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
        error = queries.failing().get().last_error
        assert error.startswith("LookupError at test_work.py:")
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
        assert not operations.restart(key="a", due_at=NOW)

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
        assert not queries.failing().exists()
        assert Job.objects.get().last_error == ""


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


@pytest.mark.parametrize(
    "change",
    [
        {"kind": ""},
        {"key": ""},
        {"state": "lost"},
        {"state": State.LEASED},
        {"lease_until": NOW},
        {"state": State.DONE},
        {"finished_at": NOW},
        {"attempts": -1},
    ],
)
def test_the_database_refuses_a_job_that_makes_no_sense(done, change):
    enqueue("a")
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.update(**change)


def test_the_database_refuses_a_second_job_with_a_key(done):
    enqueue("a")
    enqueue("b")
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(key="b").update(key="a")
