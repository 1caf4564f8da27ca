"""Workers killed at random while reminders go out: `python -m tests.outbox_kills --help`.

It runs on the migrated, empty database that the environment names, and prints what came of it as one line of JSON.
The provider is a process of its own that is never killed: what it has written down has left the house.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.outbox_mutants import MUTANTS
from tests.outbox_providers import mail_provider, sms_provider

JUMPS = (-7200, 0, 7200)


def main(arguments: list[str]) -> int:
    """Run one round."""
    asked = parsed(arguments)
    with tempfile.TemporaryDirectory(prefix="needlework-kills-") as passing:
        result = run(asked, Path(passing))
    sys.stdout.write(json.dumps(vars(asked) | result) + "\n")
    return 0


def run(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Queue, kill and judge."""
    with provider(asked.channel, folder / "arrived", asked.slow):
        import django

        django.setup()
        prepare(asked, folder / "offset")
        started = time.monotonic()
        kills = kill_until_drained(asked, folder / "offset")
        seconds = round(time.monotonic() - started, 1)
        return judged(folder / "arrived") | {"kills": kills, "seconds": seconds}


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--reminders", type=int, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=30, help="the least number of kills")
    parser.add_argument("--channel", choices=["sms", "email"], default="sms")
    parser.add_argument("--slow", type=float, default=0.01, help="the longest the provider thinks, in seconds")
    parser.add_argument("--jumps", action="store_true", help="put the clock two hours back and forth meanwhile")
    parser.add_argument("--mutant", choices=sorted(MUTANTS), default="none")
    parser.add_argument("--seed", type=int, default=9)
    return parser.parse_args(arguments)


@contextmanager
def provider(channel: str, arrived: Path, slow: float) -> Iterator[None]:
    """Run a provider in a process of its own, and set the product's environment to it."""
    from tests.providers import free_port

    arrived.touch()
    port = free_port()
    pid = os.fork()
    if pid == 0:
        random.seed(port)
        {"sms": sms_provider, "email": mail_provider}[channel](port, arrived, slow)
        os._exit(1)
    if channel == "sms":
        os.environ |= {"NEEDLEWORK_SMS_URL": f"http://127.0.0.1:{port}/", "NEEDLEWORK_SMS_TOKEN": "token"}
    else:
        os.environ |= {"NEEDLEWORK_SMTP_URL": f"smtp://127.0.0.1:{port}", "NEEDLEWORK_FROM": "hello@clinic.test"}
    try:
        yield
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def prepare(asked: argparse.Namespace, offset: Path) -> None:
    """Queue the reminders, and make leases and waits short enough for a test."""
    from django.db import connections

    from needlework.messages import kinds
    from needlework.work import leases, worker
    from tests.factories import messages as make

    leases.LEASE = timedelta(seconds=0.4)
    leases.FIRST_WAIT, leases.LONGEST_WAIT = timedelta(seconds=0.05), timedelta(seconds=0.2)
    leases.MOST_FAILURES = 100  # here it is not the jobs' fault that workers die
    worker.IDLE_SECONDS = 0.01
    if asked.jumps:
        jump(offset)
    MUTANTS[asked.mutant]()
    kinds.register(kinds.MessageKind(name="reminder", render=lambda _message: make.letter()))
    from needlework.work.clock import database_now

    now = database_now()
    early, late = now - timedelta(hours=3), now + timedelta(hours=9)
    for number in range(asked.reminders):
        make.queue(str(number), to_id=uuid4(), due_at=early, useful_until=late, at=now, channels=(asked.channel,))
    connections.close_all()


def jump(offset: Path) -> None:
    """Have every worker's clock follow an offset that the killer changes."""
    from needlework.work import clock, worker

    honest = clock.database_now
    offset.write_text("0")
    worker.database_now = lambda: honest() + timedelta(seconds=int(offset.read_text() or 0))


def kill_until_drained(asked: argparse.Namespace, offset: Path) -> int:
    """Keep the workers running, and kill one after another, until nothing is left to send."""
    random.seed(asked.seed)
    alive: list[int] = []
    kills = rounds = 0
    while rounds % 10 or not drained():
        rounds += 1
        alive += [forked() for _ in range(asked.workers - len(alive))]
        time.sleep(random.uniform(0.01, 0.06))
        if asked.jumps:
            set_offset(offset, random.choice(JUMPS) if kills < asked.kills else max(JUMPS))
        if kills < asked.kills or random.random() < 0.1:
            kill(alive.pop(random.randrange(len(alive))))
            kills += 1
    for pid in alive:
        kill(pid)
    return kills


def set_offset(offset: Path, seconds: int) -> None:
    new = offset.with_suffix(".new")
    new.write_text(str(seconds))
    new.replace(offset)


def forked() -> int:
    """Start a worker: the real one, in a process of its own."""
    pid = os.fork()
    if pid == 0:
        from needlework.work import worker

        worker.run_forever()
        os._exit(0)
    return pid


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def drained() -> bool:
    from django.db import connections

    from needlework.messages.operations import KIND_OF_WORK
    from needlework.work.models import Job, State

    open_ones = Job.objects.filter(kind=KIND_OF_WORK, state__in=[State.WAITING, State.LEASED])
    left = open_ones.count()
    connections.close_all()
    return left == 0


def judged(arrived: Path) -> dict[str, Any]:
    """Compare what the outbox believes with what the provider has."""
    from django.db import connection

    from needlework.messages.models import Message, State

    got = Counter(line.partition(".")[0] for line in arrived.read_text().split())
    believed = {str(pk): state for pk, state in Message.objects.values_list("pk", "state")}
    missing = {pk for pk in believed if pk not in got}
    return {
        "database": connection.vendor,
        "arrived": len(got),
        "lost": sum(believed[pk] != State.PARKED for pk in missing),
        "doubled": sum(count > 1 for count in got.values()),
        "parked": sum(state == State.PARKED for state in believed.values()),
        "states": Counter(believed.values()),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
