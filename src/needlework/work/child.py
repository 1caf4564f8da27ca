"""Heavy work in a process of its own (`alone`), which ends with the task, and its memory with it."""

import json
import subprocess
import sys
import threading
import time
from datetime import datetime

from needlework.work import leases
from needlework.work.kinds import Retry, Task
from needlework.work.limits import OverranError

LONGEST_SECONDS = 900.0
LOOK_SECONDS = 0.2


class ChildFailedError(Exception):
    """The task's process failed, or died."""


def run(task: Task, stop: threading.Event) -> Retry | None:
    """Run a task in a process of its own, with its lease renewed meanwhile; give it back when the worker must stop."""
    command = [sys.executable, "-m", "needlework.work.alone", str(task.id), str(task.attempt)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)  # noqa: S603 - our own module
    try:
        if not _waited_for(process, task, stop):
            return Retry(task.clock())
        said = process.stdout.read() if process.stdout else b""
    finally:
        process.kill()
        process.communicate()
    if process.returncode != 0:
        raise ChildFailedError(said.decode(errors="replace") or f"exit {process.returncode}")
    at = json.loads(said)
    return Retry(datetime.fromisoformat(at)) if at else None


def _waited_for(process: subprocess.Popen[bytes], task: Task, stop: threading.Event) -> bool:
    """Wait for the process to end; False when the worker is told to stop before."""
    started = renewed = time.monotonic()
    while process.poll() is None:
        if stop.wait(LOOK_SECONDS):
            return False
        now = time.monotonic()
        if now - started > LONGEST_SECONDS:
            raise OverranError
        if now - renewed > leases.LEASE.total_seconds() / 3:
            leases.renew(task)
            renewed = now
    return True
