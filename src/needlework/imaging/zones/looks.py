"""What skin looks like in one photograph, and what beside it does not look like that.

Nothing here knows a colour of skin. What counts as skin is told by the face itself (its cheeks, nose and brow), or by
the skin beside the sticker; colours are ratios of light, which shading leaves alone.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Image, Mask, Plane
from needlework.imaging.colour import luminance, to_linear
from needlework.imaging.filters import smooth
from needlework.imaging.robust import middle_and_sd
from needlework.imaging.zones.trend import trend

DARKEST = 2e-3
"""Linear light below which a camera gives noise."""
SOFTENED_MM = 0.4
"""How far colour is averaged: the colour of a JPEG is coarser than its light."""
FINE_MM = 0.2
"""Gaussian sigma of the light in which dark lines are looked for: hairs are still seen in it."""
HAIR_MM = 0.6
"""Half the width of what counts as a dark line: hair and stubble are finer, folds wider."""

SHADED = 0.35
LIT = 0.4
"""Log light below and above the trend that still shapes the trend."""
FIRST_MM, THEN_MM, COLOUR_MM = 10.0, 6.0, 8.0
"""How far around a place its light is told from, first and once what is lit otherwise is known; and its colour."""
IN_SHADOW = 1.5
"""Log light below the skin's own at which nothing tells skin from what is not."""
PALER = 0.22
"""The least fall in log(red/green) that is another colour: dark hair lies 0.3 and more below its skin."""
SCATTERS = 2.5
"""How many of the skin's own robust standard deviations another colour lies off."""
SLIGHTLY, FAR = 0.3, 2.0
"""Times that fall: what tells a dark thing from a shadow, and what is another colour however bright."""
BLUER, BLUER_SCATTERS = 0.3, 4.0
"""The least rise in log(blue/green) that is another colour, and how many robust standard deviations it must be."""
DIM, DARK, VERY_DARK = 0.1, 0.5, 1.0
"""Log light under the trend: of another colour and dim is no skin (shine is paler too, but brighter); dark and a little
paler is hair; very dark is hair or a frame whatever its colour."""
LINE = 0.15
"""A dark line counts up to this depth in log light: one deep wrinkle weighs no more than many fine hairs."""
LINES_MM = 2.5
DENSE = 0.035
DENSE_TIMES = 2.5
"""Mean depth of dark lines around a place (Gaussian of `LINES_MM`) that is hair or a beard, and how often the skin's
own it must be. Of 33 shaven faces 19 in 20 stay below in 97 % of a zone; beards reach 2 to 4 times."""
SHEEN = 0.5
"""Log light above the skin's own from which paler and lined skin is no hair: shine makes skin paler and draws its
relief, most of all on dark skin."""
WHITE_SHARE = 0.3
GLINT = 0.2
"""Share of white light added to the skin's own colour, and log light above the trend, that together are shine."""
NEAR_CLIPPED, NEAR_CLIPPED_SHARE = 245, 0.1
"""Where the largest of the three values, of 255, is so high, this share of white light is shine already."""
GREY = 0.15
"""The least whiteness that separates skin from white: under a strong cast no ratio is divided by less."""


@dataclass(frozen=True, eq=False)
class Looks:
    """An image of skin as ratios of light, all (h, w)."""

    light: Plane
    """Log luminance, softened."""
    fine: Plane
    """Log luminance, hairs still in it."""
    lines: Plane
    """How deep the fine dark lines around each place are, in log light."""
    red: Plane
    """log(red/green), softened."""
    blue: Plane
    """log(blue/green), softened."""
    top: NDArray[np.uint8]
    """The largest of the three values, 0 to 255."""
    mm_per_px: float

    @classmethod
    def of(cls, image: Image, mm_per_px: float) -> "Looks":
        """Look at an image."""
        linear = to_linear(image)
        soft = np.maximum(smooth(linear, SOFTENED_MM / mm_per_px), DARKEST)
        red, green, blue = cv2.split(cv2.log(soft))
        sharp = smooth(luminance(linear), max(FINE_MM / mm_per_px, 0.5))
        fine = np.asarray(cv2.log(np.maximum(sharp, DARKEST)), np.float32)
        return cls(
            np.asarray(cv2.log(luminance(soft)), np.float32),
            fine,
            _dark_lines(fine, mm_per_px),
            np.asarray(red - green, np.float32),
            np.asarray(blue - green, np.float32),
            brightest(image),
            mm_per_px,
        )


def brightest(image: Image) -> NDArray[np.uint8]:
    """Return the largest of the three values of every pixel."""
    red, green, blue = cv2.split(image)
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)


def _dark_lines(fine: Plane, mm_per_px: float) -> Plane:
    half = max(1, round(HAIR_MM / mm_per_px))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * half + 1, 2 * half + 1))
    depth = cv2.morphologyEx(fine, cv2.MORPH_BLACKHAT, disc)
    return smooth(np.minimum(depth, LINE), LINES_MM / mm_per_px)


@dataclass(frozen=True, eq=False)
class Expected:
    """What the skin of one person in one photograph looks like where nothing covers it."""

    light: Plane
    red: Plane
    paler: float
    """The fall in log(red/green) that is another colour."""
    blue: float
    """The log(blue/green) that is another colour."""
    lines: float
    """The mean depth of dark lines that is hair."""
    dull: float
    """Log light above which paler or lined skin is skin that shines."""


def expected(looks: Looks, seed: Mask, within: Mask) -> Expected:
    """Learn what skin looks like from a seed that is mostly skin, and follow its light over all that may be skin."""
    (light, _), (red, red_scatter), (blue, blue_scatter), (lines, _) = (
        middle_and_sd(plane[seed]) for plane in (looks.light, looks.red, looks.blue, looks.lines)
    )
    paler = max(PALER, SCATTERS * red_scatter)
    bluer = blue + max(BLUER, BLUER_SCATTERS * blue_scatter)
    likely = within & (looks.red > red - paler) & (looks.blue < bluer) & (looks.light > light - IN_SHADOW)
    lit = trend(looks.light, likely, FIRST_MM, looks.mm_per_px, beyond=light)
    for _ in range(2):
        above = looks.light - lit
        even = likely & (above > -SHADED) & (above < LIT)
        lit = trend(looks.light, even, THEN_MM, looks.mm_per_px, beyond=light)
    redness = trend(looks.red, even, COLOUR_MM, looks.mm_per_px, beyond=red)
    return Expected(lit, redness, paler, bluer, max(DENSE, DENSE_TIMES * lines), light + SHEEN)


def covered(looks: Looks, skin: Expected) -> Mask:
    """Return where something other than skin is seen: hair, a beard, glasses, cloth."""
    above, redder = looks.fine - skin.light, looks.red - skin.red
    grey = (redder < -FAR * skin.paler) & (above < GLINT)
    other = ((redder < -skin.paler) | (looks.blue > skin.blue)) & (above < -DIM)
    hair = (above < -DARK) & (redder < -SLIGHTLY * skin.paler)
    lines = looks.lines > skin.lines
    return np.asarray(((grey | other | hair | lines) & (looks.light < skin.dull)) | (above < -VERY_DARK))


def glare(looks: Looks, skin: Expected) -> Mask:
    """Return where skin shines: white light lies over its own colour.

    With shine the green-to-red ratio moves from the skin's own towards one (the dichromatic model, Shafer 1985).
    """
    own = np.exp(-skin.red)
    white = (np.exp(-looks.red) - own) / np.maximum(1 - own, GREY)
    shines = (white > WHITE_SHARE) & (looks.light > skin.light + GLINT)
    return np.asarray(shines | ((looks.top >= NEAR_CLIPPED) & (white > NEAR_CLIPPED_SHARE)))
