"""A clinic moved from SQLite to PostgreSQL, whichever of them the suite runs on."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.db.utils import DatabaseError

from needlework.audit import sealing
from needlework.audit.models import Event
from needlework.cli.errors import BadInputError
from needlework.config.home import Home
from needlework.config.moving import move, rows
from needlework.patients.models import Patient
from needlework.vault import files
from needlework.vault.errors import VaultError
from needlework.web import guards
from tests import elsewhere, homes
from tests.factories import accounts, backups, patients

pytestmark = pytest.mark.one_engine

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """An SQLite file with empty tables."""
    home = Home(tmp_path_factory.mktemp("sqlite") / "home", settings.HOME.key_file)
    home.path.mkdir()
    command = [sys.executable, "-m", "django", "migrate", "--verbosity=0", "--skip-checks"]
    subprocess.run(command, env=homes.environment(home), check=True)
    return home.sqlite_file


@pytest.fixture
def clinic(migrated, tmp_path, django_db_setup, django_db_blocker):
    """A clinic on SQLite that this process works in."""
    home = Home(tmp_path / "home", tmp_path / "home.key")
    home.path.mkdir(mode=0o700)
    shutil.copy(settings.HOME.key_file, home.key_file)
    shutil.copy(migrated, home.sqlite_file)
    with django_db_blocker.unblock(), elsewhere.living_in(home):
        yield home


def moved_home(home: Home, url: str) -> Home:
    return Home(home.path, home.key_file, url)


def tables(url: str) -> list[str]:
    with psycopg.connect(url) as there:
        return [name for (name,) in there.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]


def test_every_row_is_there_and_opens_after_the_move(clinic, postgres_url):
    stored = backups.clinic()
    person = patients.patient(notes="Prefers mornings – é, ü, 日本", given_names="Zoë")
    session = SessionStore()
    session["who"] = "somebody"
    session.save()
    counts = (Patient.objects.count(), Event.objects.count())
    moved = move.move_to(postgres_url)
    assert {one.table: one.digest.rows for one in moved}["patients_patient"] == counts[0]
    assert {one.table for one in moved} == set(tables(postgres_url))
    with elsewhere.living_in(moved_home(clinic, postgres_url)):
        assert connection.vendor == "postgresql"
        assert (Patient.objects.count(), Event.objects.count()) == counts
        there = Patient.objects.get(pk=person.pk)
        assert (there.notes, there.given_names, there.recorded_at) == (person.notes, "Zoë", person.recorded_at)
        assert SessionStore(session.session_key)["who"] == "somebody"
        assert {name: files.get(name) for name in files.names()} == stored


def test_work_goes_on_where_it_was(clinic, postgres_url):
    backups.clinic()
    with transaction.atomic():
        sealing.seal(at=AT)
    last = Event.objects.order_by("id").last().pk
    move.move_to(postgres_url)
    with elsewhere.living_in(moved_home(clinic, postgres_url)):
        accounts.user(name="Somebody New")
        patients.patient(given_names="New")
        assert Event.objects.order_by("id").last().pk > last
        assert not [chain for chain in sealing.verify(at=AT) if chain.broken]


def test_guards_and_migrations_stand_after_the_move(clinic, postgres_url):
    backups.clinic(1)
    move.move_to(postgres_url)
    with elsewhere.living_in(moved_home(clinic, postgres_url)):
        assert guards.missing(connection) == []
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Event.objects.update(verb="rewritten")
    said = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--check", "--skip-checks"],
        env=homes.environment(moved_home(clinic, postgres_url)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stdout + said.stderr


def test_the_source_stays_as_it_was(clinic, postgres_url):
    backups.clinic()
    connection.close()
    before = clinic.sqlite_file.read_bytes()
    move.move_to(postgres_url)
    connection.close()
    assert clinic.sqlite_file.read_bytes() == before


def test_a_database_that_is_not_empty_is_refused_and_left_alone(clinic, postgres_url):
    backups.clinic(1)
    with psycopg.connect(postgres_url) as there:
        there.execute("CREATE TABLE somebodys (own text)")
    with pytest.raises(BadInputError, match=r"is not empty\. Make a new one"):
        move.move_to(postgres_url)
    assert tables(postgres_url) == ["somebodys"]


def test_a_second_move_to_the_same_database_is_refused(clinic, postgres_url):
    backups.clinic(1)
    move.move_to(postgres_url)
    with pytest.raises(BadInputError, match="is not empty"):
        move.move_to(postgres_url)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite:///here", "does not name a PostgreSQL database"),
        ("postgresql://localhost:1/nobody", "does not let us use the database 'nobody'"),
        ("postgresql://localhost", "does not say which database"),
    ],
)
def test_a_wrong_address_is_said(clinic, url, sentence):
    with pytest.raises(BadInputError, match=sentence):
        move.move_to(url)


def test_a_clinic_that_is_on_postgresql_is_not_moved(clinic, postgres_url):
    with (
        elsewhere.living_in(moved_home(clinic, postgres_url)),
        pytest.raises(BadInputError, match="is on PostgreSQL already"),
    ):
        move.move_to(postgres_url)


def test_a_clinic_that_is_open_elsewhere_is_not_moved(clinic, postgres_url):
    backups.clinic(1)
    program = (
        "import django, sys; django.setup()\n"
        "from django.db import connection\n"
        "connection.ensure_connection(); print('open', flush=True); sys.stdin.readline()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", program],
        env=homes.environment(clinic),
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert other.stdout.readline() == "open\n"
    with pytest.raises(BadInputError, match=r"is open in another process\. Stop `needlework serve`"):
        move.move_to(postgres_url)
    other.communicate("\n")
    assert tables(postgres_url) == []
    assert move.move_to(postgres_url)


def test_a_value_that_postgresql_refuses_is_named_without_being_shown(clinic, postgres_url):
    somebody = accounts.user(name="Somebody")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute("UPDATE accounts_user SET name = %s WHERE id = %s", ["Featherstone" * 30, somebody.pk.hex])
    with pytest.raises(rows.RefusedValueError, match=r"a value of the table accounts_user .value too long") as refusal:
        move.move_to(postgres_url)
    assert "Featherstone" not in str(refusal.value)
    assert tables(postgres_url) == []


def test_a_nul_that_slipped_in_is_refused(clinic, postgres_url):
    somebody = accounts.user(name="Somebody")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute("UPDATE accounts_user SET name = %s WHERE id = %s", ["Some\0body", somebody.pk.hex])
    with pytest.raises(rows.RefusedValueError, match="accounts_user"):
        move.move_to(postgres_url)


def test_a_difference_between_the_sides_moves_nothing(clinic, postgres_url, monkeypatch):
    backups.clinic(2)
    written = rows.rows_of

    def one_lost(model, alias):
        found = list(written(model, alias))
        return iter(found[1:] if (model, alias) == (Patient, "target") else found)

    monkeypatch.setattr(rows, "rows_of", one_lost)
    with pytest.raises(VaultError, match=r"patients_patient is not the same on both sides \(2 and 1 rows\)"):
        move.move_to(postgres_url)
    assert tables(postgres_url) == []


def test_a_digest_knows_every_value_and_no_order(monkeypatch):
    def of(*found):
        monkeypatch.setattr(rows, "rows_of", lambda *_: iter(found))
        return rows.digest(Patient, "default")

    first, second = (1, None, "a", {"x": 1, "y": [2]}), (2, True, b"b", AT)
    assert of(first, second) == of(second, first)
    assert of((1, None, "a", {"y": [2], "x": 1}), second) == of(first, second)
    different = [of(first), of(first, first), of(first, second, second), of((1, "", "a", {}), second)]
    different += [of((1, "None", "a", {"x": 1, "y": [2]}), second), of(("1", None, "a", {"x": 1, "y": [2]}), second)]
    assert len(set(different) | {of(first, second)}) == len(different) + 1


def test_the_command_shows_what_was_moved_and_what_to_do_next(clinic, postgres_url):
    backups.clinic(3)
    connection.close()
    said = needlework(clinic, "move-to", postgres_url)
    assert (said.returncode, said.stderr) == (0, "")
    assert [line.split()[1] for line in said.stdout.splitlines() if line.startswith("patients_patient ")] == ["3"]
    assert "Set DATABASE_URL to that address" in said.stdout
    assert postgres_url not in said.stdout
    again = needlework(clinic, "move-to", postgres_url)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == "needlework: The database to move to is not empty. Make a new one, and name that.\n"


def needlework(home: Home, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "import sys; from needlework.cli.main import main; sys.exit(main())", *arguments]
    environment = {**os.environ, **homes.environment(home)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
