"""Locks between the processes of one installation, which the kernel lets go of when a process dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from needlework.vault import durable
from needlework.vault.errors import VaultError


@contextmanager
def alone() -> Iterator[None]:
    """Keep backups and rotations from running at the same time: each would see half of what the other does."""
    try:
        with locked(settings.HOME.path / ".maintenance.lock", wait=False):
            yield
    except BlockingIOError:
        raise VaultError("A backup or a rotation of keys is running. Try again when it has ended.") from None


@contextmanager
def locked(path: Path, *, wait: bool) -> Iterator[None]:
    """Hold the lock that a file stands for; without waiting, raise BlockingIOError while somebody else holds it."""
    durable.make_folder(path.parent)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(handle)
