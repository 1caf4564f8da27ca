"""Guards that live in database triggers: rooms register them, every migration remakes them, start-up verifies them.

Django rebuilds a table on SQLite for many a migration, and a rebuilt table has lost its triggers without a word.
"""

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

TRIGGER = re.compile(r"CREATE\s+(?:CONSTRAINT\s+)?TRIGGER\s+(\w+)", re.IGNORECASE)


@dataclass(frozen=True)
class Guard:
    """What the database itself refuses on one table: the CREATE statements of its triggers, for each engine.

    `constraint` is one more proof for PostgreSQL, such as EXCLUDE; it takes the guard's name and is never lifted.
    """

    name: str
    table: str
    sqlite: str
    postgresql: str
    constraint: str = ""

    def sql(self, vendor: str) -> str:
        """Return the statements for an engine."""
        return self.postgresql if vendor == "postgresql" else self.sqlite

    def triggers(self, vendor: str) -> list[str]:
        """Return the names of the triggers that the statements make."""
        return TRIGGER.findall(self.sql(vendor))


_registered: dict[str, Guard] = {}


def register(guard: Guard) -> None:
    """Have a guard made after every migration; a room calls this from `AppConfig.ready()`."""
    if _registered.setdefault(guard.name, guard) != guard:
        raise ValueError(f"Two different guards are called {guard.name!r}")


def remake(connection: BaseDatabaseWrapper) -> None:
    """Drop and create every guard whose table exists, in one transaction."""
    with transaction.atomic(using=connection.alias):
        for guard in _on_existing_tables(connection):
            _drop(connection, guard)
            _create(connection, guard)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Take every guard away: for tests that empty their tables, which then `remake` them."""
    with transaction.atomic(using=connection.alias):
        for guard in _on_existing_tables(connection):
            _drop(connection, guard)


@contextmanager
def lifted(connection: BaseDatabaseWrapper, *tables: str) -> Iterator[None]:
    """Take the guards of some tables away inside a transaction, for what the law or a new key demands.

    They stand again before the transaction ends, and nobody else ever sees them gone.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A guard is lifted outside a transaction: it would be gone for everybody")
    guarded = [guard for guard in _registered.values() if guard.table in tables]
    for guard in guarded:
        _drop(connection, guard)
    yield
    for guard in guarded:
        _create(connection, guard)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Name the guards that the database lacks, or holds in another form than the code's."""
    found = _on_postgresql(connection) if connection.vendor == "postgresql" else _on_sqlite(connection)
    return [guard.name for guard in _registered.values() if not _expected(guard, connection.vendor) <= found]


def _on_existing_tables(connection: BaseDatabaseWrapper) -> Iterator[Guard]:
    tables = set(connection.introspection.table_names())
    return (guard for guard in _registered.values() if guard.table in tables)


def _drop(connection: BaseDatabaseWrapper, guard: Guard) -> None:
    on = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for trigger in guard.triggers(connection.vendor):
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}{on}")


def _create(connection: BaseDatabaseWrapper, guard: Guard) -> None:
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            for statement in _statements(guard.sqlite):
                cursor.execute(statement)
            return
        cursor.execute(guard.postgresql)
        for trigger in guard.triggers("postgresql"):
            cursor.execute(f"COMMENT ON TRIGGER {trigger} ON {guard.table} IS '{_digest(guard.postgresql)}'")
        if guard.constraint and (guard.name, _digest(guard.constraint)) not in _on_postgresql(connection):
            cursor.execute(f"ALTER TABLE {guard.table} DROP CONSTRAINT IF EXISTS {guard.name}")
            cursor.execute(f"ALTER TABLE {guard.table} ADD CONSTRAINT {guard.name} {guard.constraint}")
            cursor.execute(f"COMMENT ON CONSTRAINT {guard.name} ON {guard.table} IS '{_digest(guard.constraint)}'")


def _expected(guard: Guard, vendor: str) -> set[tuple[str, str]]:
    """Return each trigger with what tells its form: its own text on SQLite, a digest kept as comment on PostgreSQL."""
    if vendor == "postgresql":
        expected = {(trigger, _digest(guard.postgresql)) for trigger in guard.triggers(vendor)}
        return expected | ({(guard.name, _digest(guard.constraint))} if guard.constraint else set())
    return {(_name(statement), statement.rstrip(";")) for statement in _statements(guard.sqlite)}


def _on_sqlite(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return set(cursor.fetchall())


def _on_postgresql(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, obj_description(oid, 'pg_trigger') FROM pg_trigger "
            "WHERE NOT tgisinternal AND tgenabled = 'O' "
            "UNION ALL SELECT conname, obj_description(oid, 'pg_constraint') FROM pg_constraint "
            "WHERE contype = 'x' AND convalidated"
        )
        return set(cursor.fetchall())


def _statements(script: str) -> Iterator[str]:
    """Split a script where SQLite says that a statement is complete: a trigger holds semicolons of its own."""
    statement = ""
    for part in script.split(";"):
        statement += part + ";"
        if sqlite3.complete_statement(statement):
            if statement.strip(" \n;"):
                yield statement.strip()
            statement = ""


def _name(statement: str) -> str:
    found = TRIGGER.search(statement)
    return found.group(1) if found else ""


def _digest(sql: str) -> str:
    return hashlib.sha256(sql.encode()).hexdigest()
