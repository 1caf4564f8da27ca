"""A folder of many visits, measured in parallel, and taken up where it stopped.

The folder holds one folder per series (a person and a view), which holds one folder per visit, named by its date
(`2026-03-01`), which holds the photographs of that visit. Every later visit is compared with the first. An answer is
kept in `measured.jsonl` as soon as it is there, and holds for these estimators, options and photographs alone: answers
of different versions never stand beside each other.
"""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import cv2

from needlework.evidence import zones as zone_table
from needlework.evidence.errors import InputError
from needlework.imaging import ALGORITHM, kept
from needlework.imaging.comparison import NOTHING_ELSE, compare, control_zone
from needlework.imaging.files.reading import content, read_all

BOOK = "measured.jsonl"
AHEAD = 256
"""Comparisons that an executor is given before the first is answered: more than it has workers, few to remember."""
HIDDEN = "."
NAME_ONE = "Name a folder that holds a folder per series."


@dataclass(frozen=True)
class Task:
    """One later visit against the first of its series."""

    name: str
    """The folders of series and visit: `jo-left/2026-05-01`."""
    before: tuple[Path, ...]
    after: tuple[Path, ...]
    zones: tuple[str, ...]
    control: str | None


@dataclass(frozen=True)
class Done:
    """What became of one task."""

    task: Task
    place: int | None
    """Where its answer begins in the book."""
    trouble: str | None = None
    """Why there is none, though its photographs are not to blame."""


def tasks(folder: Path, *, zones: tuple[str, ...], control: str | None) -> tuple[Task, ...]:
    """Return every comparison that a folder holds, in order.

    Raises:
        InputError: a zone is unknown, or the control zone alone is asked for, or there is no such folder, a visit's
            folder is not named by its date, or no series has two visits.

    """
    asked, untreated = zone_table.expand(zones, field="zones", planned=True), control_zone(control)
    if set(asked) == {untreated}:
        raise InputError("control", NOTHING_ELSE)
    try:
        found = tuple(
            Task(f"{series.name}/{later.name}", _photographs(first), _photographs(later), asked, untreated)
            for series in _folders(folder)
            for first, later in _pairs(series)
        )
    except OSError as wrong:
        raise InputError(str(folder), f"It cannot be read ({wrong.strerror}). {NAME_ONE}") from None
    if not found:
        raise InputError(str(folder), "No series in it has two visits: put them as SERIES/2026-03-01/photographs.")
    return found


def run(asked: Sequence[Task], book: Path, executor: Executor) -> Iterator[Done]:
    """Yield every task as it is done, measuring those whose answer the book does not hold yet.

    The work goes through any executor of `concurrent.futures`; the numbers are the same with each.

    Raises:
        InputError: the book cannot be written, or is none, or another run has it.
        BrokenExecutor: a worker was killed; what was measured until then is kept.

    """
    with kept.alone(book):
        yield from _run(asked, book, executor)


def _run(asked: Sequence[Task], book: Path, executor: Executor) -> Iterator[Done]:
    known = kept.places(book)
    waiting: dict[Future[dict[str, Any]], tuple[Task, str]] = {}
    try:
        for task in asked:
            mark = fingerprint(task)
            if mark in known:
                yield Done(task, known[mark])
            else:
                waiting[executor.submit(measure, task)] = task, mark
            yield from _finished(waiting, book, timeout=None if len(waiting) >= AHEAD else 0)
        while waiting:
            yield from _finished(waiting, book, timeout=None)
    finally:
        for future in waiting:
            future.cancel()


def measure(task: Task) -> dict[str, Any]:
    """Return the answer to one task; what is wrong with its photographs is an answer too.

    Whatever else goes wrong is this visit's fault alone, and the others go on: it comes back under `failed`, as an
    exception may not survive the way back from another process.
    """
    cv2.setNumThreads(1)  # there are as many workers as cores already
    try:
        found = compare(read_all(task.before), read_all(task.after), zones=task.zones, control=task.control)
    except InputError as wrong:
        return {"comparable": False, "reasons": [str(wrong)], "algorithm": ALGORITHM, "unreadable": True}
    except Exception as wrong:
        return {"failed": f"{type(wrong).__name__}: {wrong}"}
    return found.as_json()


def fingerprint(task: Task) -> str:
    """Return what an answer holds for: the estimators, what is asked and the bytes of every photograph."""
    sums = [[_digest(photograph) for photograph in visit] for visit in (task.before, task.after)]
    return _sum(json.dumps([ALGORITHM, task.name, task.zones, task.control, sums]).encode())


def _finished(
    waiting: dict[Future[dict[str, Any]], tuple[Task, str]], book: Path, *, timeout: float | None
) -> Iterator[Done]:
    for future in wait(waiting, timeout, FIRST_COMPLETED).done:
        task, mark = waiting.pop(future)
        answer = _answer(future)
        if "failed" in answer:
            yield Done(task, None, answer["failed"])
        else:
            # A file that could not be read may be readable the next time.
            yield Done(task, kept.add(book, "" if "unreadable" in answer else mark, task.name, answer))


def _answer(future: Future[dict[str, Any]]) -> dict[str, Any]:
    trouble = future.exception()
    if isinstance(trouble, BrokenExecutor):
        raise trouble
    if trouble:
        return {"failed": f"{type(trouble).__name__}: {trouble}"}
    answer = future.result()
    if (version := answer.get("algorithm", ALGORITHM)) != ALGORITHM:
        return {"failed": f"A worker has estimators {version} and not {ALGORITHM}. Install the same there."}
    return answer


def _pairs(series: Path) -> list[tuple[Path, Path]]:
    visits = _folders(series)
    for visit in visits:
        if not _is_date(visit.name):
            raise InputError(str(visit), "A visit's folder is named by its date, as in 2026-03-01. Rename it.")
    return [(visits[0], later) for later in visits[1:]]


def _is_date(name: str) -> bool:
    try:
        return date.fromisoformat(name).isoformat() == name
    except ValueError:
        return False


def _folders(parent: Path) -> list[Path]:
    return sorted(one for one in parent.iterdir() if one.is_dir() and not one.name.startswith(HIDDEN))


def _photographs(visit: Path) -> tuple[Path, ...]:
    return tuple(sorted(one for one in visit.iterdir() if not one.is_dir() and not one.name.startswith(HIDDEN)))


def _digest(photograph: Path) -> str:
    try:
        return _sum(content(photograph, name=photograph.name))
    except InputError as wrong:
        return str(wrong)


def _sum(data: bytes) -> str:
    return sha256(data).hexdigest()
