"""From a path to a `Shot`, whatever the file is.

Files come from strangers. The caller's process reads a file's bytes, looks at the first 64 of them and computes the
digest; everything else happens in a child process that can do nothing but decode (`confinement`). One sentence comes
back for whatever cannot be taken, as an `InputError` whose field is the file's name.
"""

import hashlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from needlework.evidence.errors import InputError
from needlework.imaging.files import decoder, limits
from needlework.imaging.files.kinds import ACCEPTED, kind
from needlework.imaging.files.refusals import SENTENCES, RefusedError
from needlework.imaging.shots import Shot, Source

SAVE_AS = "Save it as JPEG, PNG or HEIC."
NAME_ONE = "Name a file with one photograph."
FEWER = "Take it with fewer pixels, as a JPEG: 12 megapixels are enough."
MEGABYTE = 1_000_000


def read_all(paths: Iterable[Path]) -> tuple[Shot, ...]:
    """Return the photographs of files in their order, upright and in sRGB; one child decodes them all.

    Raises
    ------
    InputError
        A file cannot be read, is no JPEG, PNG or HEIC, or is damaged, hostile or too large.

    """
    return decode([(str(path), content(path, name=str(path))) for path in paths])


def decode(files: Iterable[tuple[str, bytes]]) -> tuple[Shot, ...]:
    """Return the photographs of files that are in memory, each with the name that messages call it."""
    named = [(clean(name), data) for name, data in files]
    wanted = sorted({_accepted(name, data) for name, data in named})
    if not wanted:
        return ()
    with decoder.started(wanted) as process:
        return tuple(_shot(process, name, data) for name, data in named)


def content(path: Path, *, name: str) -> bytes:
    """Return the bytes of an ordinary file, at most one more than is taken; `name` is what messages call it."""
    called = clean(name)
    try:
        with open(path, "rb", opener=_without_waiting) as opened:
            regular = stat.S_ISREG(os.fstat(opened.fileno()).st_mode)
            data = opened.read(limits.LARGEST_BYTES + 1) if regular else None
    except (OSError, ValueError) as wrong:  # a name with a NUL is a ValueError
        reason = getattr(wrong, "strerror", None) or "there is no such thing"
        raise InputError(called, f"It cannot be read ({reason}). {NAME_ONE}") from None
    if data is None:
        raise InputError(called, f"It is a pipe or a device. {NAME_ONE}")
    return data


def _without_waiting(path: str, way: int) -> int:
    """Open a file as `open` would, but never wait for who writes into a pipe."""
    return os.open(path, way | os.O_NONBLOCK)


def clean(name: str) -> str:
    """Return a name fit for a message of one line: what cannot be printed becomes `?`."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)


def _accepted(name: str, data: bytes) -> str:
    if not data:
        raise InputError(name, "It is empty. Copy it again from the camera or phone.")
    if len(data) > limits.LARGEST_BYTES:
        raise InputError(name, f"It is larger than {limits.LARGEST_BYTES // MEGABYTE} MB. {FEWER}")
    found = kind(data)
    if found is None:
        raise InputError(name, f"It is no photograph of a kind that is known. {SAVE_AS}")
    if found not in ACCEPTED:
        raise InputError(name, f"It seems to be {found}, which is not taken. {SAVE_AS}")
    return found


def _shot(process: decoder.Decoder, name: str, data: bytes) -> Shot:
    try:
        image, answer = decoder.decode(process, data)
    except RefusedError as wrong:
        raise InputError(name, SENTENCES[wrong.refusal]) from None
    source = Source(kind(data) or "", answer.width, answer.height, answer.jpeg_quality, answer.edited_with)
    return Shot(name, image, hashlib.sha256(data).hexdigest(), source)
