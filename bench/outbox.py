"""1,500 reminders while workers are killed 700 times and more: how many are lost, doubled, left to a person."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests import postgres
from tests.serving import environment

OPEN = "from needlework.cli import installation; installation.opened()"
SIZE = ("--reminders", "1500", "--kills", "700", "--slow", "0.02")
RUNS = {
    "key honoured (SMS)": (),
    "key honoured, clock ±2 h": ("--jumps",),
    "no key (SMTP)": ("--channel", "email"),
    "mutant: mark first": ("--mutant", "mark-first"),
    "mutant: send first": ("--mutant", "send-first"),
    "mutant: SMTP trusted": ("--mutant", "trust-mail", "--channel", "email"),
}
HEADINGS = (
    f"{'policy':26} {'engine':12} {'kills':>6} {'sent':>6} {'parked':>7} {'lost':>5} {'doubled':>8} {'seconds':>8}"
)


@contextmanager
def home(engine: str) -> Iterator[dict[str, str]]:
    """Yield the environment of a new, empty installation."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="needlework-bench-")))
        own = environment(folder / "home")
        if engine == "PostgreSQL":
            own["DATABASE_URL"] = stack.enter_context(postgres.database(stack.enter_context(postgres.server())))
        subprocess.run([sys.executable, "-c", OPEN], env=own, check=True)
        yield own | {"DJANGO_SETTINGS_MODULE": "needlework.config.settings"}


def row(policy: str, engine: str) -> str:
    """Run one round, and return its line of the table."""
    with home(engine) as own:
        command = [sys.executable, "-m", "tests.outbox_kills", *SIZE, *RUNS[policy]]
        ended = subprocess.run(command, env=own, check=False, capture_output=True, text=True)
    if ended.returncode != 0:
        raise SystemExit(ended.stderr[-2000:])  # before that come the lines of workers that were killed
    came = json.loads(ended.stdout)
    return (
        f"{policy:26} {engine:12} {came['kills']:6} {came['states'].get('sent', 0):6} {came['parked']:7} "
        f"{came['lost']:5} {came['doubled']:8} {came['seconds']:8}"
    )


def main() -> None:
    """Print a line for every policy on every engine."""
    print(HEADINGS)
    for policy in RUNS:
        for engine in ("SQLite", "PostgreSQL"):
            print(row(policy, engine), flush=True)


if __name__ == "__main__":
    main()
