"""What the child can still do once it is confined, tried from inside."""

import socket
import subprocess
import sys

import pytest

from tests.needs import needs

TRIED = """
import os, resource, socket, sys
from needlework.imaging.files import confinement

folder, port, close = sys.argv[1], int(sys.argv[2]), sys.argv[3]
TRIALS = {
    "write": lambda: os.open(folder + "/new", os.O_WRONLY | os.O_CREAT),
    "read": lambda: os.open(folder + "/old", os.O_RDONLY),
    "connect": lambda: socket.create_connection(("127.0.0.1", port), 2),
    "send": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", port)),
    "hoard": lambda: bytearray(confinement.BYTES_PER_PIXEL * 12_000_000 + confinement.BASE_MEMORY),
    "open up": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (99, 99)),
    "drop a core": lambda: resource.setrlimit(resource.RLIMIT_CORE, (99, 99)),
    "delete": lambda: os.unlink(folder + "/old"),
    "truncate": lambda: os.truncate(folder + "/old", 0),
    "signal": lambda: os.kill(os.getppid(), 0),
    "execute": lambda: os.execv(sys.executable, [sys.executable, "-c", "print('can execute')"]),
}
confinement.limit()
confinement.allow(12_000_000, 1)
confinement.shut(threads=False)
if close == "close":
    os.close(0)  # so that what is opened next may be had in its place
print("seconds", resource.getrlimit(resource.RLIMIT_CPU)[0], flush=True)
print("processes", *resource.getrlimit(resource.RLIMIT_NPROC), flush=True)
for name, trial in TRIALS.items():
    try:
        trial()
    except (OSError, ValueError, MemoryError):
        continue
    print("can", name, flush=True)
"""
LIMITS = ["seconds 12", "processes 0 0"]
PROBE = "import ctypes; libc = ctypes.CDLL(None); print(libc.unshare(0x50000000), libc.syscall(444, None, 0, 1))"
SCOPED = 6
"""The version of Landlock that knows signals."""


@pytest.fixture
def said(tmp_path):
    """Return what a confined child says it can do, with a file to spoil and a server to reach."""
    (tmp_path / "old").write_text("old")

    def tried(*options: str) -> list[str]:
        with socket.create_server(("127.0.0.1", 0)) as server:
            command = [sys.executable, "-I", "-c", TRIED, str(tmp_path), str(server.getsockname()[1]), *options]
            return subprocess.run(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, check=False).stdout

    return lambda *options: tried(*options).decode().splitlines()


def test_limits_alone_leave_no_file_no_socket_no_process_and_little_memory(said):
    told = said("keep")
    assert told[:2] == LIMITS
    assert set(told[2:]) <= {"can delete", "can truncate", "can signal", "can execute"}


def test_with_the_kernel_s_help_a_child_can_only_compute(said, tmp_path):
    probed = subprocess.run([sys.executable, "-I", "-c", PROBE], capture_output=True, check=False).stdout
    refused, version = (int(number) for number in probed.split() or (1, 0))
    needs(not refused and version >= SCOPED, "user namespaces and Landlock 6 are missing: use Linux 6.12 or newer")
    assert said("close") == LIMITS
    assert (tmp_path / "old").read_text() == "old"
