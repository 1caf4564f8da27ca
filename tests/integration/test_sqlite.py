"""The embedded engine: durable settings, a fair queue of writers, and the private hooks of Django it stands on."""

import fcntl
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler, IntegrityError, NotSupportedError, OperationalError

from needlework.config.databases import sqlite
from needlework.config.sqlite3 import turns
from needlework.config.sqlite3.base import DatabaseWrapper, base


@pytest.fixture
def engine(tmp_path, monkeypatch, django_db_blocker):
    """A connection of our engine to a file of the test's own, whatever the suite runs on."""
    settings = ConnectionHandler({"default": sqlite(str(tmp_path / "own.sqlite3"))}).settings["default"]
    monkeypatch.setitem(connections.settings, "own", settings)
    with django_db_blocker.unblock():
        with connections["own"].cursor() as cursor:
            cursor.execute("CREATE TABLE lot (number integer PRIMARY KEY)")
        yield connections["own"]
        connections["own"].close()
    del connections["own"]


def insert(connection, number):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO lot VALUES (%s)", [number])


def numbers(connection):
    with connection.cursor() as cursor:
        return [number for (number,) in cursor.execute("SELECT number FROM lot ORDER BY number").fetchall()]


def free(connection):
    """Say whether somebody else could begin to write now."""
    with Path(f"{connection.settings_dict['NAME']}.writer").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_the_settings_that_keep_what_was_acknowledged_are_in_force(engine):
    with engine.cursor() as cursor:
        found = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert found == ["wal", 2, 1]


def test_a_write_transaction_begins_immediate(engine):
    assert engine.transaction_mode == "IMMEDIATE"


def test_an_engine_with_the_wal_reset_bug_is_refused(engine, monkeypatch):
    monkeypatch.setattr(base.Database, "sqlite_version_info", (3, 51, 2))
    with pytest.raises(NotSupportedError, match=r"SQLite 3.51.3 or later is required \(found 3.51.2\)"):
        engine.check_database_version_supported()


def test_the_bundled_engine_is_new_enough_and_not_the_interpreters(engine):
    assert base.Database.__name__.startswith("pysqlite3")
    engine.check_database_version_supported()


def test_a_transaction_holds_the_turn_until_it_commits(engine):
    with transaction.atomic(using="own"):
        insert(engine, 1)
        assert not free(engine)
    assert free(engine)
    assert numbers(engine) == [1]


def test_a_nested_transaction_keeps_the_outer_turn(engine):
    with transaction.atomic(using="own"):
        with transaction.atomic(using="own"):
            insert(engine, 1)
        assert not free(engine)
        with pytest.raises(ZeroDivisionError), transaction.atomic(using="own"):
            insert(engine, 2)
            _ = 1 / 0
        assert not free(engine)
    assert free(engine)
    assert numbers(engine) == [1]


def test_a_rollback_ends_the_turn(engine):
    with pytest.raises(ZeroDivisionError), transaction.atomic(using="own"):
        insert(engine, 1)
        _ = 1 / 0
    assert free(engine)
    assert numbers(engine) == []


def test_closing_in_the_middle_of_a_transaction_ends_the_turn(engine):
    with pytest.raises(transaction.TransactionManagementError), transaction.atomic(using="own"):
        insert(engine, 1)
        engine.close()
        assert free(engine)
        raise transaction.TransactionManagementError
    assert numbers(engine) == []


def test_a_commit_that_fails_ends_the_turn_with_its_rollback(engine):
    with engine.cursor() as cursor:
        cursor.execute("CREATE TABLE used (lot integer REFERENCES lot DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(IntegrityError), transaction.atomic(using="own"), engine.cursor() as cursor:
        cursor.execute("INSERT INTO used VALUES (7)")
    assert free(engine)
    insert(engine, 1)
    assert numbers(engine) == [1]


def test_a_begin_that_fails_ends_the_turn(engine):
    other = connections.create_connection("own")
    other.settings_dict = {**other.settings_dict, "OPTIONS": {**other.settings_dict["OPTIONS"], "timeout": 0.1}}
    other.ensure_connection()
    with engine.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")  # a writer that knows nothing of the queue
        with pytest.raises(OperationalError, match="database is locked"):
            other._start_transaction_under_autocommit()
        cursor.execute("ROLLBACK")
    assert free(engine)
    other.close()


def test_a_single_write_outside_a_transaction_waits_its_turn_too(engine):
    held = turns.take(f"{engine.settings_dict['NAME']}.writer", 1)
    writer = threading.Thread(target=lambda: (insert(connections["own"], 1), connections["own"].close()))
    writer.start()
    time.sleep(0.1)
    assert numbers(engine) == []
    turns.end(held)
    writer.join(5)
    assert numbers(engine) == [1]
    assert free(engine)


def test_reading_needs_no_turn(engine):
    held = turns.take(f"{engine.settings_dict['NAME']}.writer", 1)
    assert numbers(engine) == []
    turns.end(held)


def test_whoever_waits_too_long_is_told_and_takes_no_turn_later(engine):
    path = f"{engine.settings_dict['NAME']}.writer"
    held = turns.take(path, 1)
    began = time.monotonic()
    with pytest.raises(OperationalError, match="database is locked"):
        turns.take(path, 0.1)
    assert time.monotonic() - began < 2
    turns.end(held)
    for thread in threading.enumerate():
        if thread.name == "writer-queue":
            thread.join(5)
    assert free(engine)


def test_a_turn_dies_with_its_process(engine):
    code = (
        "import sys, time; from needlework.config.sqlite3 import turns;"
        "turns.take(sys.argv[1], 1); print('held', flush=True); time.sleep(60)"
    )
    path = f"{engine.settings_dict['NAME']}.writer"
    with subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE) as holder:
        holder.stdout.readline()
        assert not free(engine)
        holder.kill()
    assert free(engine)


def test_a_process_forked_during_a_transaction_does_not_keep_the_turn(engine):
    with transaction.atomic(using="own"):
        insert(engine, 1)
        child = os.fork()
        if child == 0:
            time.sleep(30)
            os._exit(0)
    try:
        assert free(engine)
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)


def test_threads_take_turns(engine):
    def add(start):
        for number in range(start, start + 25):
            with transaction.atomic(using="own"):
                assert number not in numbers(connections["own"])
                insert(connections["own"], number)
        connections["own"].close()

    threads = [threading.Thread(target=add, args=(100 * index,)) for index in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(numbers(engine)) == 150
    assert free(engine)


def test_a_database_in_memory_has_no_queue(django_db_blocker):
    with django_db_blocker.unblock():
        memory = ConnectionHandler({"default": sqlite(":memory:")})["default"]
        memory.ensure_connection()
        memory._start_transaction_under_autocommit()
        assert memory._turn is None
        memory._rollback()
        BaseDatabaseWrapper.close(memory)


@pytest.mark.parametrize("hook", ["_start_transaction_under_autocommit", "_commit", "_rollback", "_close"])
def test_django_still_calls_the_private_hooks(engine, monkeypatch, hook):
    called = []
    original = getattr(DatabaseWrapper, hook)
    monkeypatch.setattr(DatabaseWrapper, hook, lambda self: (called.append(hook), original(self))[1])
    with transaction.atomic(using="own"):
        insert(engine, 1)
    with pytest.raises(ZeroDivisionError), transaction.atomic(using="own"):
        _ = 1 / 0
    engine.close()
    assert called
