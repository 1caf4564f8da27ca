"""16 writers at once: SQLite with our queue, SQLite with Django's own backend, PostgreSQL; worst wait under 1 s."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from tests import postgres
from tests.serving import environment
from tests.writing import Writer, together

WRITERS, SECONDS, RUNS = 16, 8.0, 3
OPEN = "from needlework.cli import installation; installation.opened()"
HEADINGS = (
    f"{'engine':22} {'writes/s':>9} {'median ms':>10} {'99th ms':>9} {'worst ms':>9} {'fewest-most':>12} {'errors':>7}"
)


@contextmanager
def home(kind: str) -> Iterator[dict[str, str]]:
    """Yield the environment of a new, empty installation on one kind of database."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="needlework-bench-")))
        own = environment(folder / "home")
        if kind == "PostgreSQL":
            own["DATABASE_URL"] = stack.enter_context(postgres.database(stack.enter_context(postgres.server())))
        subprocess.run([sys.executable, "-c", OPEN], env=own, check=True)
        yield own | {"DJANGO_SETTINGS_MODULE": "bench._plain" if "polling" in kind else "needlework.config.settings"}


def row(kind: str, writers: list[Writer]) -> str:
    """Return one line of the table."""
    waits = sorted(1000 * wait for writer in writers for wait in writer.waits)
    done = [len(writer.waits) for writer in writers]
    return (
        f"{kind:22} {len(waits) / SECONDS:9.0f} {median(waits):10.1f} {waits[int(0.99 * (len(waits) - 1))]:9.1f} "
        f"{waits[-1]:9.1f} {f'{min(done)}-{max(done)}':>12} {sum(len(writer.errors) for writer in writers):7}"
    )


def main() -> None:
    """Print a line for every run."""
    print(f"{WRITERS} writers, {SECONDS:.0f} s each, one read and three inserts to a transaction\n{HEADINGS}")
    for kind in ("SQLite, queue", "SQLite, polling", "PostgreSQL"):
        for _ in range(RUNS):
            with home(kind) as own:
                print(row(kind, together(WRITERS, SECONDS, own)), flush=True)


if __name__ == "__main__":
    main()
