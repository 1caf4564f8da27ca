"""Bring a database to this version before the first request: under a lock, never half of it, never backwards."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from needlework import __version__
from needlework.cli.errors import BadInputError
from needlework.config.home import Home
from needlework.config.sqlite3 import turns

Name = tuple[str, str]
LOCK_SECONDS = 600.0
ADVISORY_LOCK = 7_302_611
TRIES = 120
PAUSE_SECONDS = 0.5


def pending() -> set[Name]:
    """Return the migrations that this version has and the database lacks."""
    return _in_code() - _applied()


def unknown() -> set[Name]:
    """Return the migrations that the database has and this version does not know."""
    return _applied() - _in_code()


def migrate(home: Home) -> None:
    """Apply what is pending, unless another process does it at this moment: then wait for it."""
    refuse_newer()
    if not pending():
        return
    with _alone(home):
        refuse_newer()
        if connection.vendor == "postgresql":
            _without_standing_in_the_way()
        else:
            call_command("migrate", verbosity=0, interactive=False)


def refuse_newer() -> None:
    """Refuse a database that a newer version has changed: this one would misread it."""
    newer = sorted(unknown())
    if newer:
        app, name = newer[0]
        raise BadInputError(
            f"The database belongs to a newer Needlework: version {__version__} does not know its change "
            f"{app}.{name}. Install the newer version, or restore a backup that this one made."
        )


def _in_code() -> set[Name]:
    """List migration files without importing them: they are many, and most starts need none."""
    return {
        (app.label, file.stem)
        for app in apps.get_app_configs()
        for file in Path(app.path, "migrations").glob("[!_]*.py")
    }


def _applied() -> set[Name]:
    return set(MigrationRecorder(connection).applied_migrations())


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """Keep every other process from migrating this database, on whichever machine it runs."""
    if connection.vendor == "postgresql":
        _take_advisory_lock()
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])
        return
    turn = turns.take(str(home.path / "migrating.lock"), LOCK_SECONDS)
    try:
        yield
    finally:
        turns.end(turn)


def _take_advisory_lock() -> None:
    end = time.monotonic() + LOCK_SECONDS
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
            if cursor.fetchone() == (True,):
                return
            if time.monotonic() > end:
                raise BadInputError("Another process has been changing the database for ten minutes. End it first.")
            time.sleep(PAUSE_SECONDS)


def _without_standing_in_the_way() -> None:
    """Migrate with a short lock timeout, and try again: whoever waits for a table makes all others wait behind it."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '1s'; SET statement_timeout = 0")
    try:
        for _ in range(TRIES):
            if _migrated():
                return
            time.sleep(PAUSE_SECONDS)
        raise BadInputError("Other connections keep the database's tables busy. End long reports and start again.")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout; RESET statement_timeout")


def _migrated() -> bool:
    """Apply what is pending; say no if a table was busy, with everything before that kept."""
    from psycopg.errors import LockNotAvailable

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as busy:
        if isinstance(busy.__cause__, LockNotAvailable):
            return False
        raise
    return True
