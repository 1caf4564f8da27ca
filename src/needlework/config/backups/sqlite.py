"""The database of a backup on SQLite: a consistent copy of the file, taken while others write."""

from contextlib import closing
from pathlib import Path

import pysqlite3

from needlework.config.home import Home
from needlework.vault.errors import UnreadableBackupError


def copy(home: Home, path: Path) -> None:
    """Copy the database as it stands at one moment; writers do not wait."""
    path.touch(mode=0o600)
    with closing(pysqlite3.connect(home.sqlite_file)) as source, closing(pysqlite3.connect(path)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")


def checked(file: Path) -> dict[str, int]:
    """Return how many rows each table of a whole database has, or say what is wrong with it."""
    with closing(pysqlite3.connect(file)) as connection:
        try:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
            loose = connection.execute("PRAGMA foreign_key_check").fetchone()
        except pysqlite3.DatabaseError as problem:
            found, loose = str(problem), None
        if found != "ok":
            raise UnreadableBackupError(f"The database is damaged ({found.splitlines()[0]}). Use another backup.")
        if loose:
            raise UnreadableBackupError(
                f"A row of {loose[0]} points at a missing row of {loose[2]}. Use another backup."
            )
        return {table: _count(connection, table) for table in _tables(connection)}


def _tables(connection: pysqlite3.Connection) -> list[str]:
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    return [name for (name,) in connection.execute(sql)]


def _count(connection: pysqlite3.Connection, table: str) -> int:
    (count,) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608
    return int(count)
