"""Two parts under one command: web and background work, each a child process, watched until told to end."""

import ctypes
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NoReturn

ENDING = (signal.SIGTERM, signal.SIGINT)
WATCHED = (*ENDING, signal.SIGCHLD)
GRACE_SECONDS = 10.0
FIRST_PAUSE, LONGEST_PAUSE, SETTLED_SECONDS = 1.0, 60.0, 60.0
PR_SET_PDEATHSIG = 1
logger = logging.getLogger(__name__)


@dataclass
class Part:
    """A child process: one whose end ends everything, or one that is started again."""

    name: str
    target: Callable[[], None]
    vital: bool
    pid: int = 0
    started: float = 0.0
    pause: float = field(default=FIRST_PAUSE)
    due: float = 0.0

    def start(self) -> None:
        """Fork, and let the child do this part's work and nothing else."""
        self.started = time.monotonic()
        parent = os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            _be(self.target, parent)

    def ended(self) -> int | None:
        """Return how the process ended, once; None while it runs."""
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if pid == 0:
            return None
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    def postpone(self) -> None:
        """Start again after a pause that doubles, unless the last run went well for a while."""
        if time.monotonic() - self.started > SETTLED_SECONDS:
            self.pause = FIRST_PAUSE
        self.due = time.monotonic() + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)


def supervise(parts: Iterable[Part]) -> int:
    """Run the parts until a signal ends them (0) or a vital one dies (1)."""
    watched = list(parts)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
    try:
        for part in watched:
            part.start()
        return _watch(watched)
    finally:
        _end(watched)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _watch(parts: list[Part]) -> int:
    while True:
        got = signal.sigtimedwait(WATCHED, _seconds_to_next_start(parts))
        if got is not None and got.si_signo in ENDING:
            return 0
        for part in parts:
            if part.pid and (code := part.ended()) is not None:
                logger.error("The %s part ended with %s", part.name, code)
                if part.vital:
                    return 1
                part.postpone()
            if not part.pid and part.due <= time.monotonic():
                part.start()


def _seconds_to_next_start(parts: list[Part]) -> float:
    """Wake up when a part is due again; a signal wakes us earlier."""
    due = [part.due - time.monotonic() for part in parts if not part.pid]
    return max(0.0, min(due, default=3600.0))


def _end(parts: list[Part]) -> None:
    """Ask every part to end, and end what has not done so in time."""
    _tell(parts, signal.SIGTERM)
    limit = time.monotonic() + GRACE_SECONDS
    while any(part.pid for part in parts) and time.monotonic() < limit:
        signal.sigtimedwait([signal.SIGCHLD], 0.2)
        for part in parts:
            if part.pid:
                part.ended()
    _tell(parts, signal.SIGKILL)
    for part in parts:
        if part.pid:
            os.waitpid(part.pid, 0)


def _tell(parts: list[Part], number: signal.Signals) -> None:
    for part in parts:
        if part.pid:
            os.kill(part.pid, number)


def _be(target: Callable[[], None], parent: int) -> NoReturn:
    """Run in the child, which must never return into its parent's frames."""
    code = 1
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)
        _die_with(parent)
        target()
        code = 0
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else 1
    except BaseException:
        logger.exception("A part of the program broke down")
        raise
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _die_with(parent: int) -> None:
    """End when the parent does, however it ends: nobody else would watch over us, and the port would stay taken."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            sys.exit(1)
