"""An app with heavy kinds of work and short leases, for a worker in a process of its own: `tests.heavy_settings`."""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

from django.apps import AppConfig

from needlework.work import kinds
from needlework.work.kinds import Retry, Task

LEASE = timedelta(seconds=1)


class HeavyConfig(AppConfig):
    name = "tests.heavy"
    path = str(Path(__file__).parent)

    def ready(self) -> None:
        from needlework.work import leases

        leases.LEASE = LEASE
        for handler in (notes, asks_again, fails, dies, takes_long):
            kinds.register(handler.__name__.replace("_", "-"), handler, heavy=True)


def notes(task: Task) -> None:
    """Write down which process did it, and that printing does not disturb the answer."""
    sys.stdout.write("a library that talks")
    Path(os.environ["NOTES"]).write_text(str(os.getpid()))


def asks_again(task: Task) -> Retry:
    return Retry(task.clock().replace(year=2100))


def fails(task: Task) -> None:
    raise LookupError("Robin Example")


def dies(task: Task) -> None:
    os.kill(os.getpid(), 9)


def takes_long(task: Task) -> None:
    """Outlive the lease that the worker was given."""
    Path(os.environ["NOTES"]).write_text(str(os.getpid()))
    time.sleep(LEASE.total_seconds() * 3)
