"""Answers that were measured once and are kept: one JSON document to a line, found by what it was measured of."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from needlework.evidence.errors import InputError

ELSEWHERE = "Name a folder that you may write into."
TWICE = "Another run is measuring this folder. Wait until it has ended."
STRANGE = "This is no answer of this program. Rename the file, so that everything is measured anew."


@contextmanager
def alone(book: Path) -> Iterator[None]:
    """Keep other runs from a book, which is made where there is none, until this one ends or dies.

    Raises:
        InputError: the file cannot be written, or another run has it.

    """
    try:
        opened = _locked(book)
    except BlockingIOError:
        raise InputError(str(book), TWICE) from None
    except OSError as wrong:
        raise InputError(str(book), f"It cannot be written ({wrong.strerror}). {ELSEWHERE}") from None
    with opened:
        yield


def _locked(book: Path) -> BinaryIO:
    opened = book.open("ab")
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        opened.close()
        raise
    return opened


def places(book: Path) -> dict[str, int]:
    """Return where the answer to each mark begins, the last one where there are several.

    The file is made where there is none, and a last line that was not written to its end is cut off.

    Raises:
        InputError: the file cannot be written, or holds something else.

    """
    try:
        with book.open("a+b") as opened:
            opened.seek(0)
            found, end = {}, 0
            for number, line in enumerate(opened, start=1):
                if not line.endswith(b"\n"):
                    break
                found[_mark(line, f"{book}: line {number}")] = end
                end += len(line)
            opened.truncate(end)
    except OSError as wrong:
        raise InputError(str(book), f"It cannot be written ({wrong.strerror}). {ELSEWHERE}") from None
    return found


def add(book: Path, mark: str, of: str, answer: dict[str, Any]) -> int:
    """Write an answer behind the others and return where it begins."""
    line = json.dumps({"mark": mark, "of": of, "answer": answer}).encode() + b"\n"
    with book.open("ab", buffering=0) as opened:
        begins = opened.tell()
        opened.write(line)
    return begins


def answer(book: Path, place: int) -> dict[str, Any]:
    """Return the answer that begins at a place."""
    with book.open("rb") as opened:
        opened.seek(place)
        found: dict[str, Any] = json.loads(opened.readline())["answer"]
    return found


def _mark(line: bytes, where: str) -> str:
    try:
        return str(json.loads(line)["mark"])
    except (ValueError, TypeError, KeyError):
        raise InputError(where, STRANGE) from None
