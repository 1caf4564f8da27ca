"""Screening: cases a second in process on one core, what importing costs, and the whole command."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from needlework.cli import documents
from needlework.clinical.screening import as_json, read, rules, screen

CASES, ROUNDS, STARTS = 5_000, 7, 15


def main() -> None:
    """Print a line for each."""
    document = json.loads(documents.example("screen"))
    case = read(document)
    rules()
    print(f"medians of {ROUNDS} rounds of {CASES:,} cases, and of {STARTS} starts")
    row("read and screen", rate(lambda: screen(read(document))), "cases/s")
    row("read, screen and write as JSON", rate(lambda: json.dumps(as_json(screen(read(document))))), "cases/s")
    row("screen alone", rate(lambda: screen(case)), "cases/s")
    bare = start(["-c", "pass"])
    row("bare Python", bare * 1000, "ms")
    row("import needlework.clinical, beyond it", (start(["-c", "import needlework.clinical"]) - bare) * 1000, "ms")
    row(
        "import …clinical.screening, beyond it",
        (start(["-c", "import needlework.clinical.screening"]) - bare) * 1000,
        "ms",
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "case.json"
        file.write_text(json.dumps(document))
        program = Path(sys.executable).with_name("needlework")
        row("needlework screen FILE, in all", start([program, "screen", file], own=True) * 1000, "ms")


def rate(work: Callable[[], Any]) -> float:
    """Return how many a second of processor time, the median of several rounds."""
    rounds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for _ in range(CASES):
            work()
        rounds.append(CASES / (time.process_time() - begun))
    return median(rounds)


def start(words: Sequence[Any], *, own: bool = False) -> float:
    """Return the seconds that a process takes, the median of several."""
    command = list(words) if own else [sys.executable, *words]
    found = []
    for _ in range(STARTS):
        begun = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        found.append(time.perf_counter() - begun)
    return median(found)


def row(what: str, figure: float, unit: str) -> None:
    """Print one line."""
    print(f"{what:40} {figure:10,.1f} {unit}", flush=True)


if __name__ == "__main__":
    main()
