"""Finding times: one day, a month, three months and the dates of a course, after up to a million appointments.

The databases of one engine are built once, each from the one before it, and asked in turn, so that a busy machine slows
all of them alike. CPU is this process's; on PostgreSQL that of its server process stands beside it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from bench.diary import _filled
from bench.forecast.table import Row, line

LEVELS = (0, 1_000, 100_000, 1_000_000)
ROUNDS = 60
PEER_MONTH_MS = 3.3
TICKS = os.sysconf("SC_CLK_TCK")


def rows() -> Iterator[Row]:
    """Measure each engine in a process of its own."""
    from tests import postgres

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="needlework-bench-")))
        server = stack.enter_context(postgres.server())
        for engine in ("SQLite", "PostgreSQL"):
            home = folder / engine
            home.mkdir(mode=0o700)
            environment = os.environ | {
                "NEEDLEWORK_HOME": str(home),
                "NEEDLEWORK_KEY_FILE": str(folder / f"{engine}.key"),
                "DATABASE_URL": stack.enter_context(postgres.database(server)) if engine == "PostgreSQL" else "",
                "DJANGO_SETTINGS_MODULE": "needlework.config.settings",
            }
            command = [sys.executable, "-m", "bench.diary.availability", engine, server]
            printed = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
            yield from (Row(*text.strip("| ").split(" | ")) for text in printed.splitlines())


def measure(engine: str, server: str) -> None:
    """Build the databases of one engine, ask them, and print the rows."""
    import logging

    import django

    django.setup()
    logging.disable()
    with ExitStack() as stack:
        for row in found(engine, dict(built(stack, server))):
            print(line(row), flush=True)


def built(stack: ExitStack, server: str) -> Iterator[tuple[int, Any]]:
    """Yield, for each number of past appointments, a connection to a database that holds as many."""
    from django.db import connections
    from django.db.utils import load_backend

    settings, before = dict(connections.settings["default"]), 0
    for level in LEVELS:
        database = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
        connections["default"] = database
        if level == 0:
            _filled.build()
        else:
            _filled.add_past(before, level)
        with database.cursor() as cursor:
            cursor.execute("ANALYZE" if database.vendor == "sqlite" else "VACUUM ANALYZE")
        print(f"{database.vendor}: {level:,} past appointments are there", file=sys.stderr, flush=True)
        database.close()
        yield level, database
        if level < LEVELS[-1]:
            settings, before = copied(stack, settings, server), level


def copied(stack: ExitStack, settings: dict[str, Any], server: str) -> dict[str, Any]:
    """Return the settings of a copy of a database."""
    from tests import postgres

    if "sqlite" in settings["ENGINE"]:
        new = f"{settings['NAME']}+"
        shutil.copy(settings["NAME"], new)
        return settings | {"NAME": new}
    from needlework.config import databases

    url = stack.enter_context(postgres.database(server, like=settings["NAME"]))
    place = databases.postgres(url)
    return settings | {name: place[name] for name in ("NAME", "USER", "HOST", "PORT", "PASSWORD")}


def found(engine: str, levels: dict[int, Any]) -> Iterator[Row]:
    """Yield the rows of one engine."""
    works = wishes()
    one_day = works.pop("one day, one of 20 practitioners, 20 rooms")
    spent = interleaved(one_day, levels)
    usual = {level: median(times) for level, times in spent.items()}
    apart = max(usual.values()) / min(usual.values()) - 1
    reads = {level: read(one_day, database) for level, database in levels.items()}
    alike = "the same" if len({sql for sql, _ in reads.values()}) == 1 else "NOT the same"
    counted = ", ".join(f"{count}" for _, count in reads.values())
    yield Row(
        f"{engine}: one day, online, after {', '.join(f'{level:,}' for level in levels)} appointments",
        ", ".join(f"{ms:.2f}" for ms in usual.values()) + f" ms; {apart:.0%} apart",
        "under 5 ms, within 20%",
        f"{len(reads[0][0])} statements, {alike}; rows read {counted}{server_share(one_day, levels)}",
    )
    ends = {level: levels[level] for level in (0, max(levels))}
    for what, (work, wanted) in works.items():
        ms = [f"{median(times):.1f}" for times in interleaved(work, ends, 9).values()]
        yield Row(f"{engine}: {what}", f"{' to '.join(ms)} ms", wanted, "empty to fullest")


def wishes() -> dict[str, Any]:
    """Return what is asked, by its words: a call, and what is wanted of it."""
    from needlework.diary.models import Resource, Service
    from needlework.diary.queries.availability import Asking, offers
    from needlework.diary.queries.proposals import Wishes, proposals
    from needlework.patients.models import Patient

    at, monday = _filled.AT, _filled.MONDAY
    treatment, talk = Service.objects.get(name="Treatment"), Service.objects.get(name="Talk")
    dana = Resource.objects.filter(kind="practitioner").order_by("id")[3]
    patient = Patient.objects.get(pk=_filled.PATIENT)
    online, staff = Asking(online=True, patient=patient), Asking(online=False, patient=patient)
    day = monday + timedelta(30)

    def starts(service: Any, days: int, practitioner: Any = None) -> Callable[[], object]:
        span = {"first": day, "last": day + timedelta(days - 1), "practitioner": practitioner}
        return lambda: [one.starts for one in offers(service, **span, asking=online, at=at).days]

    def quarter() -> object:
        return offers(treatment, first=monday, last=monday + timedelta(90), asking=online, at=at)

    six = {"sessions": 6, "least_days": 28, "most_days": 42, "first_day": monday, "weekdays": frozenset({1, 3})}

    def course() -> object:
        found = proposals(Wishes(service=treatment, **six), staff, at)
        assert len(found.chosen) == 6
        return found

    return {
        "one day, one of 20 practitioners, 20 rooms": starts(treatment, 1, dana),
        "one day, any of 20, every time with its room": (starts(treatment, 1), "under 5 ms"),
        "a month, one practitioner, every time": (starts(talk, 31, dana), f"under {PEER_MONTH_MS} ms"),
        "a month, one practitioner and any of 20 rooms, every time": (starts(treatment, 31, dana), "–"),
        "three months, any of 20, 20 rooms, how many each day": (quarter, "under 60 ms"),
        "three months, any of 20, 20 rooms, every time with its room": (starts(treatment, 91), "–"),
        "best dates for a course of 6 over 9 months, any of 20": (course, "under 100 ms"),
    }


def interleaved(work: Callable[[], object], levels: dict[int, Any], rounds: int = ROUNDS) -> dict[int, list[float]]:
    """Return the CPU milliseconds of many calls on each database, asked in turn, the first two not counted."""
    from django.db import connections

    spent: dict[int, list[float]] = {level: [] for level in levels}
    for turn in range(rounds + 2):
        for level, database in levels.items():
            connections["default"] = database
            begun = time.process_time()
            work()
            if turn > 1:
                spent[level].append(1000 * (time.process_time() - begun))
    return spent


def read(work: Callable[[], object], database: Any) -> tuple[tuple[str, ...], int]:
    """Return the statements that a call runs, and how many rows they bring."""
    from django.db import connections

    connections["default"] = database
    ran: list[tuple[str, Any]] = []

    def keep(execute: Callable[..., Any], statement: str, values: Any, *rest: Any) -> Any:
        ran.append((statement, values))
        return execute(statement, values, *rest)

    with database.execute_wrapper(keep):
        work()
    with database.cursor() as cursor:
        brought = []
        for statement, values in ran:
            cursor.execute(statement, values)
            brought.append(len(cursor.fetchall()))
    return tuple(statement for statement, _ in ran), sum(brought)


def server_share(work: Callable[[], object], levels: dict[int, Any]) -> str:
    """Return what PostgreSQL's own process spends on a call, in words; nothing on SQLite, which is in this process."""
    if next(iter(levels.values())).vendor == "sqlite":
        return ""
    from django.db import connections

    spent = []
    for database in levels.values():
        connections["default"] = database
        with database.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
        before = ticks(stat)
        for _ in range(200):
            work()
        spent.append(1000 * (ticks(stat) - before) / TICKS / 200)
    return f"; its server {', '.join(f'{ms:.1f}' for ms in spent)} ms"


def ticks(stat: Path) -> int:
    """Return the CPU ticks that a process has spent."""
    return sum(map(int, stat.read_text().rpartition(")")[2].split()[11:13]))


if __name__ == "__main__":
    measure(*sys.argv[1:])
