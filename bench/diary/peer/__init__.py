"""The diary beside django-appointment: each in a fresh process, in turn, on the same machine and databases.

The peer is installed into a passing venv, because its dependencies would change ours. Of each call the CPU time of its
process counts, and on PostgreSQL that of the server's processes too. What is compared is not the same thing: the peer's
calls are its views, with the session and the middleware that they need, and look for nothing; ours are the operations
behind our pages, which look again whether the time is offered and lock it. The letters that a booking causes are
written by the worker later here, and handed to a mail backend that drops them there.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from psycopg.conninfo import conninfo_to_dict

from bench.forecast.table import Row
from tests import postgres

FOLDER = Path(__file__).parent
PAST, TURNS = 1_000, 5
WANTED = {("SQLite", "day"): 5, ("PostgreSQL", "day"): 10, ("SQLite", "booking"): 5, ("PostgreSQL", "booking"): 5}
WORDS = {"day": "one day's times", "booking": "one booking"}
Measured = dict[str, float]


def rows() -> Iterator[Row]:
    """Measure both in turn on each engine."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="needlework-bench-")))
        python = installed(folder / "venv")
        server = stack.enter_context(postgres.server())
        for engine in ("SQLite", "PostgreSQL"):
            turns = [(ours(folder, engine, server), peers(python, folder, engine, server)) for _ in range(TURNS)]
            for what, words in WORDS.items():
                own, other = (median(turn[who][what] for turn in turns) for who in (0, 1))
                times = median(theirs[what] / mine[what] for mine, theirs in turns)
                yield Row(
                    f"{words}, {engine}, after {PAST} appointments",
                    f"{own:.1f} ms CPU; peer {other:.1f} ms: {times:.1f} times over",
                    f"{WANTED[engine, what]} times over",
                    "django-appointment 3.12.0",
                )


def installed(place: Path) -> Path:
    """Make the peer's venv, and return its Python."""
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    pip = [place / "bin" / "python", "-m", "pip", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "-r", FOLDER / "requirements.txt"], check=True, stderr=subprocess.DEVNULL)
    return place / "bin" / "python"


def ours(folder: Path, engine: str, server: str) -> Measured:
    """Measure our own in a fresh home."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=folder)))
        url = stack.enter_context(postgres.database(server)) if engine == "PostgreSQL" else ""
        environment = os.environ | {
            "NEEDLEWORK_HOME": str(home),
            "NEEDLEWORK_KEY_FILE": f"{home}.key",
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "needlework.config.settings",
        }
        return asked([sys.executable, "-m", "bench.diary.peer.ours", str(PAST)], environment)


def peers(python: Path, folder: Path, engine: str, server: str) -> Measured:
    """Measure the peer on a fresh database."""
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(dir=folder))
        if engine == "PostgreSQL":
            parts = conninfo_to_dict(stack.enter_context(postgres.database(server)))
            names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
            database = {names[part]: value for part, value in parts.items() if part in names}
            database |= {"ENGINE": "django.db.backends.postgresql"}
        else:
            database = {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{home}/db.sqlite3"}
        command = [str(python), str(FOLDER / "site.py"), home, json.dumps(database), str(PAST)]
        return asked(command, {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")})


def asked(command: list[str], environment: dict[str, str]) -> Measured:
    """Run one measurement and return what it printed."""
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    measured: Measured = json.loads(done.stdout.splitlines()[-1])
    return measured
