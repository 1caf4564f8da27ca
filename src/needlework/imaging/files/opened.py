"""A photograph as its decoder gives it, before it is made upright and plain."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from needlework.imaging.files import kinds


@dataclass(frozen=True, eq=False)
class Opened:
    """What a decoder made of a file."""

    image: Image.Image
    """As it lies in the file: modes L, RGB, CMYK, P and those with transparency; its `info` holds the metadata."""
    size: tuple[int, int]
    """Width and height of the file; the image is half as large where the decoder could halve it for less."""
    jpeg_quality: int | None = None


def opener(kind: str) -> Callable[[bytes], Opened]:
    """Return what decodes a kind of file; its libraries are loaded by asking, the others not at all."""
    if kind == kinds.JPEG:
        from needlework.imaging.files import jpeg

        return jpeg.opened
    if kind == kinds.PNG:
        from needlework.imaging.files import png

        return png.opened
    from needlework.imaging.files import heif

    return heif.opened
