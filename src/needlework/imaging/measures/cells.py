"""Shots and masks on a coarser grid, for what is no finer than its cells."""

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Linear, Mask
from needlework.imaging.colour import to_linear

COVERED = 0.75
"""So much of a cell must count for the cell to count."""


def size(shape: tuple[int, ...], mm_per_px: float, cell_mm: float) -> tuple[int, int]:
    """Return width and height of a (…, h, w) grid in cells, never finer than its pixels."""
    step = max(cell_mm / mm_per_px, 1)
    return max(1, round(shape[-1] / step)), max(1, round(shape[-2] / step))


def light(image: NDArray[np.uint8], width_height: tuple[int, int]) -> Linear:
    """Return the mean linear light of each cell; one channel at a time, since the whole would be large."""
    planes = [plane(to_linear(image[..., channel]), width_height) for channel in range(3)]
    return np.stack(planes, axis=-1)


def plane(values: NDArray[np.float32], width_height: tuple[int, int]) -> NDArray[np.float32]:
    """Return the mean of each cell."""
    return np.asarray(cv2.resize(values, width_height, interpolation=cv2.INTER_AREA), np.float32)


def mask(values: Mask, width_height: tuple[int, int]) -> Mask:
    """Return which cells are covered well enough."""
    shares = cv2.resize(values.view(np.uint8) * np.uint8(255), width_height, interpolation=cv2.INTER_AREA)
    return np.asarray(shares >= COVERED * 255)
