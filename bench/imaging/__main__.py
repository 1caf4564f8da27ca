"""Imaging: what the measures reach on simulated re-captures and on rendered skin, beside what is published.

`python -m bench.imaging` prints the whole table, `python -m bench.imaging registration` some rows of it.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from pathlib import Path

import cv2

from bench.imaging.people import report
from bench.imaging.table import Answer, Item, heading, line

FOLDER = Path(__file__).parent / "rows"


def main() -> None:
    """Print the table."""
    names = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))
    parser = argparse.ArgumentParser(prog="python -m bench.imaging", description=__doc__)
    parser.add_argument("rows", nargs="*", help=f"which rows, of: {', '.join(names)}; all if none is named")
    parser.add_argument("--processes", type=int, default=os.cpu_count(), metavar="N", help="how many work at a time")
    chosen = parser.parse_args()
    if unknown := sorted(set(chosen.rows) - set(names)):
        parser.error(f"There is no row called {', '.join(unknown)}. There are: {', '.join(names)}.")
    print(f"{len(report())} people\n")
    with ProcessPoolExecutor(chosen.processes, initializer=cv2.setNumThreads, initargs=(1,)) as pool:
        print_rows(chosen.rows or names, pool)


def print_rows(names: Iterable[str], pool: ProcessPoolExecutor) -> None:
    """Print the table, the rows of each module as they come."""

    def work(each: Callable[[Item], Answer], items: Iterable[Item], /) -> list[Answer]:
        return list(pool.map(each, items))

    print(heading(), flush=True)
    for name in names:
        begun = time.perf_counter()
        for row in import_module(f"bench.imaging.rows.{name}").rows(work):
            print(line(row), flush=True)
        print(f"{name}: {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
