"""The database of a backup on PostgreSQL: every table by COPY, all as of one moment, by our own code alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from needlework.config.backups import archive
from needlework.vault import stream
from needlework.vault.errors import UnreadableBackupError

COLUMNS = """
    SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position)
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
    GROUP BY table_name ORDER BY table_name
"""
COUNTED = """
    SELECT table_name::text, column_name::text FROM information_schema.columns
    WHERE table_schema = current_schema() AND (is_identity = 'YES' OR column_default LIKE 'nextval(%')
"""
PATIENT = (
    "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = 0"
)

Names = list[tuple[str, str]]
Parts = dict[str, tuple[list[str], Path]]
"""The columns of each table, and the file that holds its rows."""


@contextmanager
def one_moment() -> Iterator[None]:
    """See the database as it stands now, whatever others write meanwhile; writers do not wait."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(PATIENT)
        yield


def dump(out: stream.Writer) -> dict[str, int]:
    """Write every table, and return how many rows each has."""
    return {table: _dump(out, table, names) for table, names in columns().items()}


def load(parts: Parts, migrations: Names, *, expected: dict[str, int]) -> None:
    """Bring an empty database to the state that the backup had, and fill its tables: all of it, or nothing."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PATIENT)
        MigrationExecutor(connection).migrate(_last(migrations))
        if sorted(parts) != sorted(columns()):
            raise UnreadableBackupError(
                "The backup has other tables than this version makes. Install the one it names."
            )
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # migrations leave some of them immediate
        cursor.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(map(sql.Identifier, parts))))
        for table, (names, rows) in parts.items():
            with rows.open("rb") as file:
                _copy_in(cursor, table, names, file)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        count_on(cursor)
        if {table: _count(cursor, table) for table in parts} != expected:
            raise UnreadableBackupError("The backup holds other rows than it says. Use another one.")


def columns() -> dict[str, list[str]]:
    """Return the columns of every table."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        return dict(cursor.fetchall())


def count_on(cursor: Any) -> None:
    """Let every sequence go on after the highest number in use."""
    cursor.execute(COUNTED)
    for table, column in cursor.fetchall():
        setval = "SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max({c}), 1), max({c}) IS NOT NULL) FROM {t}"
        names = {"c": sql.Identifier(column), "t": sql.Identifier(table)}
        cursor.execute(sql.SQL(setval).format(**names), [f'"{table}"', column])


def _dump(out: stream.Writer, table: str, names: list[str]) -> int:
    rows = 0

    def blocks() -> Iterator[bytes]:
        nonlocal rows
        with connection.cursor() as cursor, cursor.copy(_copy(table, names, "TO STDOUT")) as copy:
            for block in copy:
                rows += bytes(block).count(b"\n")  # a line break inside a value is written as \n
                yield bytes(block)

    archive.add(out, {"kind": "table", "name": table, "columns": names}, blocks())
    return rows


def _copy_in(cursor: Any, table: str, names: list[str], file: BinaryIO) -> None:
    with cursor.copy(_copy(table, names, "FROM STDIN")) as copy:
        for block in archive.pieces(file):
            copy.write(block)


def _copy(table: str, names: list[str], where: str) -> sql.Composed:
    listed = sql.SQL(", ").join(map(sql.Identifier, names))
    return sql.SQL("COPY {} ({}) {}").format(sql.Identifier(table), listed, sql.SQL(where))


def _count(cursor: Any, table: str) -> int:
    cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
    (count,) = cursor.fetchone()
    return int(count)


def _last(migrations: Names) -> Names:
    """Return the last migrations of each room: going there applies the ones before."""
    graph, names = MigrationExecutor(connection).loader.graph, set(migrations)
    before = {parent.key for one in names for parent in graph.node_map[one].parents if parent.key[0] == one[0]}
    return sorted(names - before)
