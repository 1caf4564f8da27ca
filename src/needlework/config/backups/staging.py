"""A private folder inside the home, for what is under way: what a killed command left there goes with the next one."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from needlework.config.home import Home
from needlework.vault import durable

PREFIX = ".under-way-"


@contextmanager
def folder(home: Home) -> Iterator[Path]:
    """Make the folder, and remove it afterwards; only for who holds the lock of backups."""
    durable.make_folder(home.path)
    for left in home.path.glob(f"{PREFIX}*"):
        shutil.rmtree(left)
    with TemporaryDirectory(dir=home.path, prefix=PREFIX) as made:
        yield Path(made)


def save(path: Path, blocks: Iterable[bytes]) -> None:
    """Write a private file, and wait until its content is on the disk."""
    durable.make_folder(path.parent)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.writelines(blocks)
        file.flush()
        os.fsync(file.fileno())


def sync(top: Path) -> None:
    """Wait until the names in a folder, and in all folders below it, are on the disk."""
    for path in (top, *top.rglob("*")):
        if path.is_dir():
            durable.sync_folder(path)
