"""What lies inside the encrypted stream of a backup: parts, each with a head, blocks and the digest of its content.

A head is a small JSON object with a `kind`: `about` comes first (who made the backup, of what), then the `database` or
each `table`, then each `file`, and `contents` last (how many rows and files there must be).
"""

import json
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from needlework.vault import stream
from needlework.vault.errors import UnreadableBackupError

LENGTH = struct.Struct(">I")
BLOCK = 2**18

Head = dict[str, Any]


@dataclass
class Contents:
    """How many rows each table has, and how many files there are."""

    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0

    def __str__(self) -> str:
        return f"{sum(self.rows.values()):,} rows in {len(self.rows)} tables and {self.files:,} files"


def add(out: stream.Writer, head: Mapping[str, Any], blocks: Iterable[bytes]) -> None:
    """Write one part."""
    digest = sha256()
    _write(out, json.dumps(head).encode())
    for block in blocks:
        if block:
            digest.update(block)
            _write(out, block)
    _write(out, b"")
    out.write(digest.digest())


def add_value(out: stream.Writer, kind: str, value: Any) -> None:
    """Write a part that holds one JSON value."""
    add(out, {"kind": kind}, [json.dumps(value).encode()])


def parts(source: stream.Reader) -> Iterator[tuple[Head, Iterator[bytes]]]:
    """Go through the parts; what of a part's blocks is not taken is read, and checked, all the same."""
    while not source.at_end():
        head: Head = json.loads(_block(source))
        blocks = _checked(source, head)
        yield head, blocks
        for _ in blocks:
            pass


def value(blocks: Iterable[bytes]) -> Any:
    """Return the JSON value of a part."""
    return json.loads(b"".join(blocks))


def pieces(file: Any) -> Iterator[bytes]:
    """Read a file in blocks."""
    while block := file.read(BLOCK):
        yield block


def _checked(source: stream.Reader, head: Head) -> Iterator[bytes]:
    digest = sha256()
    while block := _block(source):
        digest.update(block)
        yield block
    if source.read(digest.digest_size) != digest.digest():
        raise UnreadableBackupError(f"A part of the backup ({head['kind']}) is not what was written. Use another one.")


def _block(source: stream.Reader) -> bytes:
    (length,) = LENGTH.unpack(source.read(LENGTH.size))
    return source.read(length)


def _write(out: stream.Writer, block: bytes) -> None:
    out.write(LENGTH.pack(len(block)))
    out.write(block)
