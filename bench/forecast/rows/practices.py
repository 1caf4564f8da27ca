"""A virtual practice of a million people, and of ten million, each with days, dose and shifts of their own."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from bench.forecast.rows._courses import AFTER_LAST, practice
from bench.forecast.table import Row
from bench.forecast.timing import cpu_seconds, peak_mb
from needlework.forecast.cohort.practice import Shares, shares

MILLION = 1_000_000
WANTED = {MILLION: "2 s, below 1 GB", 10 * MILLION: "linear"}


def rows() -> Iterator[Row]:
    """Return CPU seconds and peak memory, each in a process that did nothing else."""
    for people, wanted in WANTED.items():
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as fresh:
            seconds, mb = fresh.submit(measured, people).result()
        each = f"{people / seconds / 1e6:.2f} million courses per CPU-second"
        yield Row(f"{people:,} courses × {len(AFTER_LAST)} outputs", f"{seconds:.2f} s, {mb:.0f} MB", wanted, each)


def measured(people: int) -> tuple[float, float]:
    """Return the CPU seconds and the peak memory of so many people, drawn and simulated."""
    asked = practice()
    found = np.empty((people, len(AFTER_LAST)), np.float32)
    return cpu_seconds(lambda: fill(found, shares(asked, people, seed=1))), peak_mb()


def fill(found: Shares, pieces: Iterator[Shares]) -> None:
    """Put the pieces in one array, in their order."""
    start = 0
    for piece in pieces:
        found[start : start + len(piece)] = piece
        start += len(piece)
