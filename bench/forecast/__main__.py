"""The forecast: how fast one course and a million are, beside general solvers and other tools, each on one core.

`python -m bench.forecast` prints the whole table, `python -m bench.forecast solvers` one part of it. Times are CPU time
of a fresh process, with one thread; medians of calls after the first where a call is short.
"""

import argparse
import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bench.forecast.parts import part
from bench.forecast.table import heading, line

FOLDER = Path(__file__).parent / "rows"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def main() -> None:
    """Print the table."""
    names = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))
    parser = argparse.ArgumentParser(prog="python -m bench.forecast", description=__doc__)
    parser.add_argument("rows", nargs="*", help=f"which rows, of: {', '.join(names)}; all if none is named")
    chosen = parser.parse_args()
    if unknown := sorted(set(chosen.rows) - set(names)):
        parser.error(f"There is no row called {', '.join(unknown)}. There are: {', '.join(names)}.")
    os.environ.update(ONE_THREAD)
    print(heading(), flush=True)
    for name in chosen.rows or names:
        begun = time.perf_counter()
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as fresh:
            print("\n".join(map(line, fresh.submit(part, name).result())), flush=True)
        print(f"{name}: {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
