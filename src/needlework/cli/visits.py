"""`needlework measure --visits DIR`: a folder of many visits through a pool of processes or a Dask cluster."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from needlework.cli import executors
from needlework.cli.progress import watched
from needlework.cli.tables import table
from needlework.imaging import kept, series

FAILED = 1
STOPPED = "needlework: Stopped."
GO_ON = "What was measured is kept in {}: the same command goes on from there."


def run(options: argparse.Namespace, zones: tuple[str, ...]) -> int:
    """Measure what is not measured yet, and print the answers."""
    folder = Path(options.visits)
    asked = series.tasks(folder, zones=zones, control=options.control)
    book = folder / series.BOOK
    try:
        with executors.opened(options) as executor:
            done = _measured(asked, book, executor)
    except executors.LOST:
        return _ended(f"{executors.KILLED} {GO_ON.format(book)}")
    except KeyboardInterrupt:
        return _ended(f"{STOPPED} {GO_ON.format(book)}")
    for piece in _document(asked, book, done) if options.json else _told(asked, book, done):
        print(piece)
    return FAILED if any(one.trouble for one in done.values()) else 0


def _measured(asked: Sequence[series.Task], book: Path, executor: Executor) -> dict[str, series.Done]:
    """Measure, and return what became of each task, by its name."""
    runs = series.run(asked, book, executor)
    return {done.task.name: done for done in watched(runs, total=len(asked), unit="visit")}


def _ended(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return FAILED


def _document(asked: Sequence[series.Task], book: Path, done: dict[str, series.Done]) -> Iterator[str]:
    """Yield one JSON document in pieces, so that no more than one answer is in memory."""
    yield '{"visits": {'
    for number, task in enumerate(asked):
        comma = "" if number + 1 == len(asked) else ","
        yield f"{json.dumps(task.name)}: {json.dumps(_answer(book, done[task.name]))}{comma}"
    yield "}}"


def _told(asked: Sequence[series.Task], book: Path, done: dict[str, series.Done]) -> Iterator[str]:
    rows = [(task.name, *_summary(_answer(book, done[task.name]))) for task in asked]
    yield table(("Visit", "Comparable", "Changed", "Measured", "Why not"), rows)
    yield f"\nEvery answer in full, with its error: {book}, or --json."


def _answer(book: Path, done: series.Done) -> dict[str, Any]:
    if done.place is None:
        return {"failed": done.trouble}
    return kept.answer(book, done.place)


def _summary(answer: dict[str, Any]) -> tuple[str, ...]:
    if "failed" in answer:
        return "failed", "", "", answer["failed"]
    verdicts = [change["verdict"] for measures in answer.get("zones", {}).values() for change in measures.values()]
    measured = len(verdicts) - verdicts.count("not-measurable")
    comparable = "yes" if answer["comparable"] else "no"
    return comparable, str(verdicts.count("changed")), str(measured), " ".join(answer["reasons"])
