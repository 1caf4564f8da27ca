"""/livez and /readyz: each thing that must hold is looked at, and what does not hold is said."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection

from needlework.config import ready
from needlework.config.sqlite3.base import base
from needlework.work import operations
from needlework.work.clock import database_now


def wrong(name):
    return next(check.wrong for check in ready.checks() if check.name == name)


def test_a_ready_installation_answers_so(client, db):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert json.loads(answer.content) == dict.fromkeys(
        ["engine", "durability", "guards", "migrations", "key", "disk", "work"], "ok"
    )


def test_it_is_alive_without_a_database(client):
    assert client.get("/livez").content == b"alive\n"


def test_one_thing_that_does_not_hold_is_enough(client, db, monkeypatch):
    monkeypatch.setattr(ready, "free_bytes", lambda path: 3 * 2**20)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert json.loads(answer.content)["disk"] == "3 MB are free; 64 MB are needed."


def test_work_that_nobody_does_is_said(db):
    operations.schedule_recurring(at=database_now() - timedelta(minutes=31))
    assert wrong("work") == "Background work is 31 minutes behind. Is a worker running?"


def test_settings_that_may_lose_something_are_named(db, monkeypatch):
    name = "synchronous_commit" if connection.vendor == "postgresql" else "synchronous"
    wanted = "DURABLE_POSTGRES" if connection.vendor == "postgresql" else "DURABLE_SQLITE"
    monkeypatch.setitem(getattr(ready, wanted), name, "other")
    assert wrong("durability").startswith(f"{name} is ")
    assert wrong("durability").endswith(", not other.")


def test_a_database_of_another_version_is_named(db):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET name = '0099_other' WHERE app = 'audit'")
    assert wrong("migrations") == "audit.0001_initial is not applied. audit.0099_other belongs to a newer version."


def test_an_old_engine_is_named(db, monkeypatch):
    if connection.vendor == "postgresql":
        monkeypatch.setattr(connection, "get_database_version", lambda: (13, 0))
    else:
        monkeypatch.setattr(base.Database, "sqlite_version_info", (3, 40, 1))
    assert "or later is required" in wrong("engine")


def test_a_key_that_cannot_be_read_is_named(db, monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "HOME", type(settings.HOME)(settings.HOME.path, tmp_path / "none"))
    assert wrong("key") == "The key file cannot be read."


def test_a_database_that_does_not_answer_is_said_so(db, monkeypatch):
    from django.db import OperationalError

    def gone():
        raise OperationalError("gone")
        yield

    monkeypatch.setitem(ready.LOOKS, "guards", gone)
    assert wrong("guards") == "The database does not answer (OperationalError)."


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_health_is_nothing_to_keep_in_a_cache(client, db, path):
    assert client.get(path).headers["Cache-Control"] == "no-store"
