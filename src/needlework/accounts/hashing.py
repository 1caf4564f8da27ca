"""Password hashes, at most two at once: each takes 100 MB, and a flood of sign-ins must not take the machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from django.contrib.auth.hashers import check_password, make_password

AT_ONCE = 2
WAITING = 6
SENTENCE = "Too many people are signing in at this moment. Wait half a minute and try again."


class TooBusy(Exception):  # noqa: N818 - it is an answer, not a fault
    """The queue for a hash is full; the message is the sentence they read."""


class Queue:
    """Lets a few through at once, some wait, and turns the rest away."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._running = BoundedSemaphore(at_once)
        self._inside = BoundedSemaphore(at_once + waiting)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, or raise `TooBusy` where too many wait already."""
        if not self._inside.acquire(blocking=False):
            raise TooBusy(SENTENCE)
        try:
            with self._running:
                yield
        finally:
            self._inside.release()


QUEUE = Queue(AT_ONCE, WAITING)


def hashed(password: str) -> str:
    """Return the hash to store."""
    with QUEUE.turn():
        return make_password(password)


def matches(password: str, stored: str | None) -> bool:
    """Say whether a password is the stored one; without a stored one the work is the same and the answer no."""
    with QUEUE.turn():
        right = check_password(password, stored or _nobodys())
    return right and bool(stored)


@cache
def _nobodys() -> str:
    return make_password("the password of nobody at all")
