"""What the child may use, from before its libraries are loaded: all the harm that a broken decoder could do otherwise.

The limits of `resource` hold on Linux and macOS, those of memory on Linux alone. On Linux the kernel is also asked for
no new privileges, no memory dumps, no network (a network namespace of its own) and no files (Landlock). A kernel that
knows none of these leaves the limits, of which no new file descriptors means no files, no sockets and no pipes.
"""

import ctypes
import resource
import struct
import sys

from needlework.imaging.files import limits

BASE_MEMORY = 64 << 20
"""Bytes for Python and the libraries: 13 MB are used, and the allocator keeps some for itself."""
BYTES_PER_PIXEL = 20
"""Bytes while decoding: the hungriest, a PNG of 16 bits with transparency, needs 16; JPEG and HEIC need 8."""
LIBRARIES = 512 << 20
"""Bytes of address space beyond the data: code of the libraries, and what threads reserve without using it."""
BASE_SECONDS = 5
PIXELS_PER_SECOND = 2_000_000
"""Processor time: ten times what the costliest, PNG of 16 bits and HEIC, need for 12 MP on the slower of today's."""
STREAMS = 3

NO_NEW_PRIVILEGES, DUMPABLE = 38, 4
OWN_USERS, OWN_NETWORK = 0x10000000, 0x40000000
CREATE_RULESET, RESTRICT_SELF = 444, 446
"""Of prctl(2), unshare(2) and landlock(7); the two numbers of Landlock are the same on every architecture."""
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}
"""How many rights on files each version of Landlock knows."""


def limit() -> None:
    """Set what holds for the whole life of the child; before any decoder is loaded."""
    for kind, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        resource.setrlimit(kind, (most, most))
    allow(limits.LARGEST_PIXELS, limits.LARGEST_BYTES)


def allow(pixels: int, size: int) -> None:
    """Set the memory and processor time that a file of a number of pixels and bytes may cost from here on."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    _soften(resource.RLIMIT_CPU, used + BASE_SECONDS + pixels // PIXELS_PER_SECOND)
    if sys.platform == "linux":
        memory = BASE_MEMORY + BYTES_PER_PIXEL * pixels + 3 * size
        _soften(resource.RLIMIT_DATA, memory)
        _soften(resource.RLIMIT_AS, memory + LIBRARIES)


def _soften(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def shut(*, threads: bool) -> None:
    """Give up files, sockets and privileges; after the decoders are loaded, before the first hostile byte is read.

    Without `threads` no process can be started either. libde265 cannot do without them, and the system counts both.
    """
    if sys.platform == "linux":
        _shut_kernel(ctypes.CDLL(None))
    resource.setrlimit(resource.RLIMIT_NOFILE, (STREAMS, STREAMS))
    if not threads:
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _shut_kernel(libc: ctypes.CDLL) -> None:
    libc.unshare(OWN_USERS | OWN_NETWORK)
    libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    libc.prctl(DUMPABLE, 0, 0, 0, 0)
    version = libc.syscall(CREATE_RULESET, None, 0, 1)
    if version < 1:
        return
    rights = max(number for since, number in FILE_RIGHTS.items() if since <= version)
    fields = struct.pack("3Q", (1 << rights) - 1, 0b11, 0b11)[: 24 if version >= 6 else 16 if version >= 4 else 8]
    ruleset = libc.syscall(CREATE_RULESET, fields, len(fields), 0)
    libc.syscall(RESTRICT_SELF, ruleset, 0)
