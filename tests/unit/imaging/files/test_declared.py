import struct

import pytest

from needlework.imaging.files import declared, kinds
from needlework.imaging.files.refusals import Refusal, RefusedError
from tests import made_files

JPEG = made_files.jpeg()
FRAME = JPEG.index(b"\xff\xc0")
SCAN = JPEG.index(b"\xff\xda")
ISPE = made_files.heic().index(b"ispe") + 8


def resized(width: int, height: int) -> bytes:
    return JPEG[: FRAME + 5] + struct.pack(">HH", height, width) + JPEG[FRAME + 9 :]


def heif(width: int, height: int) -> bytes:
    data = made_files.heic()
    return data[:ISPE] + struct.pack(">II", width, height) + data[ISPE + 8 :]


def refusal(data: bytes) -> Refusal | None:
    try:
        declared.size(kinds.kind(data) or "", data)
    except RefusedError as wrong:
        return wrong.refusal
    return None


@pytest.mark.parametrize("data", [JPEG, made_files.png(), made_files.heic()], ids=kinds.ACCEPTED)
def test_the_size_is_read_from_the_headers(data):
    assert declared.size(kinds.kind(data), data) == (96, 72)


def test_the_largest_image_of_a_heif_counts():
    assert declared.size("HEIF", made_files.heic("several")) == (128, 96)


@pytest.mark.parametrize(
    "data",
    [
        *(made_files.jpeg(progressive=True)[:-2], JPEG[: len(JPEG) // 2], JPEG[:30], JPEG[:3]),
        *(made_files.png()[:-12], made_files.png()[:100], made_files.png()[:20]),
        *(made_files.heic()[:-1], made_files.heic()[:200], made_files.heic()[:30]),
    ],
    ids=[
        "jpeg-end",
        "jpeg-half",
        "jpeg-30",
        "jpeg-3",
        "png-end",
        "png-100",
        "png-20",
        "heic-end",
        "heic-200",
        "heic-30",
    ],
)
def test_a_file_that_ends_too_early_is_damaged(data):
    assert refusal(data) == Refusal.DAMAGED


@pytest.mark.parametrize(
    "data",
    [
        JPEG[:SCAN] + JPEG[FRAME : FRAME + 19] + JPEG[SCAN:],
        JPEG[:FRAME] + JPEG[FRAME + 19 :],
        JPEG[:SCAN] + b"\xff\xd9",
        made_files.heic().replace(b"ispe", b"espi"),
        made_files.heic().replace(b"meta", b"atem"),
    ],
    ids=["two-frames", "no-frame", "no-scan", "heif-without-a-size", "heif-without-meta"],
)
def test_headers_that_say_no_size_or_two_are_damaged(data):
    assert refusal(data) == Refusal.DAMAGED


@pytest.mark.parametrize("size", [(10_000, 10_000), (20_001, 100), (50_000, 50_000)], ids=str)
def test_100_megapixels_and_sides_beyond_reason_are_refused_before_they_are_decoded(size):
    assert refusal(resized(*size)) == Refusal.TOO_MANY_PIXELS
    assert refusal(heif(*size)) == Refusal.TOO_MANY_PIXELS
    assert refusal(made_files.raw_png(*size, 8, 2, b"")) == Refusal.TOO_MANY_PIXELS


@pytest.mark.parametrize("size", [(63, 500), (500, 63), (0, 0)], ids=str)
def test_thumbnails_and_nothing_at_all_are_refused(size):
    assert refusal(resized(*size)) == Refusal.TOO_SMALL


def test_a_64_megapixel_phone_is_accepted():
    assert refusal(resized(9248, 6936)) is None


def test_a_jpeg_of_many_scans_is_refused():
    scan = JPEG[SCAN:-2]
    assert refusal(JPEG[:-2] + scan * (declared.MOST_SCANS - 1) + b"\xff\xd9") is None
    assert refusal(JPEG[:-2] + scan * declared.MOST_SCANS + b"\xff\xd9") == Refusal.COSTLY


def test_an_animated_png_is_refused():
    frames = made_files.chunk(b"acTL", struct.pack(">II", 2, 0))
    assert refusal(made_files.raw_png(96, 72, 8, 2, b"", frames)) == Refusal.ANIMATED


def test_a_box_of_64_bits_and_one_to_the_end_are_walked():
    data = made_files.heic()
    long = struct.pack(">I4sQ", 1, b"free", 24) + bytes(8)
    assert declared.size("HEIF", data + long + struct.pack(">I4s", 0, b"free") + bytes(100)) == (96, 72)
