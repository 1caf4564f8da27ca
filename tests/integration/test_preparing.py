"""Before the first request: the database is of this version, its guards stand, and a refusal becomes a sentence."""

import logging
from dataclasses import replace

import pytest
from django.db import DatabaseError, NotSupportedError, connection

from needlework.cli.errors import BadInputError
from needlework.config import preparing
from needlework.vault import files, keys
from needlework.web import guards
from tests.factories import accounts


def test_a_clinic_without_an_organisation_is_still_to_be_set_up(real_home):
    assert preparing.prepared(real_home) == preparing.FIRST_RUN


def test_a_clinic_that_has_been_set_up_is_known(real_home):
    accounts.organisation()
    assert preparing.prepared(real_home) == preparing.KNOWN


def test_a_guard_that_somebody_took_away_is_made_again_and_said_in_the_log(real_home, caplog):
    guards.drop(connection)
    with caplog.at_level(logging.WARNING):
        preparing.prepared(real_home)
    assert guards.missing(connection) == []
    assert "audit_event_append_only" in caplog.text


def test_a_database_of_a_newer_version_is_refused(real_home):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET name = '0099_other' WHERE app = 'audit'")
    for refuse in (lambda: preparing.prepared(real_home), preparing.require_this_version):
        with pytest.raises(BadInputError, match=r"does not know its change audit\.0099_other"):
            refuse()


def test_a_command_refuses_a_database_of_an_older_version(real_home):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'audit'")
    with pytest.raises(BadInputError, match=r"older Needlework\. Start `needlework serve` once"):
        preparing.require_this_version()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("database or disk is full", "is full. Free some room and start again."),
        ("file is not a database", "is damaged, or no database (file is not a database). Restore a backup."),
        ("database disk image is malformed", "is damaged, or no database"),
        ("attempt to write a readonly database", "cannot be used (attempt to write a readonly database). Check who"),
    ],
)
def test_what_sqlite_refuses_becomes_what_its_owner_can_do(real_home, said, sentence):
    home = replace(real_home, database_url=None)
    with pytest.raises(BadInputError) as refused, preparing._in_sentences(home):
        raise DatabaseError(said)
    assert sentence in str(refused.value)


def test_what_postgresql_refuses_names_the_place(real_home):
    home = replace(real_home, database_url="postgresql://clinic:Geheim99@db.example/clinic")
    with pytest.raises(BadInputError) as refused, preparing._in_sentences(home):
        raise DatabaseError("connection failed: FATAL:  no such role")
    assert "'clinic' at db.example:5432 (no such role)" in str(refused.value)
    assert "Geheim99" not in str(refused.value)


def test_an_engine_that_is_too_old_is_refused_with_advice(real_home):
    with (
        pytest.raises(BadInputError, match=r"3\.40\.1\)\. Install Needlework again"),
        preparing._in_sentences(real_home),
    ):
        raise NotSupportedError("SQLite 3.51.3 or later is required (found 3.40.1).")


def test_the_key_of_another_clinic_is_refused_before_the_first_request(real_home):
    files.put(b"a photograph")
    real_home.key_file.unlink()
    keys.create(real_home.key_file)
    with pytest.raises(BadInputError, match="does not belong to this database: it needs the key"):
        preparing.prepared(real_home)
