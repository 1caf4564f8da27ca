"""Make a backup of a running clinic: its database as of one moment, and its files, encrypted under the clinic's key."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from needlework import __version__
from needlework.config.backups import archive, postgres, restoring, sqlite, staging
from needlework.config.backups.archive import Contents
from needlework.vault import durable, files, keys, locks, ring, stream
from needlework.vault.errors import MissingFileError, UnreadableBackupError


def back_up(path: Path, *, at: datetime) -> Contents:
    """Write a backup to a new file, read it through once, and return what it holds."""
    key_file = keys.read(settings.HOME.key_file)
    ring.require_key()
    with locks.alone(), durable.new_file(path) as file:
        with stream.Writer(file, key_file.master) as out:
            contents = _write(out, at)
        file.seek(0)
        if restoring.read_through(file, key_file) != contents:
            raise UnreadableBackupError(f"What was written to {path} is not what was read back. Check the disk.")
    return contents


def _write(out: stream.Writer, at: datetime) -> Contents:
    archive.add_value(out, "about", _about(at))
    rows = _add_file_of_sqlite(out) if connection.vendor == "sqlite" else _add_tables(out)
    # Files come after the rows that name them: they were there first. One that is erased meanwhile is left out.
    contents = Contents(rows, sum(_add_stored(out, name) for name in files.names()))
    archive.add_value(out, "contents", {"rows": contents.rows, "files": contents.files})
    return contents


def _add_file_of_sqlite(out: stream.Writer) -> dict[str, int]:
    with staging.folder(settings.HOME) as folder:
        copy = folder / "copy.sqlite3"
        sqlite.copy(settings.HOME, copy)
        rows = sqlite.checked(copy)
        with copy.open("rb") as file:
            archive.add(out, {"kind": "database"}, archive.pieces(file))
    return rows


def _add_tables(out: stream.Writer) -> dict[str, int]:
    with postgres.one_moment():
        return postgres.dump(out)


def _add_stored(out: stream.Writer, name: str) -> bool:
    """Add a file as it stands in the store, encrypted a second time on top."""
    try:
        with files.stored(name) as file:
            archive.add(out, {"kind": "file", "name": name}, archive.pieces(file))
    except MissingFileError:
        return False
    return True


def _about(at: datetime) -> dict[str, object]:
    return {
        "version": __version__,
        "made_at": at.isoformat(),
        "engine": connection.vendor,
        "migrations": sorted(MigrationRecorder(connection).applied_migrations()),
    }
