"""What light and colour a stretch of skin would have by itself, given the skin around it."""

import cv2
import numpy as np

from needlework.imaging.arrays import Mask, Plane

STEP_MM = 1.5
"""The grid that slopes are fitted on: light on skin changes over centimetres."""
RIDGE = 0.15
"""Added to the spread of positions, in squared sigmas, so that a narrow strip of skin gives no steep slope."""
SUPPORT = 0.03
"""The share of skin around a place from which its slope is believed; below it the trend fades to `beyond`."""


def trend(plane: Plane, counts: Mask, sigma_mm: float, mm_per_px: float, *, beyond: float) -> Plane:
    """Return, for every pixel, the straight line through what counts around it, weighted by a Gaussian.

    A line and not a mean: towards the border of a face light falls off, and a mean would call that dark. Where next
    to nothing counts, the trend is `beyond`.
    """
    height, width = plane.shape
    step = max(STEP_MM / mm_per_px, 1.0)
    size = (max(8, round(width / step)), max(8, round(height / step)))
    weight = cv2.resize(counts.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    value = cv2.resize(plane * counts, size, interpolation=cv2.INTER_AREA)
    fitted = _fitted(np.asarray(weight), np.asarray(value), sigma_mm / (mm_per_px * step), beyond)
    return np.asarray(cv2.resize(fitted, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _fitted(weight: Plane, value: Plane, sigma: float, beyond: float) -> Plane:
    """Return the weighted linear fit at every place, from its moments (`value` is already weighted)."""
    y, x = np.indices(weight.shape, np.float32) / np.float32(sigma)
    total = _around(weight, sigma) + np.float32(1e-4)
    mean_x, mean_y, mean = (_around(part, sigma) / total for part in (weight * x, weight * y, value))
    spread_x = _around(weight * x * x, sigma) / total - mean_x**2 + RIDGE
    spread_y = _around(weight * y * y, sigma) / total - mean_y**2 + RIDGE
    both = _around(weight * x * y, sigma) / total - mean_x * mean_y
    with_x = _around(value * x, sigma) / total - mean * mean_x
    with_y = _around(value * y, sigma) / total - mean * mean_y
    down = np.maximum(spread_x * spread_y - both**2, RIDGE**2)
    slope_x = (with_x * spread_y - with_y * both) / down
    slope_y = (with_y * spread_x - with_x * both) / down
    sure = np.minimum(total / SUPPORT, 1)
    line = mean + slope_x * (x - mean_x) + slope_y * (y - mean_y)
    return np.asarray(sure * line + (1 - sure) * beyond, np.float32)


def _around(plane: Plane, sigma: float) -> Plane:
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma, borderType=cv2.BORDER_CONSTANT), np.float32)
