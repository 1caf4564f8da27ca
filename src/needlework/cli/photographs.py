"""The photographs that a command is given: files, and that of standard input for `-`."""

import sys
from collections.abc import Sequence
from pathlib import Path

from needlework.evidence.errors import InputError
from needlework.imaging.files import limits
from needlework.imaging.files.reading import content, decode
from needlework.imaging.shots import Shot

STANDARD_INPUT = Path("-")


def read(paths: Sequence[Path]) -> tuple[Shot, ...]:
    """Return the photographs in their order.

    Raises InputError for one that cannot be taken, and where standard input is named more than once.
    """
    if paths.count(STANDARD_INPUT) > 1:
        raise InputError(str(STANDARD_INPUT), "Standard input holds one photograph. Name the others as files.")
    return decode([(str(path), _content(path)) for path in paths])


def _content(path: Path) -> bytes:
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read(limits.LARGEST_BYTES + 1) if sys.stdin else b""
    return content(path, name=str(path))
