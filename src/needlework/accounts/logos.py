"""Whether an uploaded picture can be a logo: told by its own bytes, never by its name or what the browser says."""

import struct
from dataclasses import dataclass
from hashlib import sha256

PNG = b"\x89PNG\r\n\x1a\n"
LARGEST_BYTES = 200_000
LARGEST_SIDE = 2000
SMALLEST_SIDE = 16
# Start-of-frame markers of JPEG: each is followed by the height and width.
FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}


class NotALogo(Exception):  # noqa: N818 - it is an answer, not a fault
    """The bytes are no picture that can be a logo; the message is the sentence they read."""


@dataclass(frozen=True)
class Picture:
    """A picture as its bytes tell."""

    content: bytes
    media_type: str
    width: int
    height: int

    @property
    def digest(self) -> str:
        """Return the hash that names the picture."""
        return sha256(self.content).hexdigest()


def read(content: bytes) -> Picture:
    """Return the picture, or raise `NotALogo` with what to do instead."""
    if len(content) > LARGEST_BYTES:
        raise NotALogo(f"The picture has more than {LARGEST_BYTES // 1000} kB. Choose a smaller one")
    size = _png(content) or _jpeg(content)
    if size is None:
        raise NotALogo("The picture is neither PNG nor JPEG, or it is damaged. Choose another")
    width, height = size
    if not (SMALLEST_SIDE <= width <= LARGEST_SIDE and SMALLEST_SIDE <= height <= LARGEST_SIDE):
        raise NotALogo(
            f"The picture has {width} × {height} pixels. Choose one with {SMALLEST_SIDE} to {LARGEST_SIDE} on each side"
        )
    return Picture(content, "image/png" if content.startswith(PNG) else "image/jpeg", width, height)


def _png(content: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG that begins with its header and ends with its end, and holds nothing after."""
    if not content.startswith(PNG) or content[12:16] != b"IHDR" or content[-8:-4] != b"IEND":
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg(content: bytes) -> tuple[int, int] | None:
    """Return width and height of a JPEG, walking its segments to the frame."""
    if not content.startswith(b"\xff\xd8\xff") or not content.endswith(b"\xff\xd9"):
        return None
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker in FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + max(length, 2)
    return None
