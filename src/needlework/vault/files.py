"""The store of encrypted files. A file is on the disk, whole and for good, before the record that names it commits."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from django.conf import settings

from needlework.vault import durable, locks
from needlework.vault.envelope import decrypt, encrypt
from needlework.vault.errors import MissingFileError

NAME = re.compile(r"[0-9a-f]{32}")
UNNAMED_FOR = timedelta(hours=24)
"""A file that no record names after so long belongs to a transaction that never committed."""

_providers: list[Callable[[], Iterable[str]]] = []


def put(content: bytes) -> str:
    """Store bytes and return the name to keep in a record, to be committed after this call."""
    name = uuid4().hex
    durable.replace(path_of(name), encrypt(content, place(name)))
    return name


def get(name: str) -> bytes:
    """Return the bytes stored under a name."""
    return decrypt(raw(name), place(name))


def exists(name: str) -> bool:
    """Say whether there is a file of that name."""
    return path_of(name).exists()


def delete(name: str) -> None:
    """Erase a file, for good; call it when the erasure of the record has committed."""
    path = path_of(name)
    with changing():
        path.unlink(missing_ok=True)
    if path.parent.is_dir():
        durable.sync_folder(path.parent)


def names() -> Iterator[str]:
    """Go through the names of all files."""
    for folder in _folders():
        yield from (path.name for path in sorted(folder.iterdir()) if NAME.fullmatch(path.name))


def register(provider: Callable[[], Iterable[str]]) -> None:
    """Let a room say, from `AppConfig.ready()`, which files its records name: all others are collected."""
    _providers.append(provider)


def collect(*, now: datetime) -> int:
    """Delete the files of transactions that never committed; return how many. Without a register nothing is touched."""
    before = (now - UNNAMED_FOR).timestamp()
    old = {name for name in names() if _written(path_of(name)) < before}  # before asking who is named, never after
    if not old or not _providers:
        return _collect_broken(before)
    named = {name for provider in _providers for name in provider()}
    for name in old - named:
        delete(name)
    return len(old - named) + _collect_broken(before)


def replace(name: str, before: bytes, after: bytes) -> bool:
    """Put a file that was encrypted anew in place of the old one, unless it has been erased meanwhile."""
    with changing():
        if not exists(name) or raw(name) != before:
            return False
        durable.replace(path_of(name), after)
    return True


def changing() -> AbstractContextManager[None]:
    """Hold the lock under which files are erased and replaced."""
    return locks.locked(root() / ".lock", wait=True)


def raw(name: str) -> bytes:
    """Return a file as it stands on the disk."""
    with stored(name) as file:
        return file.read()


def begins(name: str, header: bytes) -> bool:
    """Say whether a file begins with a header."""
    with stored(name) as file:
        return file.read(len(header)) == header


def stored(name: str) -> BinaryIO:
    """Open a file as it stands on the disk."""
    try:
        return path_of(name).open("rb")
    except FileNotFoundError:
        raise MissingFileError(f"The file {name} is not in {root()}. Restore a backup that holds it.") from None


def path_of(name: str) -> Path:
    """Return where a file stands."""
    return path_in(root(), name)


def path_in(folder: Path, name: str) -> Path:
    """Return where a file stands in a store."""
    if not NAME.fullmatch(name):
        raise MissingFileError(f"{name[:40]!r} is not the name of a file")
    return folder / name[:2] / name


def place(name: str) -> str:
    """Return the place that a file is encrypted for."""
    return f"file:{name}"


def root() -> Path:
    """Return the folder of the store."""
    folder: Path = settings.HOME.files
    return folder


def _folders() -> list[Path]:
    return sorted(path for path in root().iterdir() if path.is_dir()) if root().is_dir() else []


def _collect_broken(before: float) -> int:
    broken = [path for folder in _folders() for path in folder.glob(f"{durable.TEMPORARY}*") if _written(path) < before]
    for path in broken:
        path.unlink(missing_ok=True)
    return len(broken)


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # erased this moment
        return float("inf")
