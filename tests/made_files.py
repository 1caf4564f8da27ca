"""Photographs as files, made from one small gradient, and what is hostile about some of them."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

HEIC = Path(__file__).parent / "unit" / "imaging" / "files" / "heic"
"""The gradient as HEIC: plain; turned (`irot`, and orientation, software and a place in EXIF); with a transparent left
quarter; and as three images of which the second is the primary one. Our own pixels, encoded with x265."""

Y, X = np.mgrid[0:72, 0:96]
GRADIENT: NDArray[np.uint8] = np.stack([X * 2 + 30, Y * 3 + 20, 200 - X], axis=-1).astype(np.uint8)
"""(72, 96, 3), sRGB: every corner has a colour of its own."""


def image() -> Image.Image:
    return Image.fromarray(GRADIENT)


def heic(name: str = "plain") -> bytes:
    return (HEIC / f"{name}.heic").read_bytes()


def saved(made: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    made.save(file, kind, **options)
    return file.getvalue()


def jpeg(**options: object) -> bytes:
    return saved(image(), "JPEG", **{"quality": 95, "subsampling": 0, **options})


def png(**options: object) -> bytes:
    return saved(image(), "PNG", **options)


def exif(**tags: object) -> bytes:
    """Return EXIF with some tags of its main directory, named `t` and their number in hexadecimal."""
    found = Image.Exif()
    for name, value in tags.items():
        found[int(name[1:], 16)] = value
    return found.tobytes()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def raw_png(width: int, height: int, depth: int, colour: int, rows: bytes, *more: bytes) -> bytes:
    """Return a PNG of a bit depth and colour type, from rows that begin with their filter, and more chunks."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(rows, 1))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + body + chunk(b"IEND", b"")


def deep_png(pixels: NDArray[np.uint16], colour: int) -> bytes:
    """Return a PNG of 16 bits: (h, w, bands), in the colour type of so many bands."""
    height, width = pixels.shape[:2]
    rows = pixels.reshape(height, -1).astype(">u2").view(np.uint8)
    return raw_png(width, height, 16, colour, np.pad(rows, ((0, 0), (1, 0))).tobytes())
