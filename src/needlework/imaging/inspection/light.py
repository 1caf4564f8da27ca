"""Light on a face: clipped, shiny, of more than one colour, of none, or from one side."""

import numpy as np
from numpy.typing import NDArray

from needlework.imaging.colour import log_luminance
from needlework.imaging.filters import smooth_inside
from needlework.imaging.inspection.closeup import Closeup

WHITE, BLACK = 252, 4
"""sRGB values, of 255: a pixel is clipped with one channel from the first on, or with all three up to the second."""
SHINE = 0.22
"""Light above the skin around it, as a natural logarithm, from which colourless light counts as shine."""
AROUND_PX = 16.0
"""Gaussian sigma of the skin around a pixel, in pixels of the close-up: a tenth of the eye distance, some 6 mm."""
CHEEKS = ((50, 101, 205), (280, 330, 425))
"""Mesh points around the middle of each cheek."""
PART_PX = 10
"""Half the side of the square that is looked at there, in pixels of the close-up: some 8 mm across in all."""


def clipped_percent(close: Closeup) -> float:
    """Return how much of the skin is pure white or black in a channel."""
    pixels = close.image[close.skin]
    return 100 * float(((pixels >= WHITE).any(axis=1) | (pixels <= BLACK).all(axis=1)).mean())


def shiny_percent(close: Closeup) -> float:
    """Return how much of the skin reflects the lamp itself: brighter than the skin around it and less coloured."""
    light = log_luminance(close.linear)
    colour = np.hypot(close.lab[..., 1], close.lab[..., 2])
    excess = light - smooth_inside(light, close.skin, AROUND_PX)
    paler = colour < 0.9 * smooth_inside(colour, close.skin, AROUND_PX)
    return 100 * float((paler & (excess > SHINE))[close.skin].mean())


def mixed_light(close: Closeup) -> float:
    """Return the difference of hue and colourfulness (ΔE of a* and b*) between the two cheeks."""
    left, right = _cheeks(close)
    return float(np.linalg.norm(left[1:] - right[1:]))


def colourfulness(close: Closeup) -> float:
    """Return the median chroma C* (CIELAB) of the skin: 0 in black and white, 8 and more in 88 photographs of faces."""
    return float(np.median(np.hypot(close.lab[..., 1], close.lab[..., 2])[close.skin]))


def uneven_stops(close: Closeup) -> float:
    """Return by how many stops one cheek is brighter than the other."""
    left, right = (((lab[0] + 16) / 116) ** 3 for lab in _cheeks(close))
    return abs(float(np.log2(left / right)))


def _cheeks(close: Closeup) -> list[NDArray[np.float32]]:
    return [np.median(_around(close, points), axis=0) for points in CHEEKS]


def _around(close: Closeup, points: tuple[int, ...]) -> NDArray[np.float32]:
    x, y = np.rint(close.points[list(points)].mean(axis=0)).astype(int)
    part = close.lab[max(y - PART_PX, 0) : y + PART_PX + 1, max(x - PART_PX, 0) : x + PART_PX + 1]
    return np.reshape(part, (-1, 3))
