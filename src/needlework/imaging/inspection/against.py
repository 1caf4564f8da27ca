"""A photograph against the first one of its series: pose, size, distance and expression."""

from collections.abc import Iterator

import numpy as np

from needlework.imaging.faces.expression import difference_mm
from needlework.imaging.faces.face import Face
from needlework.imaging.faces.pose import pose
from needlework.imaging.inspection.checks import Check, check

EARS = (234, 454)
"""Points before the ears: nearer cameras see less of a face's sides, so that they move together."""


def against(face: Face, first: Face) -> Iterator[Check]:
    """Hold a face against the same face in the first photograph."""
    yield check("pose", turned_deg(face, first))
    yield check("size-against-first", 100 * abs(face.eye_distance_px / first.eye_distance_px - 1))
    yield check("distance", 100 * abs(_width(face) / _width(first) - 1))
    yield check("expression", difference_mm(face, first))


def turned_deg(face: Face, first: Face) -> float:
    """Return the largest difference of yaw, pitch and roll."""
    return float(np.abs(np.subtract(pose(face), pose(first))).max())


def _width(face: Face) -> float:
    right, left = face.points[list(EARS), :2]
    return float(np.linalg.norm(right - left)) / face.eye_distance_px
