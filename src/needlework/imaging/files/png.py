"""PNG by Pillow; 16 bits are rounded to 8."""

import io

from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngImageFile

from needlework.imaging.files.opened import Opened
from needlework.imaging.files.refusals import Refusal, RefusedError

HALF = 129
"""A low byte that is so much more than the high one rounds up: v = 256 high + low, and v / 257 = high + (low - high) /
257, so that the nearest whole number is one more from a difference of 128.5 on."""


def opened(data: bytes) -> Opened:
    """Decode a PNG."""
    image = PngImageFile(io.BytesIO(data))
    raw = str(image.tile[0].args)
    if raw == "LA;16B":
        raise RefusedError(Refusal.DEEP_GREY)
    if raw == "I;16B":
        return Opened(_rounded_grey(image), image.size)
    if raw.endswith(";16B"):
        return Opened(_rounded(image, data), image.size)
    image.load()
    return Opened(image, image.size)


def _rounded_grey(deep: PngImageFile) -> Image.Image:
    image = deep.convert("I").point([(value + 128) // 257 for value in range(65536)], "L")
    image.info = {key: value for key, value in deep.info.items() if key != "transparency"}
    return image


def _rounded(high: PngImageFile, data: bytes) -> Image.Image:
    """Return an RGB or RGBA image of 16 bits rounded to 8: Pillow gives the high bytes, or the low when told to."""
    low = PngImageFile(io.BytesIO(data))
    tile = low.tile[0]
    low.tile = [tile._replace(args=str(tile.args).replace("16B", "16L"))]
    up = _where_half_more(low, high)
    down = _where_half_more(high, low)
    low.close()
    image = ImageChops.subtract(ImageChops.add(high, up), down)
    image.info = {key: value for key, value in high.info.items() if key != "transparency"}
    return image


def _where_half_more(one: Image.Image, other: Image.Image) -> Image.Image:
    steps = [int(difference >= HALF) for difference in range(256)]
    return ImageChops.subtract(one, other).point(steps * len(one.getbands()))
