"""Workers as they run in a clinic: in processes and threads of their own, on a database with real commits."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections, transaction

from needlework.audit.record import SYSTEM
from needlework.messages import operations as messages
from needlework.work import child, kinds, leases, operations, worker
from needlework.work.clock import database_now
from needlework.work.models import Job, State
from tests import homes
from tests.factories import messages as make

RUN = "import django; django.setup(); from needlework.work import worker; worker.IDLE_SECONDS = 0.05; "


@pytest.fixture(autouse=True)
def database(real_home):
    return real_home


@pytest.fixture
def no_other_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "KINDS", {})


def enqueue(kind: str, key: str | None = None) -> None:
    with transaction.atomic():
        operations.enqueue(kind, key=key or kind, due_at=database_now())


@contextmanager
def worker_process(home: Any, settings: str = "needlework.config.settings", **env: str) -> Iterator[subprocess.Popen]:
    own = {**homes.environment(home), "DJANGO_SETTINGS_MODULE": settings, **env}
    process = subprocess.Popen([sys.executable, "-c", RUN + "worker.run_forever()"], env=own, stderr=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        sys.stderr.write(process.communicate()[1].decode())


def wait_for(condition: Callable[[], Any], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.05)


def in_threads(number: int, work: Callable[[], None]) -> None:
    def alone() -> None:
        try:
            work()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=alone) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()


def test_workers_beside_each_other_do_each_job_once(no_other_kinds):
    done: list[str] = []
    kinds.register("note", lambda task: done.append(task.key))
    for number in range(60):
        enqueue("note", str(number))

    def drain() -> None:
        while worker.run_one(database_now):
            pass

    in_threads(3, drain)
    assert Counter(done) == Counter(map(str, range(60)))
    assert set(Job.objects.values_list("state", "attempts")) == {(State.DONE, 1)}


def test_a_job_enqueued_by_two_at_once_is_one_job(no_other_kinds):
    kinds.register("note", lambda _task: None)
    together = threading.Barrier(4)

    def enqueue_together() -> None:
        together.wait(10)
        enqueue("note", "the same key")

    in_threads(4, enqueue_together)
    assert Job.objects.count() == 1


def test_a_handler_that_hangs_holds_up_the_rest_for_one_lease(no_other_kinds, monkeypatch):
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=1))
    done: list[str] = []
    kinds.register("hangs", lambda _task: time.sleep(30))
    kinds.register("note", lambda task: done.append(task.key))
    enqueue("hangs")
    enqueue("note")
    started = time.monotonic()
    while not done:
        worker.run_one(database_now)
    assert time.monotonic() - started < 5
    assert Job.objects.get(kind="hangs").last_error.startswith("OverranError at limits.py")


def test_a_worker_survives_a_database_that_is_away(no_other_kinds, monkeypatch):
    monkeypatch.setattr(worker, "OUTAGE_SECONDS", 0.05)
    monkeypatch.setattr(worker, "IDLE_SECONDS", 0.05)
    done: list[str] = []
    kinds.register("note", lambda task: done.append(task.key))
    enqueue("note", "after")
    stop, settings = threading.Event(), connections["default"].settings_dict
    there = settings["NAME"]
    settings["NAME"] = str(Path(there).parent / "nowhere" / "at-all")
    away = threading.Thread(target=lambda: (worker.run_forever(stop), connections.close_all()))
    away.start()
    try:
        time.sleep(0.3)
        assert done == []
        settings["NAME"] = there
        wait_for(lambda: done)
    finally:
        settings["NAME"] = there
        stop.set()
        away.join(10)
    assert done == ["after"]


def test_a_worker_makes_recurring_jobs_and_ends_when_it_is_told_to(database):
    with worker_process(database) as process:
        wait_for(lambda: Job.objects.filter(kind="prune-jobs", state=State.WAITING, attempts=1).exists())
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_a_message_is_queued_in_a_transaction_only():
    with make.kind(), pytest.raises(RuntimeError, match="outside a transaction"):
        messages.queue(
            "reminder",
            key="a",
            about_kind="appointment",
            about_id=uuid4(),
            to_kind="patient",
            to_id=uuid4(),
            due_at=make.NOW,
            by=SYSTEM,
            at=make.NOW,
        )


def test_a_job_is_enqueued_in_a_transaction_only():
    with pytest.raises(RuntimeError, match="outside a transaction"):
        operations.enqueue("prune-jobs", key="a", due_at=make.NOW)


class TestHeavyWork:
    @pytest.fixture(autouse=True)
    def heavy_kinds(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for kind in ("notes", "asks-again", "fails", "dies", "takes-long"):
            monkeypatch.setitem(kinds.KINDS, kind, kinds.Kind(kind, lambda _task: None, heavy=True))

    @pytest.fixture
    def notes(self, tmp_path) -> Path:
        return tmp_path / "notes"

    @pytest.fixture
    def process(self, database, notes):
        with worker_process(database, "tests.heavy_settings", NOTES=str(notes)) as process:
            yield process

    def test_runs_in_a_process_that_ends(self, process, notes):
        enqueue("notes")
        wait_for(lambda: Job.objects.filter(kind="notes", state=State.DONE).exists())
        other = int(notes.read_text())
        assert other not in (process.pid, os.getpid())
        assert not Path(f"/proc/{other}").exists()

    def test_says_when_to_try_again(self, process):
        enqueue("asks-again")
        wait_for(lambda: Job.objects.filter(kind="asks-again", due_at__year=2100, failures=0).exists())

    def test_that_fails_is_put_back_with_the_line_that_failed(self, process):
        enqueue("fails")
        wait_for(lambda: Job.objects.filter(kind="fails", failures=1).exists())
        assert Job.objects.get(kind="fails").last_error.startswith("LookupError at heavy.py:")
        assert "Robin" not in Job.objects.get(kind="fails").last_error

    def test_that_dies_takes_nobody_with_it(self, process):
        enqueue("dies")
        enqueue("notes")
        wait_for(lambda: Job.objects.filter(kind="notes", state=State.DONE).exists())
        assert Job.objects.get(kind="dies").last_error == "exit -9"

    def test_may_take_longer_than_a_lease(self, process):
        enqueue("takes-long")
        wait_for(lambda: Job.objects.filter(kind="takes-long", state=State.DONE).exists())
        assert Job.objects.get(kind="takes-long").attempts == 1

    def test_is_given_back_when_the_worker_must_stop(self, process, notes):
        enqueue("takes-long")
        wait_for(notes.exists)
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
        job = Job.objects.get(kind="takes-long")
        assert (job.state, job.failures) == (State.WAITING, 0)
        assert not Path(f"/proc/{notes.read_text()}").exists()

    def test_that_never_ends_is_ended(self, database, notes, monkeypatch):
        for name, value in homes.environment(database).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.heavy_settings")
        monkeypatch.setenv("NOTES", str(notes))
        monkeypatch.setattr(child, "LONGEST_SECONDS", 1.0)
        enqueue("takes-long")
        assert worker.run_one(database_now, threading.Event())
        assert Job.objects.get(kind="takes-long").last_error.startswith("OverranError at child.py")
