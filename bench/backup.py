"""A clinic of 10 000 patients and 500 photographs: backed up, restored, its data key rotated, moved to PostgreSQL."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from bench.writers import home
from tests import postgres
from tests.serving import command

PATIENTS, FILES, FILE_BYTES = 10_000, 500, 2**20
HEADINGS = f"{'what':34} {'seconds':>8} {'peak MB':>8}"


def main() -> int:
    """Measure on both engines."""
    for engine in ("SQLite", "PostgreSQL"):
        with home(engine) as environment, tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
            subprocess.run([sys.executable, "-m", "bench.backup", "fill"], env=environment, check=True)
            print(f"\n{engine}: {PATIENTS:,} patients, {FILES} files of 1 MB\n{HEADINGS}", flush=True)
            looked_after(environment, Path(folder), stack)
    return 0


def looked_after(environment: dict[str, str], folder: Path, stack: ExitStack) -> None:
    """Do what is done to a clinic's data, and print what it took."""
    backup = folder / "clinic.backup"
    run("backup", environment, "backup", str(backup))
    print(f"{'  its size, MB':34} {backup.stat().st_size / 1e6:8.0f}")
    server = stack.enter_context(postgres.server())
    run("restore", elsewhere(environment, folder, stack, server), "restore", str(backup))
    run("manage rotate_keys (waits 5 s)", environment, "manage", "rotate_keys")
    if not environment.get("DATABASE_URL"):
        run("move-to", environment, "move-to", stack.enter_context(postgres.database(server)))


def elsewhere(environment: dict[str, str], folder: Path, stack: ExitStack, server: str) -> dict[str, str]:
    """Return the environment of an empty home with the same key."""
    key = Path(f"{environment['NEEDLEWORK_HOME']}.key")
    shutil.copy(key, folder / "new.key")
    url = stack.enter_context(postgres.database(server)) if environment.get("DATABASE_URL") else ""
    return environment | {"NEEDLEWORK_HOME": str(folder / "new"), "DATABASE_URL": url}


def run(what: str, environment: dict[str, str], *arguments: str) -> None:
    """Run a command, and print how long it took and how much memory it held."""
    started = time.perf_counter()
    process = subprocess.Popen(command(*arguments), env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{what} ended with {process.returncode}")
    print(f"{what:34} {time.perf_counter() - started:8.1f} {used.ru_maxrss / 1024:8.0f}", flush=True)


def fill() -> None:
    """Fill an empty home."""
    import django

    django.setup()
    from needlework.patients.models import Patient
    from needlework.vault import files
    from tests.factories import patients

    first = patients.patient(notes="Prefers mornings. " * 20)
    fields = {
        field.attname: getattr(first, field.attname) for field in Patient._meta.concrete_fields if not field.primary_key
    }
    Patient.objects.bulk_create((Patient(**fields) for _ in range(PATIENTS)), batch_size=1000)
    photo = os.urandom(FILE_BYTES)
    for _ in range(FILES):
        files.put(photo)


if __name__ == "__main__":
    if sys.argv[1:] == ["fill"]:
        fill()
    else:
        sys.exit(main())
