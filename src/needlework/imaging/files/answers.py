"""What leaves the child beside pixels: five whole numbers, each checked by the parent, and no text."""

import struct
from dataclasses import dataclass

from needlework.imaging.files import limits
from needlework.imaging.files.programs import NAMES
from needlework.imaging.files.refusals import Refusal

READY = b"\x01"
LENGTH = struct.Struct(">Q")
FACTS = struct.Struct(">BIIBB")
"""Refusal, width, height, JPEG quality and the place of a program's name (from 1); 0 for none."""


@dataclass(frozen=True)
class Answer:
    """What the child says of one file: why it is refused, or its facts."""

    refusal: Refusal | None
    width: int = 0
    height: int = 0
    jpeg_quality: int | None = None
    edited_with: str | None = None

    def packed(self) -> bytes:
        """Return the answer as it leaves the child."""
        program = NAMES.index(self.edited_with) + 1 if self.edited_with else 0
        return FACTS.pack(self.refusal or 0, self.width, self.height, self.jpeg_quality or 0, program)

    @classmethod
    def unpacked(cls, data: bytes) -> "Answer":
        """Return the answer that some bytes stand for; raise `ValueError` for what no sane child says."""
        if len(data) != FACTS.size:
            raise ValueError("no answer")
        refusal, width, height, quality, program = FACTS.unpack(data)
        if refusal:
            return cls(Refusal(refusal))
        if not limits.within(width, height) or quality > 100 or program > len(NAMES):
            raise ValueError("beyond the limits")
        return cls(None, width, height, quality or None, NAMES[program - 1] if program else None)
