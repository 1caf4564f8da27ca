"""Round dark places: discs that are darker than the skin around them.

The response of a place is how much darker a disc of some width is than what is around it: a difference of two Gaussian
blurs of log luminance. A spot is a maximum of the response that is about as wide as it is long: pores and hairs are
too narrow for the narrowest disc, shadows too wide for the widest, and lines and folds too long.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Mask, Plane
from needlework.imaging.filters import smooth

SIGMAS_MM = (0.7, 1.1, 1.8, 2.8)
"""Of the inner blur; the outer is twice as wide. Each answers best to a disc `WIDTH` times as wide."""
WIDTH = 2.8
RESPONSE = 0.36
"""Response of the disc that fits best, per log contrast of the disc."""
ROUNDEST = 0.45
"""Least curvature across the largest one: what is longer is a line."""
SOFTER = 1.1
"""Gaussian sigma, in those of the inner blur, after which a place must still be round."""


ECHO = 0.3
"""What is weaker than that part of a place near by may be the ring that the response of the place itself has."""
RELATED_REACH = 1.6
"""How near that is, in diameters of the stronger."""


@dataclass(frozen=True)
class Blob:
    """A dark place, in cells."""

    row: int
    column: int
    sigma_mm: float
    contrast: float
    """Log luminance that it is darker by."""
    roundness: float
    """Its least curvature over its largest: 1 for a round place, 0 for a line, less for a saddle."""

    @property
    def diameter_mm(self) -> float:
        """Its width."""
        return WIDTH * self.sigma_mm

    def hides(self, other: "Blob", cell_mm: float) -> bool:
        """Return whether another, weaker place is only a part of this one, its ring, or another piece of its line."""
        away = math.hypot(self.row - other.row, self.column - other.column) * cell_mm
        related = other.contrast < ECHO * self.contrast or not self.round
        return (related and away < RELATED_REACH * self.diameter_mm) or self.overlaps(other, cell_mm)

    @property
    def round(self) -> bool:
        """Whether it is no line."""
        return self.roundness > ROUNDEST

    def overlaps(self, other: "Blob", cell_mm: float) -> bool:
        """Return whether the middle of the smaller lies well inside the larger."""
        away = math.hypot(self.row - other.row, self.column - other.column) * cell_mm
        return away < 0.75 * max(self.diameter_mm, other.diameter_mm)


def response(plane: Plane, sigma_px: float) -> Plane:
    """Return how much darker a place is than what is around it."""
    return smooth(plane, 2 * sigma_px) - smooth(plane, sigma_px)


def blobs(shown: Plane, strong: Mask, sigma_mm: float, cell_mm: float) -> list[Blob]:
    """Return the places whose response is strong and larger than around them.

    Args:
        shown: (h, w) the response.
        strong: (h, w) where it is strong enough.
        sigma_mm: of the inner blur of the response.
        cell_mm: the width of a pixel.

    """
    places = _maxima(shown, strong, sigma_mm / cell_mm)
    # The end of a line, or a piece between two breaks, is round until it is looked at together with what is around.
    soft = smooth(shown, SOFTER * sigma_mm / cell_mm)
    return [
        Blob(
            row=row,
            column=column,
            sigma_mm=sigma_mm,
            contrast=float(shown[row, column]) / RESPONSE,
            roundness=min(roundness(plane, row, column) for plane in (shown, soft)),
        )
        for row, column in places
    ]


def apart(found: Iterable[Blob], cell_mm: float) -> list[Blob]:
    """Return the round ones of those that no stronger one hides, strongest first."""
    kept: list[Blob] = []
    for blob in sorted(found, key=lambda blob: -blob.contrast):
        if not any(other.hides(blob, cell_mm) for other in kept):
            kept.append(blob)
    return [blob for blob in kept if blob.round]


def _maxima(plane: Plane, strong: Mask, sigma_px: float) -> list[list[int]]:
    reach = 2 * max(1, round(sigma_px)) + 1
    around = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    highest = strong & (plane >= cv2.dilate(plane, around))
    highest[[0, -1]] = highest[:, [0, -1]] = False
    found: list[list[int]] = np.argwhere(highest).tolist()
    return found


def roundness(plane: Plane, row: int, column: int) -> float:
    """Return the least over the largest curvature of a maximum."""
    near: NDArray[np.float64] = plane[row - 1 : row + 2, column - 1 : column + 2].astype(np.float64)
    xx, yy = near[1, 0] + near[1, 2] - 2 * near[1, 1], near[0, 1] + near[2, 1] - 2 * near[1, 1]
    xy = (near[0, 0] + near[2, 2] - near[0, 2] - near[2, 0]) / 4
    middle, half = (xx + yy) / 2, float(np.hypot((xx - yy) / 2, xy))
    steepest = middle - half
    return float((middle + half) / steepest) if steepest < 0 else 0.0
