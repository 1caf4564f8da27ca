"""Masks made larger, and freed of small pieces."""

import cv2
import numpy as np

from needlework.imaging.arrays import Mask


def grown(mask: Mask, by_mm: float, mm_per_px: float) -> Mask:
    """Return a mask with a margin around it."""
    if not mask.any():
        return mask
    away = cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_3)
    return np.asarray(away * mm_per_px <= by_mm)


def without_islands(mask: Mask, least_mm2: float, mm_per_px: float) -> Mask:
    """Return a mask without the pieces that are smaller than an area."""
    _, pieces, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    large = stats[:, cv2.CC_STAT_AREA] * mm_per_px**2 >= least_mm2
    return np.asarray(large[pieces] & mask)
