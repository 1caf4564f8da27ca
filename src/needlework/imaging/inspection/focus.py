"""How soft a photograph is, from the edges that every face has: lids, lashes, brows and lips."""

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Image, Plane
from needlework.imaging.faces.face import Face
from needlework.imaging.filters import smooth
from needlework.imaging.inspection.closeup import BROWS, EYES, LIPS, cutting

AGAIN_PX = 1.5
"""Sigma of the second blur that edges are compared under."""
SHARPEST = 15
"""Percentile of the edges' softness that stands for the lens: soft edges of the face itself lie above it."""
LEAST_SIDE_PX, LEAST_EDGES = 8, 20
"""A smaller cutting, or fewer pixels on edges, tell nothing."""
UNKNOWN_PX = 9.9
"""What is said where nothing is told: softer than any photograph that is fit."""


def softness_px(image: Image, face: Face) -> float:
    """Return the sigma (px) of the blur of the sharpest edges, by re-blurring.

    The gradient of an edge of softness s falls by sqrt(1 + a²/s²) when blurred again by a (Zhuo & Sim 2011, Pattern
    Recognition 44:1852), so that s = a / sqrt(ratio² - 1).
    """
    found = [_edges(_grey(cut)) for cut in _cuttings(image, face) if min(cut.shape[:2]) > LEAST_SIDE_PX]
    softness = np.concatenate(found) if found else np.empty(0)
    return float(np.percentile(softness, SHARPEST)) if softness.size > LEAST_EDGES else UNKNOWN_PX


def _cuttings(image: Image, face: Face) -> list[Image]:
    parts = (EYES[0] + BROWS[0], EYES[1] + BROWS[1], LIPS)
    margin = 0.05 * face.eye_distance_px
    return [cutting(image, face.points[list(part), :2], margin)[0] for part in parts]


def _grey(cut: Image) -> Plane:
    return np.asarray(cv2.cvtColor(cut, cv2.COLOR_RGB2GRAY), np.float32)


def _edges(plane: Plane) -> NDArray[np.float64]:
    first, second = _slope(plane), _slope(smooth(plane, AGAIN_PX))
    steep = first > max(float(np.percentile(first, 97)), 4.0)
    ratio = np.maximum(first[steep] / np.maximum(second[steep], 1e-3), 1.001)
    return np.asarray(AGAIN_PX / np.sqrt(ratio.astype(np.float64) ** 2 - 1))


def _slope(plane: Plane) -> Plane:
    along = cv2.Sobel(plane, cv2.CV_32F, 1, 0, ksize=3, scale=0.125)
    down = cv2.Sobel(plane, cv2.CV_32F, 0, 1, ksize=3, scale=0.125)
    return np.asarray(cv2.magnitude(along, down), np.float32)
