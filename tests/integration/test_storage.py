"""What real engines say when a disk is full or somebody else is writing is understood."""

from contextlib import closing, contextmanager
from uuid import uuid4

import pytest
from django.db import ConnectionHandler, IntegrityError, OperationalError, transaction

from needlework.accounts import operations
from needlework.accounts.models import Clinic, Role, User
from needlework.config.databases import postgres, sqlite
from needlework.web import storage
from tests.factories import accounts

pytestmark = pytest.mark.django_db


@contextmanager
def connected(settings):
    """A connection of its own, beside those of the test run."""
    handler = ConnectionHandler({"default": {**settings, "TIME_ZONE": None}})
    with closing(handler["default"]) as connection, connection.cursor() as cursor:
        yield cursor


def error_of(cursor, *statements):
    """Return the error that the last of the statements ends in."""
    with pytest.raises(OperationalError) as failure:
        for statement in statements:
            cursor.execute(statement)
    return failure.value


def test_a_full_sqlite_file_is_a_full_disk(tmp_path):
    with connected(sqlite(str(tmp_path / "small.sqlite3"))) as cursor:
        cursor.execute("CREATE TABLE note (text)")
        cursor.execute("PRAGMA max_page_count = 10")
        error = error_of(cursor, "INSERT INTO note VALUES (zeroblob(1000000))")
    assert storage.full(error)
    assert not storage.busy(error)


def test_a_locked_sqlite_file_is_busy(tmp_path):
    settings = sqlite(str(tmp_path / "shared.sqlite3"))
    settings["OPTIONS"]["timeout"] = 0.05
    with connected(settings) as first, connected(settings) as second:
        first.execute("CREATE TABLE note (text)")
        first.execute("BEGIN IMMEDIATE")
        error = error_of(second, "INSERT INTO note VALUES (1)")
        first.execute("ROLLBACK")
    assert storage.busy(error)
    assert not storage.full(error)


def test_a_folder_that_is_not_there_is_no_fault_of_the_program(tmp_path):
    with pytest.raises(OperationalError) as failure, connected(sqlite(str(tmp_path / "gone" / "x.sqlite3"))):
        pass
    assert storage.busy(failure.value)


def test_a_wrong_statement_is_a_fault_of_the_program(tmp_path):
    with connected(sqlite(str(tmp_path / "empty.sqlite3"))) as cursor:
        error = error_of(cursor, "SELECT * FROM nothing")
    assert not storage.busy(error)
    assert not storage.full(error)


@pytest.mark.parametrize("limit", ["lock_timeout", "statement_timeout"])
def test_postgresql_that_keeps_somebody_waiting_is_busy(postgres_url, limit):
    with connected(postgres(postgres_url)) as first, connected(postgres(postgres_url)) as second:
        first.execute("CREATE TABLE note (text text)")
        first.execute("BEGIN; LOCK TABLE note")
        error = error_of(second, f"SET {limit} = '50ms'", "SELECT * FROM note")
        first.execute("ROLLBACK")
    assert storage.busy(error)
    assert not storage.full(error)


def test_postgresql_that_does_not_answer_is_busy(postgres_url):
    settings = {**postgres(postgres_url), "HOST": "127.0.0.1", "PORT": "1"}
    with pytest.raises(OperationalError) as failure, connected(settings):
        pass
    assert storage.busy(failure.value)
    assert not storage.full(failure.value)


def test_the_same_key_twice_is_told_from_other_refusals_of_the_database():
    clinic = accounts.clinic()
    with pytest.raises(IntegrityError) as twice, transaction.atomic():
        Clinic(pk=clinic.pk, organisation=clinic.organisation, name="Marton").save(force_insert=True)
    with pytest.raises(IntegrityError) as other, transaction.atomic():
        User.objects.create(name="Dana Reid", email="dana@example.test", ended_at=accounts.AT)
    assert storage.twice(twice.value)
    assert not storage.twice(other.value)


def test_two_posts_of_one_form_at_the_same_instant_end_in_a_sentence(monkeypatch):
    def at_the_same_instant(**_):
        clinic = accounts.clinic()
        with transaction.atomic():
            Clinic(pk=clinic.pk, organisation=clinic.organisation, name="Marton").save(force_insert=True)

    client = accounts.signed_in_client(accounts.member(Role.LEAD))
    client.raise_request_exception = False
    monkeypatch.setattr(operations, "add_clinic", at_the_same_instant)
    answer = client.post("/clinics/add/", {"id": str(uuid4()), "version": "0", "name": "Marton", "nation": "england"})
    assert answer.status_code == 409
    assert "saved a moment ago" in answer.content.decode()
