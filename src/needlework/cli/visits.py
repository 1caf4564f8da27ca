"""`needlework measure --visits DIR`: a folder of many visits through a pool of processes or a Dask cluster."""

import argparse
import asyncio
import json
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from tqdm import tqdm

from needlework.cli.errors import BadInputError
from needlework.cli.tables import table
from needlework.imaging import kept, series

FAILED = 1
KILLED = "needlework: A worker was killed, perhaps for want of memory."
STOPPED = "needlework: Stopped."
GO_ON = "What was measured is kept in {}: the same command goes on from there."
PATIENCE_SECONDS = 10
"""How long a Dask scheduler may take to answer."""


def run(options: argparse.Namespace, zones: tuple[str, ...]) -> int:
    """Measure what is not measured yet, and print the answers."""
    folder = Path(options.visits)
    asked = series.tasks(folder, zones=zones, control=options.control)
    book = folder / series.BOOK
    try:
        with _executor(options) as executor:
            done = _measured(asked, book, executor)
    except (BrokenExecutor, CancelledError):
        return _ended(f"{KILLED} {GO_ON.format(book)}")
    except KeyboardInterrupt:
        return _ended(f"{STOPPED} {GO_ON.format(book)}")
    for piece in _document(asked, book, done) if options.json else _told(asked, book, done):
        print(piece)
    return FAILED if any(one.trouble for one in done.values()) else 0


def _measured(asked: Sequence[series.Task], book: Path, executor: Executor) -> dict[str, series.Done]:
    """Measure, with a progress bar where somebody watches; return what became of each task, by its name."""
    runs = series.run(asked, book, executor)
    return {done.task.name: done for done in tqdm(runs, total=len(asked), unit="visit", file=sys.stderr, disable=None)}


def _ended(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return FAILED


@contextmanager
def _executor(options: argparse.Namespace) -> Iterator[Executor]:
    if options.cluster:
        with _cluster(options.cluster) as executor:
            yield executor
    else:
        # Not a fork: this process has threads, of OpenCV and of the progress bar.
        with ProcessPoolExecutor(options.workers, multiprocessing.get_context("spawn")) as pool:
            yield pool


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        dask: Any = import_module("distributed")  # which has no types
    except ImportError:
        raise BadInputError("--cluster needs Dask. Install it: pip install 'needlework[cluster]'.") from None
    try:
        with ThreadPoolExecutor(1) as thread:  # this one may have a loop of its own, as in a notebook
            thread.submit(lambda: asyncio.run(_reach(dask, address))).result()
    except (OSError, ValueError, MemoryError):  # nobody there, no address, or somebody who talks of something else
        raise BadInputError(
            f"--cluster: No Dask scheduler answers at {address}. Start one, or leave --cluster out."
        ) from None
    with dask.Client(address) as client:
        yield client.get_executor()


async def _reach(dask: Any, address: str) -> None:
    """Connect once: a client that cannot connect complains again when it is thrown away."""
    security = dask.Security().get_connection_args("client")
    comm = await dask.comm.connect(address, PATIENCE_SECONDS, **security)
    comm.abort()


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
