"""The diary: how fast times are found and how surely one is given once, on both databases and beside its peer.

`python -m bench.diary` prints the whole table, `python -m bench.diary availability` one part of it: a part is a module
of this folder with `rows()`. Each runs in a process of its own.
"""

import argparse
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

from bench.forecast.table import Row, heading, line

PARTS = ("availability", "race", "peer")


def main() -> None:
    """Print the table, or one part of it."""
    parser = argparse.ArgumentParser(prog="python -m bench.diary", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"which parts, of: {', '.join(PARTS)}; all if none is named")
    parser.add_argument("--here", action="store_true", help="print the lines of one part, from this process")
    chosen = parser.parse_args()
    if unknown := sorted(set(chosen.parts) - set(PARTS)):
        parser.error(f"There is no part called {', '.join(unknown)}. There are: {', '.join(PARTS)}.")
    if chosen.here:
        print("\n".join(map(line, part(chosen.parts[0]))), flush=True)
        return
    print(heading(), flush=True)
    for name in chosen.parts or PARTS:
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-m", "bench.diary", name, "--here"], check=False)
        print(f"{name}: {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)


def part(name: str) -> list[Row]:
    """Return the rows of a part; what cannot be run here says why."""
    if not any((Path(__file__).parent / found).exists() for found in (f"{name}.py", f"{name}/__init__.py")):
        return [Row(name, "not here")]
    try:
        return list(import_module(f"bench.diary.{name}").rows())
    except (ImportError, OSError, ValueError) as wrong:
        return [Row(name, f"not run: {wrong}")]


if __name__ == "__main__":
    main()
