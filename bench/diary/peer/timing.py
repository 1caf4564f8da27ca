"""CPU time of a call: of this process, and of the database's server process behind its connection."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from django.db import connection

ROUNDS = 40
TICKS = os.sysconf("SC_CLK_TCK")


def timed(call: Callable[[int], None]) -> float:
    """Return CPU milliseconds per call: the median of this process's, and the server's mean; two calls warm up."""
    call(0)
    call(1)
    spent, server = [], server_seconds()
    for number in range(2, ROUNDS + 2):
        begun = time.process_time()
        call(number)
        spent.append(time.process_time() - begun)
    return 1000 * (median(spent) + (server_seconds() - server) / ROUNDS)


def server_seconds() -> float:
    """Return what the server process has used, in steps of a hundredth of a second; 0 for SQLite, which has none."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
