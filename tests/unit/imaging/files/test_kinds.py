import pytest

from needlework.imaging.files.kinds import kind
from tests import made_files


def container(*brands: bytes) -> bytes:
    inside = brands[0] + b"\0\0\0\0" + b"".join(brands[1:])
    return (len(inside) + 8).to_bytes(4) + b"ftyp" + inside + b"\0\0\0\x08mdat"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (made_files.jpeg(), "JPEG"),
        (made_files.png(), "PNG"),
        (made_files.heic(), "HEIF"),
        (container(b"mif1", b"heic"), "HEIF"),
        (container(b"mif1", b"avif", b"heic"), "an AVIF"),
        (container(b"crx ", b"isom"), "a camera's RAW file"),
        (container(b"qt  "), "a video"),
        (container(b"abcd"), None),
        (b"GIF89a", "a GIF"),
        (b"BM\x10\0\0\0", "a BMP"),
        (b"II*\0\x08\0\0\0", "a TIFF or a camera's RAW file"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a WebP"),
        (b"RIFF\x10\0\0\0WAVEfmt ", None),
        (b"%PDF-1.7", "a PDF"),
        (b"<svg xmlns=", "an SVG drawing"),
        (b"<!DOCTYPE html>", "a web page"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"", None),
        (b"\xff\xd8", None),
        (b"hello", None),
    ],
    ids=str,
)
def test_a_file_is_what_it_begins_as(data, expected):
    assert kind(data) == expected


@pytest.mark.parametrize("behind", [b"PK\x03\x04", b"<html>", b"%PDF-1.7"], ids=["zip", "html", "pdf"])
def test_what_hides_behind_a_photograph_is_not_looked_at_and_a_photograph_behind_it_is_not_either(behind):
    assert kind(made_files.jpeg() + behind) == "JPEG"
    assert kind(behind + made_files.jpeg()) != "JPEG"
