"""What must hold while requests are answered: engine, settings, guards, migrations, key, room on the disk."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, NotSupportedError, connection

from needlework.config import migrating
from needlework.config.opening import MINIMUM_FREE
from needlework.web import guards
from needlework.work.clock import database_now
from needlework.work.queries import overdue_by

LONGEST_BEHIND = timedelta(minutes=10)
DURABLE_SQLITE = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
DURABLE_POSTGRES = {"synchronous_commit": "on", "fsync": "on", "full_page_writes": "on"}


@dataclass(frozen=True)
class Check:
    """One thing looked at: what is wrong with it, or nothing."""

    name: str
    wrong: str = ""


def checks() -> list[Check]:
    """Look at everything; a check whose database does not answer has that wrong with it."""
    return [Check(name, _looked_at(look)) for name, look in LOOKS.items()]


def _looked_at(look: Callable[[], Iterator[str]]) -> str:
    try:
        return " ".join(look())
    except DatabaseError as error:
        return f"The database does not answer ({type(error).__name__})."


def engine() -> Iterator[str]:
    """Complain of an engine that is too old."""
    try:
        connection.check_database_version_supported()
    except NotSupportedError as old:
        yield str(old)


def durability() -> Iterator[str]:
    """Complain of settings under which something acknowledged can be lost."""
    wanted = DURABLE_POSTGRES if connection.vendor == "postgresql" else DURABLE_SQLITE
    ask = "SHOW" if connection.vendor == "postgresql" else "PRAGMA"
    with connection.cursor() as cursor:
        for name, value in wanted.items():
            cursor.execute(f"{ask} {name}")
            (found,) = cursor.fetchone()
            if found != value:
                yield f"{name} is {found}, not {value}."


def guards_stand() -> Iterator[str]:
    """Complain of guards that the database lacks."""
    for name in guards.missing(connection):
        yield f"The guard {name} is missing."


def migrations() -> Iterator[str]:
    """Complain of a database of another version."""
    for app, name in sorted(migrating.pending()):
        yield f"{app}.{name} is not applied."
    for app, name in sorted(migrating.unknown()):
        yield f"{app}.{name} belongs to a newer version."


def key() -> Iterator[str]:
    """Complain of a key file that cannot be read."""
    if not os.access(settings.HOME.key_file, os.R_OK):
        yield "The key file cannot be read."


def work() -> Iterator[str]:
    """Complain of background work that nobody does."""
    behind = overdue_by(database_now())
    if behind > LONGEST_BEHIND:
        yield f"Background work is {behind // timedelta(minutes=1)} minutes behind. Is a worker running?"


def disk() -> Iterator[str]:
    """Complain of a disk that is nearly full."""
    free = free_bytes(settings.HOME.path)
    if free < MINIMUM_FREE:
        yield f"{free // 2**20} MB are free; {MINIMUM_FREE // 2**20} MB are needed."


def free_bytes(path: Path) -> int:
    """Return the room left on the disk that holds a folder."""
    return shutil.disk_usage(path).free


LOOKS: dict[str, Callable[[], Iterator[str]]] = {
    "engine": engine,
    "durability": durability,
    "guards": guards_stand,
    "migrations": migrations,
    "key": key,
    "disk": disk,
    "work": work,
}
