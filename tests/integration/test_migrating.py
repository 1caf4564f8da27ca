"""Migrations run before the first request: once, under a lock, and without making everybody wait on PostgreSQL."""

import subprocess
import sys

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from needlework.config import migrating
from tests.serving import environment

PREPARE = "from needlework.cli import installation; print(installation.opened())"
WHILE_A_REPORT_RUNS = """
import threading, time, psycopg
from needlework.cli import installation
installation.start_django()
from django.conf import settings
from django.db import connection
from needlework.config import migrating

def add_column(*_, **__):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_clinic ADD COLUMN IF NOT EXISTS later text")

def report(started):
    with psycopg.connect(settings.HOME.database_url) as other:
        other.execute("SELECT count(*) FROM accounts_clinic")
        started.set()
        time.sleep(SECONDS)

def ask(waits, stop):
    with psycopg.connect(settings.HOME.database_url, autocommit=True) as other:
        while not stop.is_set():
            began = time.perf_counter()
            other.execute("SELECT count(*) FROM accounts_clinic")
            waits.append(time.perf_counter() - began)
            time.sleep(0.02)

migrating.call_command, migrating.TRIES = add_column, TRYING
started, stop, waits = threading.Event(), threading.Event(), []
threads = [threading.Thread(target=report, args=(started,)), threading.Thread(target=ask, args=(waits, stop))]
threads[0].start(); started.wait(); threads[1].start()
began = time.perf_counter()
try:
    migrating._without_standing_in_the_way()
    said = "done"
except Exception as error:
    said = str(error)
took = time.perf_counter() - began
stop.set()
with connection.cursor() as cursor:
    cursor.execute("SHOW lock_timeout")
    print(said, round(took, 2), round(max(waits), 2), cursor.fetchone()[0], sep="|")
"""


def python(code, own):
    return subprocess.Popen([sys.executable, "-c", code], env=own, text=True, stdout=subprocess.PIPE)


def test_this_version_and_its_database_agree(real_home):
    assert migrating.pending() == set()
    assert migrating.unknown() == set()


def test_what_the_database_lacks_is_pending_and_what_it_has_too_much_is_unknown(db):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET name = '0099_other' WHERE app = 'audit'")
    assert ("audit", "0001_initial") in migrating.pending()
    assert migrating.unknown() == {("audit", "0099_other")}


def test_every_migration_of_every_room_is_known_without_importing_it(db):
    from django.db.migrations.loader import MigrationLoader

    assert migrating._in_code() == set(MigrationLoader(connection).disk_migrations)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_two_processes_that_start_together_migrate_once(engine, tmp_path, postgres_url):
    own = environment(tmp_path / "clinic", **({"DATABASE_URL": postgres_url} if engine == "postgresql" else {}))
    with python("from needlework.cli import installation; installation.config('opening').open_home()", own) as first:
        assert first.wait(30) == 0
    starting = [python(PREPARE, {**own, "NEEDLEWORK_HOME": own["NEEDLEWORK_HOME"]}) for _ in range(3)]
    assert [process.communicate(timeout=60)[0].strip() for process in starting] == ["True"] * 3


@pytest.mark.slow
def test_a_migration_gives_way_to_a_running_report_instead_of_stopping_everybody(tmp_path, postgres_url):
    own = environment(tmp_path / "clinic", DATABASE_URL=postgres_url)
    with python(PREPARE, own) as first:
        assert first.communicate(timeout=60)[0].strip() == "True"
    code = WHILE_A_REPORT_RUNS.replace("SECONDS", "4").replace("TRYING", "20")
    with python(code, own) as patient:
        said, took, worst_wait, timeout_after = patient.communicate(timeout=60)[0].strip().split("|")
    assert said == "done"
    assert 2 < float(took) < 12
    assert float(worst_wait) < 1.5
    assert timeout_after == "5s"
    code = WHILE_A_REPORT_RUNS.replace("SECONDS", "4").replace("TRYING", "1").replace("later text", "later2 text")
    with python(code, own) as hurried:
        assert hurried.communicate(timeout=60)[0].startswith("Other connections keep the database's tables busy.")


@pytest.mark.slow
def test_serve_runs_on_postgresql(tmp_path, postgres_url):
    from tests.serving import serving

    own = environment(tmp_path / "clinic", DATABASE_URL=postgres_url)
    with serving(environment=own, folder=tmp_path) as served:
        assert set(served.ready().values()) == {"ok"}
    assert not (tmp_path / "clinic" / "needlework.sqlite3").exists()
    with psycopg.connect(postgres_url) as database:
        assert database.execute("SELECT count(*) FROM django_migrations").fetchone()[0] > 5


@pytest.mark.slow
def test_a_postgresql_with_data_but_without_its_key_is_refused(tmp_path, postgres_url):
    from tests.serving import refused

    own = environment(tmp_path / "clinic", DATABASE_URL=postgres_url)
    with python(PREPARE, own) as first:
        assert first.wait(60) == 0
    (tmp_path / "clinic.key").unlink()
    assert "There is data, but its key file" in refused("serve", "--port", "0", environment=own)
    assert not (tmp_path / "clinic.key").exists()


def test_migrate_by_hand_makes_the_guards_too(real_home):
    from needlework.web import guards

    guards.drop(connection)
    call_command("migrate", verbosity=0)
    assert guards.missing(connection) == []
