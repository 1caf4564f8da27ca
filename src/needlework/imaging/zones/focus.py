"""What is out of focus, told from smooth skin."""

import cv2
import numpy as np

from needlework.imaging.arrays import Image, Mask, Plane
from needlework.imaging.filters import smooth
from needlework.imaging.zones.shapes import without_islands

CELL_MM = 2.0
"""Side of the cells over which the size of structure is averaged: two hundred pixels of the finest grid."""
FAINTER = 0.42
"""Fine structure below this share of the face's own sharp skin …"""
STEEPER = 0.5
"""… which has also fallen this much further (in log) than the coarser structure under it. Blur takes the fine first;
skin that is smooth, powdered or compressed has less of both. Of 50 sharp faces 0.3 % of the skin answers to both; of
their halves blurred by a Gaussian of 1.5, 2 and 3 pixels 73, 85 and 79 % does."""
MAJORITY = 0.35
"""The share of the cells within about 4 mm that must agree."""
LEAST_MM2 = 150.0
"""What is out of focus lies at another distance, and so it is large; smaller pieces are smooth skin."""
SHARP_QUANTILE = 75
"""The sharp skin of a face: half of it may be soft."""
LOG = np.log(np.arange(256) / 255 + 0.02).astype(np.float32)
"""Log of the coded value, lifted so that noise in the dark does not count as structure."""


def soft(image: Image, skin: Mask, mm_per_px: float) -> Mask:
    """Return what is far softer than the sharp skin of the same photograph; no evidence, no answer.

    Grain of the camera hides blur where it is stronger than the skin's own structure: there nothing is said.
    """
    fine, coarse = _structure(image, mm_per_px)
    size = fine.shape[1], fine.shape[0]
    known = cv2.resize(skin.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0.6
    if not known.any():
        return np.zeros_like(skin)
    steep = np.log(fine / coarse)
    faint = fine < FAINTER * np.percentile(fine[known], SHARP_QUANTILE)
    votes = faint & (steep < np.percentile(steep[known], SHARP_QUANTILE) - STEEPER) & known
    weight = smooth(known.astype(np.float32), 2.0) + np.float32(1e-4)
    agreed = (smooth(votes.astype(np.float32), 2.0) / weight > MAJORITY) & known
    agreed = without_islands(agreed, LEAST_MM2, CELL_MM)
    grown = cv2.resize(agreed.astype(np.uint8), skin.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(grown > 0)


def _structure(image: Image, mm_per_px: float) -> tuple[Plane, Plane]:
    """Return the mean size of structure of one pixel, and of two to four, in cells of `CELL_MM`."""
    grey = cv2.LUT(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), LOG)
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    coarse = cv2.GaussianBlur(half, (0, 0), 1.0) - cv2.GaussianBlur(half, (0, 0), 2.0)
    fine = grey - cv2.GaussianBlur(grey, (0, 0), 1.0)
    size = tuple(max(4, round(side * mm_per_px / CELL_MM)) for side in grey.shape[::-1])
    return _mean_size(fine, size), _mean_size(coarse, size)


def _mean_size(band: Plane, size: tuple[int, ...]) -> Plane:
    cells = cv2.resize(np.abs(band), size, interpolation=cv2.INTER_AREA)
    return smooth(np.asarray(cells, np.float32), 1.2) + np.float32(1e-6)
