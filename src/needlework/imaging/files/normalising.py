"""From what a decoder gave to plain pixels: opaque, sRGB, not too large, upright."""

from dataclasses import dataclass

from PIL import Image

from needlework.imaging.files import editors, programs
from needlework.imaging.files.limits import kept
from needlework.imaging.files.metadata import exif
from needlework.imaging.files.opened import Opened
from needlework.imaging.files.profiles import to_srgb
from needlework.imaging.files.refusals import Refusal, RefusedError

LEAST_OPAQUE = 0.5
"""Share of a photograph. A face that an app cut out keeps its skin; less than half is no photograph any more."""
PLAIN = {"L", "RGB", "CMYK"}
GREYS = {"1", "L", "LA"}
EXIF_ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes each EXIF orientation upright (CIPA DC-008, 4.6.5.1)."""
SIDEWAYS = {TURNS[orientation] for orientation in (5, 6, 7, 8)}


@dataclass(frozen=True, eq=False)
class Decoded:
    """What leaves the child."""

    image: Image.Image
    """RGB, sRGB, upright."""
    size: tuple[int, int]
    """Width and height of the file, upright."""
    jpeg_quality: int | None
    edited_with: str | None


def normalised(found: Opened, data: bytes) -> Decoded:
    """Return a decoded file as plain upright pixels, with what is kept of its metadata."""
    turn = _turn(found.image)
    edited = editors.edited_with(found.image, data)
    opaque, cut_out = _opaque(found.image)
    image = to_srgb(_small(opaque, found.size))
    if turn is not None:
        image = image.transpose(turn)
    width, height = found.size
    size = (height, width) if turn in SIDEWAYS else (width, height)
    return Decoded(image, size, found.jpeg_quality, edited or (programs.CUT_OUT if cut_out else None))


def _turn(image: Image.Image) -> Image.Transpose | None:
    """Return what makes an image upright; None where it is, or nothing sound is said."""
    orientation = exif(image, EXIF_ORIENTATION)
    return TURNS.get(orientation) if isinstance(orientation, int) else None


def _opaque(image: Image.Image) -> tuple[Image.Image, bool]:
    """Return an image as L, RGB or CMYK on white, and whether any of it was transparent."""
    grey = image.mode in GREYS
    if not image.has_transparency_data:
        return image if image.mode in PLAIN else image.convert("L" if grey else "RGB"), False
    layered = image.convert("RGBA")
    alpha, plain = layered.getchannel("A"), layered.convert("L" if grey else "RGB")
    if alpha.getextrema() == (255, 255):
        return plain, False
    opaque = sum(level * count for level, count in enumerate(alpha.histogram())) / 255
    if opaque < LEAST_OPAQUE * alpha.width * alpha.height:
        raise RefusedError(Refusal.TRANSPARENT)
    white = Image.new(plain.mode, plain.size, "white")
    white.paste(plain, mask=alpha)
    white.info = plain.info
    return white, True


def _small(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return an image at the size that is kept; the mean of four pixels is one."""
    if image.size == kept(*size):
        return image
    small = image.reduce(2)
    small.info = image.info
    return small
