"""What an uploaded picture is, told by its own bytes."""

import struct
import zlib

import pytest

from needlework.accounts import logos


def png(width=64, height=32):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x1d\x5c\x53" * width for _ in range(height)))
    return logos.PNG + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width=64, height=32):
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03" + bytes(9)
    return b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(10) + frame + b"\xff\xd9"


@pytest.mark.parametrize(("content", "media_type"), [(png(), "image/png"), (jpeg(), "image/jpeg")])
def test_a_png_and_a_jpeg_are_told_by_their_bytes(content, media_type):
    picture = logos.read(content)
    assert (picture.media_type, picture.width, picture.height) == (media_type, 64, 32)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "neither PNG nor JPEG"),
        (b"<svg onload=alert(1)>", "neither PNG nor JPEG"),
        (b"GIF89a" + bytes(50), "neither PNG nor JPEG"),
        (png() + b"<script>alert(1)</script>", "neither PNG nor JPEG"),
        (png()[:40], "neither PNG nor JPEG"),
        (jpeg()[:-2], "neither PNG nor JPEG"),
        (b"\xff\xd8\xff\xe0\x00\x00" + bytes(40) + b"\xff\xd9", "neither PNG nor JPEG"),
        (png(8, 8), "8 × 8 pixels"),
        (jpeg(4000, 100), "4000 × 100 pixels"),
        (logos.PNG + bytes(200_001), "more than 200 kB"),
    ],
)
def test_anything_else_is_refused_with_what_to_do(content, reason):
    with pytest.raises(logos.NotALogo, match=reason):
        logos.read(content)
