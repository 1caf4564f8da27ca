"""What encryption costs: encrypting and opening a value, a 4 MB photograph put and got, rows saved and read."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from bench.writers import home

ROUNDS = 2000
FILES = 30
ROWS = 2000


def main() -> int:
    """Measure each engine in a process of its own."""
    return max(measure_on(engine) for engine in ("SQLite", "PostgreSQL"))


def measure_on(engine: str) -> int:
    """Run the measurement in a new, empty home."""
    with home(engine) as environment:
        command = [sys.executable, "-m", "bench.vault", engine]
        return subprocess.run(command, env=environment, check=False).returncode


def measure(engine: str) -> None:
    """Print the table."""
    import django

    django.setup()
    print(f"\n{engine}\n{'what':38} {'median':>12} {'99th':>12}")
    for length in (100, 1_000, 10_000):
        values(length)
    photographs()
    rows()


def values(length: int) -> None:
    """Measure one value of a column."""
    from needlework.vault.envelope import decrypt, encrypt

    plain = os.urandom(length)
    encrypted = encrypt(plain, "bench:column:1")
    row(f"encrypt {length:,} bytes", timed(lambda: encrypt(plain, "bench:column:1"), ROUNDS), "µs")
    row(f"open {length:,} bytes", timed(lambda: decrypt(encrypted, "bench:column:1"), ROUNDS), "µs")


def photographs() -> None:
    """Measure a photograph, on the disk for good."""
    from needlework.vault import files

    photo = os.urandom(4 * 2**20)
    names: list[str] = []
    row("put a 4 MB file (two fsyncs)", timed(lambda: names.append(files.put(photo)), FILES), "ms")
    row("get a 4 MB file", timed(lambda: files.get(names[0]), FILES), "ms")


def rows() -> None:
    """Measure patients with encrypted notes, against the same patients when nobody reads the notes."""
    from needlework.patients.models import Patient
    from tests.factories import patients

    first = patients.patient(notes="Prefers mornings. " * 20)
    fields = {
        field.attname: getattr(first, field.attname) for field in Patient._meta.concrete_fields if not field.primary_key
    }
    Patient.objects.bulk_create(Patient(**fields) for _ in range(ROWS))
    row(f"read {ROWS:,} patients, notes unread", timed(lambda: [p.family_name for p in Patient.objects.all()], 5), "ms")
    row(f"read {ROWS:,} patients and their notes", timed(lambda: [p.notes for p in Patient.objects.all()], 5), "ms")
    row("save a patient", timed(first.save, 100), "ms")


def timed(work: Callable[[], Any], rounds: int) -> list[float]:
    """Return how many seconds each round took."""
    found = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
    return sorted(found)


def row(what: str, seconds: list[float], unit: str) -> None:
    """Print one line."""
    scale = {"µs": 1e6, "ms": 1e3}[unit]
    worst = seconds[int(0.99 * (len(seconds) - 1))]
    print(f"{what:38} {median(seconds) * scale:9.1f} {unit} {worst * scale:9.1f} {unit}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(sys.argv[1])
    else:
        sys.exit(main())
