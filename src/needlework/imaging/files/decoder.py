"""The child process that decodes, as its parent sees it: started, asked, and killed."""

import contextlib
import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from typing import TypeAlias, cast

import numpy as np

from needlework.imaging.arrays import Image
from needlework.imaging.files import limits
from needlework.imaging.files.answers import FACTS, LENGTH, READY, Answer
from needlework.imaging.files.refusals import Refusal, RefusedError

Decoder: TypeAlias = "subprocess.Popen[bytes]"

LONGEST_SECONDS = 90.0
"""Of the clock, for the start and for each file; the limit of processor time ends a costly file sooner."""
COMMAND = ("-I", "-m", "needlework.imaging.files.child")


@contextlib.contextmanager
def started(kinds: Iterable[str]) -> Iterator[Decoder]:
    """Start a child that decodes some kinds of file, with no environment and in a group of its own; kill it after."""
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, *COMMAND, *kinds],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
        start_new_session=True,
    )
    try:
        with _in_time(process):
            ready = _from(process).read(len(READY))
        if ready != READY:
            raise RuntimeError("The process that decodes photographs did not start. Are Pillow and pi-heif installed?")
        yield process
    finally:
        _end(process)


def decode(process: Decoder, data: bytes) -> tuple[Image, Answer]:
    """Return the pixels of a file and its facts; raise `RefusedError` when it is refused or the child breaks over it.

    Nothing is allocated before the answer is found to be within the limits.
    """
    try:
        with _in_time(process):
            _send(process, data)
            answer = Answer.unpacked(_from(process).read(FACTS.size))
            if answer.refusal:
                raise RefusedError(answer.refusal)
            return _pixels(process, *limits.kept(answer.width, answer.height)), answer
    except (OSError, ValueError):
        raise RefusedError(Refusal.COSTLY) from None


def _send(process: Decoder, data: bytes) -> None:
    sink = cast("io.BufferedWriter", process.stdin)
    sink.write(LENGTH.pack(len(data)))
    sink.write(data)
    sink.flush()


def _pixels(process: Decoder, width: int, height: int) -> Image:
    image = np.empty((height, width, 3), np.uint8)
    if _from(process).readinto(image.data.cast("B")) != image.nbytes:
        raise ValueError("pixels are missing")
    return image


def _from(process: Decoder) -> io.BufferedReader:
    return cast("io.BufferedReader", process.stdout)


@contextlib.contextmanager
def _in_time(process: Decoder) -> Iterator[None]:
    """Kill the child when something takes too long: whoever waits for it then reads an end."""
    timer = threading.Timer(LONGEST_SECONDS, _kill, [process])
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _kill(process: Decoder) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _end(process: Decoder) -> None:
    _kill(process)
    with contextlib.suppress(OSError):  # what was not sent is not missed
        process.communicate()
