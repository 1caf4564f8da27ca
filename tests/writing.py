"""A writer as the product writes: a transaction of one read and three events. `python -m tests.writing SECONDS`.

It says "ready", waits for a line, writes until its time is over and prints what it waited and what went wrong.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime

WRITTEN_AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Writer:
    """What one process wrote: the seconds that each transaction took, and the errors."""

    waits: list[float]
    errors: list[str]


def together(count: int, seconds: float, environment: dict[str, str]) -> list[Writer]:
    """Let so many processes write at the same time, and return what each of them found."""
    command = [sys.executable, "-m", "tests.writing", str(seconds)]
    processes = [
        subprocess.Popen(command, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(count)
    ]
    for process in processes:
        process.stdout.readline()
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    return [Writer(**json.loads(process.communicate(timeout=seconds + 60)[0])) for process in processes]


def main() -> None:
    import django

    django.setup()
    from django.db import DatabaseError, connection

    connection.ensure_connection()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    waits, errors = [], []
    end = time.perf_counter() + float(sys.argv[1])
    while (began := time.perf_counter()) < end:
        try:
            write()
            waits.append(time.perf_counter() - began)
        except DatabaseError as error:
            errors.append(f"{type(error).__name__}: {error}")
    sys.stdout.write(json.dumps({"waits": waits, "errors": errors}))


def write() -> None:
    """Do one transaction: read an event, append three."""
    from django.db import transaction

    from needlework.accounts.models import Organisation
    from needlework.audit.models import Event
    from needlework.audit.record import SYSTEM, record

    with transaction.atomic():
        Event.objects.order_by("-id").values_list("id", flat=True).first()
        for verb in ("session-started", "session-paused", "session-ended"):
            record(verb, Organisation(), by=SYSTEM, at=WRITTEN_AT)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "needlework.config.settings")
    main()
