"""What a file declares of its size, read from its headers in plain Python before any decoder sees it."""

import re
import struct
from collections.abc import Iterator

from needlework.imaging.files import kinds, limits
from needlework.imaging.files.refusals import Refusal, RefusedError

MOST_SCANS = 64
"""Of one JPEG. Progressive ones have about 10; thousands on few bytes are made to keep a decoder busy."""

MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")
"""A JPEG marker: neither a byte stuffed into the scan nor a restart."""
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
SCAN, START, END = 0xDA, 0xD8, 0xD9


def size(kind: str, data: bytes) -> tuple[int, int]:
    """Return the width and height that a file declares; raise `RefusedError` for what must not reach a decoder."""
    try:
        found = {kinds.JPEG: _jpeg, kinds.PNG: _png, kinds.HEIF: _heif}[kind](data)
    except (KeyError, struct.error):  # of another kind, or cut short
        raise RefusedError(Refusal.DAMAGED) from None
    check(*found)
    return found


def check(width: int, height: int) -> None:
    """Raise `RefusedError` for a size beyond the limits."""
    if limits.beyond(width, height):
        raise RefusedError(Refusal.TOO_MANY_PIXELS)
    if not limits.within(width, height):
        raise RefusedError(Refusal.TOO_SMALL)


def _jpeg(data: bytes) -> tuple[int, int]:
    """Walk a JPEG to its end: one frame, few scans, and nothing missing."""
    frames, scans = [], 0
    for code, at in _markers(data):
        if code in FRAMES:
            frames.append(struct.unpack_from(">HH", data, at + 3))
        scans += code == SCAN
        if scans > MOST_SCANS:
            raise RefusedError(Refusal.COSTLY)
    if len(frames) != 1 or not scans:
        raise RefusedError(Refusal.DAMAGED)
    height, width = frames[0]
    return width, height


def _markers(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield every marker of the first image of a JPEG, with where its segment begins."""
    at = 2
    while match := MARKER.search(data, at):
        code, at = match[1][0], match.end()
        if code == END:
            return
        if code not in (START, 0x01):
            yield code, at
            at += struct.unpack_from(">H", data, at)[0]
    raise RefusedError(Refusal.DAMAGED)


def _png(data: bytes) -> tuple[int, int]:
    """Walk the chunks of a PNG to its end: one still image."""
    at, name = len(b"\x89PNG\r\n\x1a\n"), b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, at)
        if name == b"acTL":
            raise RefusedError(Refusal.ANIMATED)
        at += length + 12
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _heif(data: bytes) -> tuple[int, int]:
    """Return the largest size of any image in a HEIF: its thumbnails and tiles are smaller, its alpha is not larger."""
    sizes = [
        struct.unpack_from(">II", data, match.end() + 4)
        for start, end in _meta(data)
        for match in re.compile(b"ispe").finditer(data, start, end)
    ]
    if not sizes:
        raise RefusedError(Refusal.DAMAGED)
    width, height = max(sizes, key=lambda one: one[0] * one[1])
    return width, height


def _meta(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the `meta` boxes of an ISO base media file begin and end; one that is cut short is refused."""
    at = 0
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        if length == 1:
            (length,) = struct.unpack_from(">Q", data, at + 8)
        end = at + length if length else len(data)
        if end > len(data) or end < at + 8:
            raise RefusedError(Refusal.DAMAGED)
        if name == b"meta":
            yield at, end
        at = end
