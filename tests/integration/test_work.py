"""Jobs: due, leased, finished, failed, parked, and never in one another's way."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from needlework.work import kinds, leases, operations, worker
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

    def test_is_not_given_again_to_a_worker_that_read_the_clock_before_it_was_taken(self, done):
        enqueue("a")
        assert leases.take(lambda: NOW) is not None
        assert leases.take(lambda: NOW - timedelta(seconds=1)) is None
        assert leases.take(lambda: NOW - leases.LEASE) is None

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
