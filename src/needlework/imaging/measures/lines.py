"""Lines in skin: how much every place lies on a dark line that runs on in one direction."""

from collections.abc import Sequence

import cv2
import numpy as np

from needlework.imaging.arrays import Plane
from needlework.imaging.filters import smooth
from needlework.imaging.measures import cells

TOGETHER = 3.0
"""Directions must agree over a Gaussian this many times as wide as that of the line."""
ALIKE = 2
"""The power of how far directions agree (0 to 1) by which a line counts."""
BLOB = 2.0
"""How many times its curvature along it takes from a line: a round dark place is no line."""
SIGMA_PX = 2.5
"""A wider line is looked for on a grid so coarse that it has this Gaussian sigma."""
LEAST_SIGMA_PX = 1.0
TINY = np.float32(1e-9)


def strength(plane: Plane, sigmas_px: Sequence[float]) -> Plane:
    """Return how strong a dark line is at each place, in log luminance; 0 where there is none.

    The largest curvature of the Gaussian blur, times its squared sigma, less `BLOB` times the curvature along the line
    (after Lindeberg 1998), times how far the directions of such curvatures agree around the place. The strength is the
    largest over the sigmas of the blurs. A straight Gaussian valley has 0.38 of its depth.
    """
    found = np.zeros_like(plane)
    for sigma in sigmas_px:
        size = cells.size(plane.shape, SIGMA_PX, max(sigma, SIGMA_PX))
        step = plane.shape[1] / size[0]
        # A cell is itself a blur, of variance step² / 12.
        own = (sigma**2 - (step**2 - 1) / 12) ** 0.5 / step
        here = _at(cells.plane(plane, size), max(own, LEAST_SIGMA_PX), TOGETHER * sigma / step)
        np.maximum(found, cv2.resize(here, plane.shape[::-1]), out=found)
    return found


def _at(plane: Plane, sigma_px: float, together_px: float) -> Plane:
    blurred = smooth(plane, sigma_px)
    xx, yy, xy = (cv2.Sobel(blurred, cv2.CV_32F, *order, ksize=3) / 4 for order in ((2, 0), (0, 2), (1, 1)))
    middle, half = (xx + yy) / 2, (xx - yy) / 2
    apart = cv2.magnitude(half, xy)
    bent = np.asarray(np.maximum(middle + apart - BLOB * np.abs(middle - apart), 0) * sigma_px**2, np.float32)
    # The direction of a line at twice its angle: opposite directions are the same line.
    turn = bent / (apart + TINY)
    whole, across, down = (smooth(np.asarray(part, np.float32), together_px) for part in (bent, turn * half, turn * xy))
    return np.asarray(bent * (cv2.magnitude(across, down) / (whole + TINY)) ** ALIKE, np.float32)
