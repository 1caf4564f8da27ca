"""Pictures of a comparison: the same crop of both visits, aligned, with what was done to them written on them.

Nothing is smoothed, sharpened or painted over: a shot is laid on the common grid, cropped, and brought to one width.
Where light is matched or lines are drawn, the picture says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from io import BytesIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Drawing
from PIL import ImageDraw, ImageFont

from needlework.imaging.arrays import Image, Mask
from needlework.imaging.colour import log_luminance, to_linear, to_srgb
from needlework.imaging.filters import smooth
from needlework.imaging.registration.stack import Stack
from needlework.imaging.zones.shapes import without_islands

Rows = tuple[slice, slice]
"""A rectangle of a grid."""
PANEL_PX, GAP_PX, EDGE_PX = 760, 12, 4
"""The width of one panel: enough to see lines, small enough to send."""
LETTERS = 0.032
"""Height of letters, of the picture's width: still legible where a phone shows the whole."""
HEAD, FOOT = 1.6, 1.5
"""Height of the strips above and below, in letters."""
PAPER, INK, LINE = (251, 249, 245), (29, 38, 36), (255, 255, 255)
LIGHT_MM = 12.0
"""Light that is matched is smoother than this (Gaussian sigma)."""
RULERS_MM = (20, 10, 5)
WIDEST_RULER = 0.3
"""Of the picture's width."""
SMALLEST_HOLE_MM2 = 9.0
MARGIN_MM = 4.0
"""Kept around a crop."""
AS_TAKEN = "Laid over each other, light as photographed; nothing smoothed or painted."
UNMATCHED = "Light as photographed."
INSIDE = "Measured inside the lines, in every photograph. Hair, shine and what is not seen well are left out."
MATCHED = "Light of the later visit matched to the first."
WEIGHT = 450
FONT = "sticker/vendor/figtree/figtree-latin-wght-normal.ttf"


@dataclass(frozen=True, eq=False)
class Pair:
    """One shot of each visit on the same grid and crop."""

    before: Image
    after: Image
    mm_per_px: float
    part: Rows
    """Which part of the grid it shows."""

    def cropped(self, skin: Mask) -> "Pair":
        """Return the part around a mask of the pair."""
        rows, columns = _around(skin, MARGIN_MM / self.mm_per_px)
        part = _moved(rows, self.part[0].start), _moved(columns, self.part[1].start)
        return Pair(self.before[rows, columns], self.after[rows, columns], self.mm_per_px, part)

    def matched(self) -> "Pair":
        """Return the pair with the light of the first visit on both, to look at structure and not at colour."""
        before, after = to_linear(self.before), to_linear(self.after)
        goal, light = (smooth(log_luminance(linear), LIGHT_MM / self.mm_per_px) for linear in (before, after))
        return replace(self, after=to_srgb(after * np.exp(goal - light)[..., None]))


def pair(stack: Stack) -> Pair:
    """Return the shot of each visit that covers most of the grid, cropped to what any shot shows."""
    part = _around(np.asarray(stack.valid.any(axis=0)), 0)
    before, after = (stack.images[_fullest(stack, side)][part] for side in (False, True))
    return Pair(before, after, stack.mm_per_px, part)


def side_by_side(seen: Pair, said: str) -> Image:
    """Return both visits beside each other, with what was done to them."""
    return panels({"Before": seen.before, "After": seen.after}, said, seen.mm_per_px)


def outlined(seen: Pair, masks: Mapping[str, Mask]) -> Image:
    """Return the first visit with the border of what was measured in each zone."""
    image = seen.before.copy()
    width = max(1, round(image.shape[1] / 500))
    for mask in masks.values():
        for colour, wide in ((INK, 3 * width), (LINE, width)):
            cv2.drawContours(image, borders(mask[seen.part], seen.mm_per_px), -1, colour, wide, cv2.LINE_AA)
    return panels({"What was measured": image}, INSIDE, seen.mm_per_px)


def borders(mask: Mask, mm_per_px: float) -> Sequence[NDArray[np.int32]]:
    """Return the borders of a mask and of its holes, but for holes that are too small to draw."""
    whole = ~without_islands(~mask, SMALLEST_HOLE_MM2, mm_per_px)
    found, _ = cv2.findContours(whole.astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    return [np.asarray(border, np.int32) for border in found]


def panels(named: Mapping[str, Image], said: str, mm_per_px: float) -> Image:
    """Return images of one size beside each other: the name of each and a ruler above, what is said below."""
    scaled = [_to_width(image, PANEL_PX) for image in named.values()]
    height, width = scaled[0].shape[0], len(scaled) * (PANEL_PX + GAP_PX) - GAP_PX
    letters = LETTERS * width
    top, bottom = round(HEAD * letters), round(FOOT * letters)
    canvas = Drawing.new("RGB", (width, top + height + bottom), PAPER)
    pen = ImageDraw.Draw(canvas)
    for number, (name, image) in enumerate(zip(named, scaled, strict=True)):
        left = number * (PANEL_PX + GAP_PX)
        pen.text((left + EDGE_PX, top / 2), name, INK, _font(letters), anchor="lm")
        canvas.paste(Drawing.fromarray(image), (left, top))
    small = min(0.8 * letters, (width - 2 * EDGE_PX) / _font(letters).getlength(said) * letters)
    pen.text((EDGE_PX, top + height + bottom / 2), said, INK, _font(small), anchor="lm")
    _rule(pen, width, top / 2, letters, PANEL_PX / next(iter(named.values())).shape[1] / mm_per_px)
    return np.asarray(canvas, np.uint8)


def _rule(pen: ImageDraw.ImageDraw, width: int, middle: float, letters: float, px_per_mm: float) -> None:
    longest = WIDEST_RULER * PANEL_PX
    millimetres = next((one for one in RULERS_MM if one * px_per_mm <= longest), RULERS_MM[-1])
    right, left = width - EDGE_PX, width - EDGE_PX - millimetres * px_per_mm
    pen.line((left, middle, right, middle), INK, 3)
    for end in (left, right):
        pen.line((end, middle - 8, end, middle + 8), INK, 3)
    pen.text((left - letters / 2, middle), f"{millimetres} mm", INK, _font(0.7 * letters), anchor="rm")


@cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(BytesIO((files("needlework.imaging") / FONT).read_bytes()), size)
    font.set_variation_by_axes([WEIGHT])
    return font


def _fullest(stack: Stack, after: bool) -> int:
    own = np.flatnonzero(stack.after == after)
    return int(own[np.argmax([stack.valid[index].mean() for index in own])])


def _around(mask: Mask, margin_px: float) -> Rows:
    rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    return _span(rows, margin_px, mask.shape[0]), _span(columns, margin_px, mask.shape[1])


def _span(places: NDArray[np.intp], margin_px: float, length: int) -> slice:
    margin = round(margin_px)
    return slice(max(0, int(places[0]) - margin), min(length, int(places[-1]) + 1 + margin))


def _moved(side: slice, by: int) -> slice:
    return slice(side.start + by, side.stop + by)


def _to_width(image: Image, width: int) -> Image:
    ratio = width / image.shape[1]
    how = cv2.INTER_AREA if ratio < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(image, (width, round(image.shape[0] * ratio)), interpolation=how), np.uint8)
