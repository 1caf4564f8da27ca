"""JPEG by Pillow (libjpeg-turbo), and the quality its tables stand for."""

import io

from PIL.JpegImagePlugin import JpegImageFile

from needlework.imaging.files.limits import kept
from needlework.imaging.files.opened import Opened

LUMINANCE = (
    *(16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55),
    *(14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62),
    *(18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92),
    *(49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99),
)
"""The luminance table of ITU-T T.81 annex K.1, which the Independent JPEG Group scales by quality."""


def opened(data: bytes) -> Opened:
    """Decode a JPEG; one that would be halved is decoded at half size, which costs a quarter."""
    image = JpegImageFile(io.BytesIO(data))
    size = image.size
    *_, table = image.layer[0]  # of the luminance
    quality = _quality(image.quantization[table])
    if kept(*size) != size:
        image.draft(None, (size[0] // 2, size[1] // 2))
    image.load()
    return Opened(image, size, quality)


def _quality(table: list[int]) -> int:
    """Return the IJG quality (1 to 100) whose luminance table is as coarse as a table."""
    return min(range(1, 101), key=lambda quality: abs(_coarseness(quality) - sum(table)))


def _coarseness(quality: int) -> int:
    """Return the sum of the IJG's luminance table at a quality (`jpeg_set_quality` of libjpeg)."""
    percent = 5000 // quality if quality < 50 else 200 - 2 * quality
    return sum(min(max((step * percent + 50) // 100, 1), 255) for step in LUMINANCE)
