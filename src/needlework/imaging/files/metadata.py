"""What the metadata of a decoded file says, as far as anybody asks. Broken metadata says nothing and harms nothing."""

import struct

from PIL import Image

MOST_TEXT = 64_000
"""Characters that are looked at in one field: what a segment of a JPEG can hold."""
BROKEN = (SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError, OSError, struct.error)
"""What Pillow raises over broken metadata; the pixels are good all the same."""


def exif(image: Image.Image, tag: int, directory: int | None = None) -> object:
    """Return the value of an EXIF tag, of the main directory or of another; None where there is none to be read."""
    try:
        found = image.getexif()
        return (found.get_ifd(directory) if directory else found).get(tag)
    except BROKEN:
        return None


def comment(value: object) -> str:
    """Return a user comment of EXIF, whose first eight bytes name its code."""
    if not isinstance(value, bytes):
        return text(value)
    code = "utf-16-be" if value.startswith(b"UNICODE\0") else "utf-8"
    return value[8:MOST_TEXT].decode(code, "replace")


def xmp(image: Image.Image) -> bytes:
    """Return the XMP packet of a file, unread."""
    found = image.info.get("xmp")
    return found if isinstance(found, bytes) else b""


def text(value: object) -> str:
    """Return a value as text; nothing for what is no text."""
    if isinstance(value, bytes):
        return value[:MOST_TEXT].decode("utf-8", "replace")
    return value[:MOST_TEXT] if isinstance(value, str) else ""
