"""Power cuts without a plug: a file system on a loop device that is shut down with all it had not yet written.

FS_IOC_SHUTDOWN without flushing its log throws away every page and every journal entry that is not on the disk: what
is left is what a clinic would find after the lights went out. A disk that lies about its cache is not simulated.
"""

import fcntl
import json
import os
import random
import re
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

SHUTDOWN, WITHOUT_FLUSHING = 0x8004587D, 2
DISK_BYTES = 128 << 20
RAN = (0.4, 0.9)
"""How long a writer writes before the cut, in seconds: before the kernel writes back by itself."""


class NoLoopDeviceError(Exception):
    """This machine lets nobody mount a file as a disk."""


@dataclass
class Losses:
    """What was acknowledged before the cuts, and what of it was not there afterwards."""

    acknowledged: int = 0
    lost: int = 0
    files_lost: int = 0
    damaged: list[str] = field(default_factory=list)


def cut_again_and_again(cycles: int, prepared: Path, folder: Path, environment: Mapping[str, str]) -> Losses:
    """Write to a copy of a prepared home on a disk of its own, cut the power, look; so many times."""
    losses = Losses()
    chance = random.Random(cycles)
    for _ in range(cycles):
        with disk(folder) as mounted:
            own = {**environment, "NEEDLEWORK_HOME": str(mounted / "home")}
            shutil.copytree(prepared, mounted / "home")
            os.sync()
            acknowledged = _written_until_cut(mounted, own, chance.uniform(*RAN))
            _unmount(mounted)
            _mount(mounted)
            found = json.loads(_python("look", own, acknowledged))
        losses.acknowledged += len(acknowledged)
        losses.lost += found["lost"]
        losses.files_lost += found["files_lost"]
        losses.damaged += found["damaged"]
    return losses


@contextmanager
def disk(folder: Path) -> Iterator[Path]:
    """Make and mount a disk; unmount it, which also gives its loop device back, whatever happened."""
    mounted = folder / "disk"
    mounted.mkdir(exist_ok=True)
    with _image(mounted).open("wb") as image:
        image.truncate(DISK_BYTES)
    _run("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0", str(_image(mounted)))
    _mount(mounted)
    try:
        yield mounted
    finally:
        if mounted.is_mount():
            _unmount(mounted)


def loop_devices(folder: Path) -> str:
    """Return the loop devices that still hold a disk of this folder."""
    return _run("losetup", "--associated", str(_image(folder / "disk")))


def _image(mounted: Path) -> Path:
    return mounted.with_suffix(".img")


def _mount(mounted: Path) -> None:
    try:
        _run("mount", "-o", "loop", str(_image(mounted)), str(mounted))
    except subprocess.CalledProcessError as refused:
        raise NoLoopDeviceError(refused.stderr) from None


def _unmount(mounted: Path) -> None:
    """Unmount; whoever used the disk may take a moment to let go."""
    for _ in range(100):
        if subprocess.run(["umount", mounted], stderr=subprocess.DEVNULL, check=False).returncode == 0:
            return
        time.sleep(0.05)
    raise RuntimeError(f"{mounted} cannot be unmounted")


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _written_until_cut(mounted: Path, own: dict[str, str], seconds: float) -> list[str]:
    """Let a writer write, cut the power, and return what it had acknowledged before."""
    command = [sys.executable, "-m", "tests.power", "write"]
    with subprocess.Popen(command, env=own, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as writer:
        pipe = writer.stdout.fileno()
        said = os.read(pipe, 65536)
        time.sleep(seconds)
        said += _arrived(pipe)
        _cut(mounted)
        writer.send_signal(signal.SIGKILL)
    return re.findall(r"^(\S+ \S+)\n", said.decode(), re.MULTILINE)


def _arrived(pipe: int) -> bytes:
    """Return what has arrived already: after the cut, a call that raced it may still report success."""
    os.set_blocking(pipe, False)
    said = b""
    try:
        while piece := os.read(pipe, 65536):
            said += piece
    except BlockingIOError:
        pass
    return said


def _cut(mounted: Path) -> None:
    descriptor = os.open(mounted, os.O_RDONLY)
    fcntl.ioctl(descriptor, SHUTDOWN, struct.pack("I", WITHOUT_FLUSHING))
    os.close(descriptor)


def _python(task: str, own: dict[str, str], lines: list[str]) -> str:
    command = [sys.executable, "-m", "tests.power", task]
    return subprocess.run(command, env=own, input="\n".join(lines), check=True, capture_output=True, text=True).stdout


def write() -> None:
    """Store a file and append the event that names it, again and again; acknowledge each when it has committed."""
    from uuid import uuid4

    from django.db import transaction

    from needlework.accounts.models import Organisation
    from needlework.audit.record import SYSTEM, record
    from needlework.vault import files
    from tests.writing import WRITTEN_AT

    while True:
        organisation = Organisation(pk=uuid4())
        name = files.put(organisation.pk.bytes * 512)
        with transaction.atomic():
            record("photo-stored", organisation, by=SYSTEM, at=WRITTEN_AT, fields=[name])
        os.write(1, f"{organisation.pk} {name}\n".encode())


def look() -> None:
    """Print what of the acknowledged is gone."""
    from uuid import UUID

    from django.db import connection

    from needlework.audit.models import Event
    from needlework.vault import files
    from needlework.vault.errors import VaultError

    acknowledged = dict(line.split() for line in sys.stdin.read().splitlines())
    found = {subject: fields[0] for subject, fields in Event.objects.values_list("subject_id", "fields")}
    with connection.cursor() as cursor:
        integrity = [row[0] for row in cursor.execute("PRAGMA integrity_check").fetchall()]

    def whole(subject: str, name: str) -> bool:
        try:
            return files.get(name) == UUID(subject).bytes * 512
        except VaultError:
            return False

    said = {
        "lost": len(acknowledged.keys() - found.keys()),
        "files_lost": sum(not whole(subject, name) for subject, name in found.items()),
        "damaged": [line for line in integrity if line != "ok"],
    }
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    import django

    django.setup()
    {"write": write, "look": look}[sys.argv[1]]()
