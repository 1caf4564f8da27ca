"""The store of encrypted files. A file is on the disk, whole and for good, before the record that names it commits."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from needlework.vault import durable
from needlework.vault.envelope import seal, unseal
from needlework.vault.errors import MissingFileError

NAME = re.compile(r"[0-9a-f]{32}")


def put(content: bytes) -> str:
    """Store bytes and return the name to keep in a record, to be committed after this call."""
    name = uuid4().hex
    durable.replace(path_of(name), seal(content, place(name)))
    return name


def get(name: str) -> bytes:
    """Return the bytes stored under a name."""
    return unseal(sealed(name), place(name))


def exists(name: str) -> bool:
    """Say whether there is a file of that name."""
    return path_of(name).exists()


def names() -> Iterator[str]:
    """Go through the names of all files."""
    for folder in _folders():
        yield from (path.name for path in sorted(folder.iterdir()) if NAME.fullmatch(path.name))


def sealed(name: str) -> bytes:
    """Return a file as it stands on the disk."""
    try:
        return path_of(name).read_bytes()
    except FileNotFoundError:
        raise MissingFileError(f"The file {name} is not in {root()}. Restore a backup that holds it.") from None


def path_of(name: str) -> Path:
    """Return where a file stands."""
    if not NAME.fullmatch(name):
        raise MissingFileError(f"{name[:40]!r} is not the name of a file")
    return root() / name[:2] / name


def place(name: str) -> str:
    """Return the place that a file is sealed for."""
    return f"file:{name}"


def root() -> Path:
    """Return the folder of the store."""
    folder: Path = settings.HOME.files
    return folder


def _folders() -> list[Path]:
    return sorted(path for path in root().iterdir() if path.is_dir()) if root().is_dir() else []
