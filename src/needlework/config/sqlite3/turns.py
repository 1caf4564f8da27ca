"""A queue of writers before the database: whoever holds the lock on the turn's file may begin to write.

SQLite's own busy handler sleeps and polls, so that a newcomer overtakes whoever sleeps: of 16 writers one waited eight
seconds. The kernel wakes the waiters of `flock` when the lock comes free, and frees it when its holder dies.

There are two files, as a shop has a till and a mark where the next customer stands. Who has just paid and comes back at
once finds the mark taken and goes to the end of the queue; with the till alone it would overtake everybody again.
"""

import fcntl
import os
import threading
from concurrent.futures import Future

from django.db.utils import OperationalError


def take(path: str, seconds: float) -> int:
    """Wait for our turn, at most so long, and return the descriptor that holds it."""
    turn, mark = _open(path), _open(f"{path}-next")
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        _wait(turn, mark, seconds)
    else:
        end(mark)
    return turn


def end(lock: int) -> None:
    """Free a lock for the next in line, also while a forked child holds a copy of the descriptor."""
    fcntl.flock(lock, fcntl.LOCK_UN)
    os.close(lock)


def _open(path: str) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _wait(turn: int, mark: int, seconds: float) -> None:
    """Wait in the kernel's queue. A thread of its own waits there, because `flock` knows no time limit."""
    waiting: Future[None] = Future()
    threading.Thread(target=_stand, args=(turn, mark, waiting), name="writer-queue", daemon=True).start()
    try:
        waiting.result(seconds)
    except BaseException as stopped:
        if not waiting.cancel():  # our turn came at the same moment
            end(turn)
        if isinstance(stopped, TimeoutError):
            raise OperationalError("database is locked: another writer has held it for too long") from None
        raise


def _stand(turn: int, mark: int, waiting: Future[None]) -> None:
    """Queue for the mark, stand on it until the turn is ours, and leave it to the next."""
    fcntl.flock(mark, fcntl.LOCK_EX)
    fcntl.flock(turn, fcntl.LOCK_EX)
    end(mark)
    if waiting.set_running_or_notify_cancel():
        waiting.set_result(None)
    else:  # nobody waits any longer
        end(turn)
