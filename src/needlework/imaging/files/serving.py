"""What the child does: files come in on a stream, pixels and a few numbers leave on another, and nothing else.

In: for each file its length (8 bytes) and its bytes. Out: one byte when ready; then for each file an `Answer`, and for
one that is not refused its pixels, row after row, three bytes each.
"""

import importlib
from collections.abc import Iterable
from typing import BinaryIO

from needlework.imaging.files import confinement, declared, kinds
from needlework.imaging.files.answers import LENGTH, READY, Answer
from needlework.imaging.files.normalising import Decoded, normalised
from needlework.imaging.files.opened import opener
from needlework.imaging.files.refusals import Refusal, RefusedError

LATE = ("PIL.ImageColor", "PIL.ImagePalette", "PIL.TiffImagePlugin", "encodings.utf_16_be")
"""What Pillow and Python load by themselves, but only when a file needs it: too late."""
ROWS = 64
"""Rows that are copied out of the image at a time."""


def load(expected: Iterable[str]) -> None:
    """Load everything that some kinds of file need: afterwards nothing can be opened any more."""
    for kind in expected:
        opener(kind)
    for module in LATE:
        importlib.import_module(module)


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer for each file of a stream until it ends."""
    sink.write(READY)
    sink.flush()
    while head := source.read(LENGTH.size):
        _answer(source.read(*LENGTH.unpack(head)), sink)
        sink.flush()


def _answer(data: bytes, sink: BinaryIO) -> None:
    try:
        found = _decoded(data)
    except RefusedError as wrong:
        sink.write(Answer(wrong.refusal).packed())
    except MemoryError:
        sink.write(Answer(Refusal.COSTLY).packed())
    except Exception:  # decoders raise whatever comes to their minds over a hostile file
        sink.write(Answer(Refusal.DAMAGED).packed())
    else:
        sink.write(Answer(None, *found.size, found.jpeg_quality, found.edited_with).packed())
        width, height = found.image.size
        for top in range(0, height, ROWS):
            sink.write(found.image.crop((0, top, width, min(top + ROWS, height))).tobytes())


def _decoded(data: bytes) -> Decoded:
    kind = kinds.kind(data) or ""
    width, height = declared.size(kind, data)
    confinement.allow(width * height, len(data))
    return normalised(opener(kind)(data), data)
