"""Restore a backup into an empty home: all of it is read, opened and checked before anything is put in place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from needlework.config import opening
from needlework.config.backups import archive, postgres, sqlite, staging
from needlework.config.backups.archive import Contents, Head
from needlework.config.home import Home
from needlework.vault import durable, files, keys, locks, stream
from needlework.vault.errors import UnreadableBackupError, VaultError

Take = Callable[[Head, Iterator[bytes]], None]


class HomeInUseError(VaultError):
    """A backup is not restored over a clinic that is there."""


@dataclass
class Staged:
    """A backup as it lies unpacked in a folder, with nothing put in place yet."""

    folder: Path
    about: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, tuple[list[str], Path]] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        """The database, on SQLite."""
        return self.folder / "database.sqlite3"

    @property
    def files(self) -> Path:
        """The store of files."""
        return self.folder / "files"

    def take(self, head: Head, blocks: Iterator[bytes]) -> None:
        """Unpack one part."""
        if head["kind"] == "table":
            self.tables[head["name"]] = (head["columns"], self.folder / f"table-{len(self.tables)}")
            staging.save(self.tables[head["name"]][1], blocks)
        else:
            staging.save(
                self.database if head["kind"] == "database" else files.path_in(self.files, head["name"]), blocks
            )


def restore(path: Path) -> Contents:
    """Restore a backup, and return what it held."""
    home: Home = settings.HOME
    key_file = keys.read(home.key_file)
    with path.open("rb") as file, locks.alone(), staging.folder(home) as folder:
        _refuse_used(home)
        staged = Staged(folder)
        staged.about, contents = _walk(file, key_file, staged.take)
        _refuse_foreign(staged.about, home)
        if home.database_url:
            _place_tables(staged, contents)
        else:
            _check_database(staged, contents)
        _place_files(staged, home)
    return contents


def read_through(file: BinaryIO, key_file: keys.KeyFile) -> Contents:
    """Open every part of a backup, and return what it holds."""
    return _walk(file, key_file, lambda *_: None)[1]


def _walk(file: BinaryIO, key_file: keys.KeyFile, take: Take) -> tuple[dict[str, Any], Contents]:
    about, claimed, found = {}, Contents(), 0
    for head, blocks in archive.parts(stream.Reader(file, key_file)):
        if head["kind"] == "about":
            about = archive.value(blocks)
        elif head["kind"] == "contents":
            claimed = Contents(**archive.value(blocks))
        else:
            take(head, blocks)
            found += head["kind"] == "file"
    if found != claimed.files:
        raise UnreadableBackupError(f"The backup holds {found} of {claimed.files} files. Use another one.")
    return about, claimed


def _refuse_used(home: Home) -> None:
    if not opening.is_empty(home):
        raise HomeInUseError(
            f"There is a clinic in {home.path} already, and a backup is restored into an empty home. Name a new folder "
            "with NEEDLEWORK_HOME, or an empty database with DATABASE_URL."
        )


def _refuse_foreign(about: dict[str, Any], home: Home) -> None:
    """Refuse what this version, or this engine, cannot hold."""
    known = set(MigrationLoader(None).disk_migrations)
    if any(tuple(one) not in known for one in about["migrations"]):
        raise UnreadableBackupError(
            f"The backup was made by Needlework {about['version']}. Install that version first."
        )
    if about["engine"] == "sqlite" and home.database_url:
        raise UnreadableBackupError(
            "The backup is of a clinic on SQLite. Restore it without DATABASE_URL, then run `needlework move-to`."
        )
    if about["engine"] != "sqlite" and not home.database_url:
        raise UnreadableBackupError(
            "The backup is of a clinic on PostgreSQL. Name an empty PostgreSQL database with DATABASE_URL."
        )


def _check_database(staged: Staged, contents: Contents) -> None:
    if sqlite.checked(staged.database) != contents.rows:
        raise UnreadableBackupError("The backup holds other rows than it says. Use another one.")


def _place_tables(staged: Staged, contents: Contents) -> None:
    migrations = [(app, name) for app, name in staged.about["migrations"]]
    postgres.load(staged.tables, migrations, expected=contents.rows)


def _place_files(staged: Staged, home: Home) -> None:
    """Put the files in place, then the database that names them; each is one rename."""
    staging.sync(staged.folder)
    if staged.files.exists():
        staged.files.rename(home.files)
        durable.sync_folder(home.path)
    if staged.database.exists():
        for left in ("-wal", "-shm"):  # of a database that is gone: they must not meet another one
            Path(f"{home.sqlite_file}{left}").unlink(missing_ok=True)
        staged.database.rename(home.sqlite_file)
        durable.sync_folder(home.path)
