"""Smoothing, in pixels and inside masks."""

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Mask

LARGEST_DIRECT = 5.0
"""Gaussian sigma, in pixels, up to which a plane is blurred as it is: from here on it can be reduced to half or less,
and a sigma of 2.5 of the larger pixels is still left to blur by."""


def smooth(plane: NDArray[np.float32], sigma_px: float) -> NDArray[np.float32]:
    """Return a Gaussian blur; a wide one runs on a reduced copy, where it costs less and loses nothing."""
    if sigma_px <= LARGEST_DIRECT:
        return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma_px), np.float32)
    height, width = plane.shape[:2]
    step = int(sigma_px // 2.5)
    small = cv2.resize(plane, (max(8, width // step), max(8, height // step)), interpolation=cv2.INTER_AREA)
    ratio = width / small.shape[1]
    rest = max(sigma_px**2 - ratio**2 / 6, 1.0) ** 0.5 / ratio
    return np.asarray(cv2.resize(cv2.GaussianBlur(small, (0, 0), rest), (width, height)), np.float32)


def smooth_inside(plane: NDArray[np.float32], mask: Mask, sigma_px: float) -> NDArray[np.float32]:
    """Return a Gaussian blur that takes its values from inside a mask alone (normalised convolution)."""
    weight = mask.astype(np.float32)
    return smooth(plane * weight, sigma_px) / (smooth(weight, sigma_px) + np.float32(1e-4))


def band(plane: NDArray[np.float32], fine_px: float, coarse_px: float) -> NDArray[np.float32]:
    """Return what lies between two Gaussian blurs: structure of about those widths."""
    return smooth(plane, fine_px) - smooth(plane, coarse_px)
