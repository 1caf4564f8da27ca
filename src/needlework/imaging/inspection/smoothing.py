"""Whether a machine smoothed the skin: grain that a lens cannot take away while it leaves edges sharp."""

import cv2
import numpy as np

from needlework.imaging.arrays import Image
from needlework.imaging.faces.face import Face
from needlework.imaging.inspection.closeup import cutting

CHEEKS = ((50, 101, 205, 118), (280, 330, 425, 347))
LAPLACIAN = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32) / 6
"""Passes noise and takes out all that is smooth (Immerkær 1996)."""


def grain(image: Image, face: Face) -> float:
    """Return the standard deviation of the finest structure of the cheeks, in grey levels of 255."""
    return float(np.median([_grain(cutting(image, face.points[list(cheek), :2], 0)[0]) for cheek in CHEEKS]))


def _grain(cut: Image) -> float:
    if min(cut.shape[:2]) < 5:
        return 0.0
    grey = cv2.cvtColor(cut, cv2.COLOR_RGB2GRAY).astype(np.float32)
    fine = cv2.filter2D(grey, -1, LAPLACIAN)[1:-1, 1:-1]
    return float(np.mean(np.abs(fine)) * np.sqrt(np.pi / 2))
