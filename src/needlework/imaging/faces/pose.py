"""Which way a face looks, against the mean mesh."""

from math import asin, atan2, degrees
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Points
from needlework.imaging.faces.face import Face
from needlework.imaging.faces.mean import mean_face

STILL_MM = 0.7
"""Points that move less than this in a smile count fully for the pose."""


class Pose(NamedTuple):
    """How a head is turned, from the mean of faces that look straight into the camera.

    Turned about its own upright axis first, then nodded, then leant in the plane of the image: turning the image
    changes the lean alone.
    """

    yaw_deg: float
    """Positive: turned to its own left, the right of the image."""
    pitch_deg: float
    """Positive: looks up."""
    roll_deg: float
    """Positive: leans to its own left, clockwise on the image."""


def pose(face: Face) -> Pose:
    """Return which way a face looks.

    The lean reads true. Small turns and nods read 0.85 and 0.8 of what a simulated camera was turned by, and repeat
    within 0.3° (standard deviation); their zero is uncertain by 2.5° and 5° from one person to another, so that only
    differences between photographs of one person are exact.
    """
    mean = mean_face()
    _, turn = fit(mean.points, face.points, stillness())
    toward = turn[:, 2]
    return Pose(
        degrees(atan2(toward[0], toward[2])),
        degrees(asin(np.clip(-toward[1], -1, 1))),
        degrees(atan2(-turn[1, 0], turn[1, 1])),
    )


def stillness() -> NDArray[np.float64]:
    """Return how much each point counts where an expression should not: the less it moves in a smile, the more."""
    return np.asarray(1 / (mean_face().moves_mm ** 2 + STILL_MM**2), np.float64)


def onto(points: Points, target: Points, weights: NDArray[np.float64]) -> Points:
    """Return points moved, turned and scaled as one body so that they lie on the target as well as can be."""
    scale, turn = fit(points, target, weights)
    moved = points - np.average(points, axis=0, weights=weights)
    return np.asarray(scale * moved @ turn + np.average(target, axis=0, weights=weights), np.float64)


def fit(points: Points, target: Points, weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """Return the scale and the matrix that turn points (as rows, around their mean) onto the target.

    Weighted least squares without reflection (Umeyama 1991).
    """
    weight = (weights / weights.sum())[:, None]
    body, goal = (each - (weight * each).sum(axis=0) for each in (points, target))
    left, sizes, right = np.linalg.svd(body.T @ (weight * goal))
    signs = np.array([1, 1, np.sign(np.linalg.det(left @ right))])
    return float((sizes * signs).sum() / (weight * body**2).sum()), np.asarray((left * signs) @ right, np.float64)
