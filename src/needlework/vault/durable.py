"""Writing so that it survives a power cut: content first, then the name, then the folder that holds the name."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

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
        with suppress(FileNotFoundError):
            Path(temporary).unlink()
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
