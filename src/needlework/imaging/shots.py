"""One photograph, decoded: what every room begins with."""

from dataclasses import dataclass

from needlework.imaging.arrays import Image


@dataclass(frozen=True)
class Source:
    """What the file said of itself."""

    format: str
    """`JPEG`, `PNG` or `HEIF`."""
    width: int
    height: int
    """Pixels of the file, upright; larger than the image where decoding reduced it."""
    jpeg_quality: int | None = None
    """The quality (1 to 100) that its tables stand for."""
    edited_with: str | None = None
    """The program that says it changed the picture, or the mark of a machine-made or machine-smoothed one."""


@dataclass(frozen=True, eq=False)
class Shot:
    """One photograph of several that may have been taken at the same visit and view."""

    name: str
    """What messages call it: the name its user gave."""
    image: Image
    digest: str
    """SHA-256 of the file, in hexadecimal: the same file twice is no second shot."""
    source: Source
