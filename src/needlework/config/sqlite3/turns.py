"""A queue of writers before the database: whoever holds the file's lock may begin to write.

SQLite's own busy handler sleeps and polls, so that a newcomer overtakes whoever sleeps: of 16 writers one waited eight
seconds. The kernel wakes the waiters of `flock` when the lock comes free, and frees it when its holder dies.
"""

import fcntl
import os
import threading
from concurrent.futures import Future

from django.db.utils import OperationalError


def take(path: str, seconds: float) -> int:
    """Wait for our turn, at most so long, and return the descriptor that holds it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        _wait(descriptor, seconds)
    return descriptor


def end(descriptor: int) -> None:
    """Let the next writer begin, also while a forked child holds a copy of the descriptor."""
    fcntl.flock(descriptor, fcntl.LOCK_UN)
    os.close(descriptor)


def _wait(descriptor: int, seconds: float) -> None:
    """Wait in the kernel's queue. A thread of its own waits there, because `flock` knows no time limit."""
    waiting: Future[None] = Future()
    threading.Thread(target=_stand, args=(descriptor, waiting), name="writer-queue", daemon=True).start()
    try:
        waiting.result(seconds)
    except BaseException as stopped:
        if not waiting.cancel():  # our turn came at the same moment
            end(descriptor)
        if isinstance(stopped, TimeoutError):
            raise OperationalError("database is locked: another writer has held it for too long") from None
        raise


def _stand(descriptor: int, waiting: Future[None]) -> None:
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    if waiting.set_running_or_notify_cancel():
        waiting.set_result(None)
    else:  # nobody waits any longer
        end(descriptor)
