"""Open the installation's home: a folder that can be written, room on its disk, the key that belongs to its data."""

import shutil
import tempfile
from pathlib import Path

from needlework.cli.errors import BadInputError
from needlework.config import databases, home
from needlework.config.home import Home
from needlework.vault import keys
from needlework.vault.errors import KeyFileError

MINIMUM_FREE = 64 * 2**20


def open_home() -> None:
    """Make an empty home ready with a new key, or check that a used one can be opened; say what is wrong with it."""
    found = home.current()
    if found.key_file.is_relative_to(found.path):
        raise BadInputError(
            f"The key file {found.key_file} lies inside the data folder, where every copy of the data would carry it. "
            "Name another place with NEEDLEWORK_KEY_FILE."
        )
    _make_folder(found.path)
    _check_room(found.path)
    _check_key(found)


def find_home() -> None:
    """Check that a clinic lives here and that its key is at hand; change nothing."""
    found = home.current()
    if is_empty(found):
        raise BadInputError(
            f"There is no clinic in {found.path}. Name its folder with NEEDLEWORK_HOME, or its database with "
            "DATABASE_URL; `needlework serve` starts a new one."
        )
    _check_key(found)


def _make_folder(path: Path) -> None:
    """Make the folder if need be, and write to it to be sure: permissions alone do not tell."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path) as probe:
            probe.write(b"can this folder be written?")
    except OSError as problem:
        raise BadInputError(
            f"{path} cannot be written ({problem.strerror}). Name another folder with NEEDLEWORK_HOME, "
            "or let this user write there."
        ) from None


def _check_room(path: Path) -> None:
    free = shutil.disk_usage(path).free
    if free < MINIMUM_FREE:
        raise BadInputError(
            f"The disk that holds {path} is full: {free // 2**20} MB are free, {MINIMUM_FREE // 2**20} MB are needed. "
            "Free some room and start again."
        )


def _check_key(found: Home) -> None:
    """Read the key, or make one for a home without data; data without its key can never be read again."""
    empty = is_empty(found)
    try:
        if found.key_file.exists():
            keys.read(found.key_file)
        elif empty:
            keys.create(found.key_file)
        else:
            raise BadInputError(
                f"There is data, but its key file {found.key_file} is missing; without it nothing encrypted can be "
                "read. Put back your copy of it, or say where it is with NEEDLEWORK_KEY_FILE."
            )
    except KeyFileError as wrong:
        raise BadInputError(str(wrong)) from None


def is_empty(found: Home) -> bool:
    """Say whether the home holds no clinic yet; asking PostgreSQL also finds out whether it answers."""
    no_tables = databases.postgres_is_empty(found.database_url) if found.database_url else _is_blank(found.sqlite_file)
    return no_tables and not (found.files.exists() and any(found.files.iterdir()))


def _is_blank(file: Path) -> bool:
    return not file.exists() or file.stat().st_size == 0
