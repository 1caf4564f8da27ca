"""Writing so that it survives a power cut: content first, then the name, then the folder that holds the name."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO

TEMPORARY = ".writing-"


def write_new(path: Path, content: bytes) -> None:
    """Create a private file; raise FileExistsError rather than touch one that is there."""
    make_folder(path.parent)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        _fill(handle, content)
    except BaseException:
        path.unlink()
        raise
    sync_folder(path.parent)


def replace(path: Path, content: bytes) -> None:
    """Give a private file new content: whoever reads finds all of the old or all of the new."""
    make_folder(path.parent)
    handle, temporary = mkstemp(dir=path.parent, prefix=TEMPORARY)
    try:
        _fill(handle, content)
        Path(temporary).rename(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Yield a private file that gets its name when the block has ended well; it never replaces one that is there."""
    if path.exists():
        raise FileExistsError(errno.EEXIST, "There is a file of this name already", str(path))
    handle, temporary = mkstemp(dir=path.parent, prefix=TEMPORARY)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).rename(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make a private folder, and the ones above it, and wait until their names are on the disk."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fill(handle: int, content: bytes) -> None:
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
