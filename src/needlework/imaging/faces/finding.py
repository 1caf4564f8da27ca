"""Every face of an image, largest first."""

from collections.abc import Iterable
from math import hypot

import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Image
from needlework.imaging.faces.closeup import Closeup, Square, closeup
from needlework.imaging.faces.detection import candidates, overview
from needlework.imaging.faces.drawing import is_drawn
from needlework.imaging.faces.face import Face
from needlework.imaging.faces.mesh import JITTER, SIDE, around_candidate, around_points, cut, once, settled

LEAST_CONFIDENCE = 0.8
"""Of the mesh, 0 to 1. On 87 photographs it was never below 0.99; on cats, cups and noise never above 0.6."""
UPRIGHT = ((0, False), (0, True))
TURNED = ((2, True), (1, True), (3, True))
"""Quarter turns (an image lies on its head or side now and then), and whether to look for small faces too."""


def find(image: Image) -> tuple[Face, ...]:
    """Return every face, largest first; none is an empty answer.

    A face narrower than about a twentieth of the longer side is not seen.
    """
    return _faces(image, looks=UPRIGHT[1:] + TURNED, passes=3, moves=len(JITTER))


def glance(image: Image) -> tuple[Face, ...]:
    """Return the faces that can be seen at once, for live use: small ones only alone, and each less exactly placed."""
    return _faces(image, looks=UPRIGHT + TURNED, passes=2, moves=2)


def _faces(image: Image, *, looks: Iterable[tuple[int, bool]], passes: int, moves: int) -> tuple[Face, ...]:
    small = overview(image)
    for quarter_turns, near in looks:
        rows = candidates(small, quarter_turns=quarter_turns, near=near)
        if followed := [found for row in rows if (found := _followed(image, row, passes))]:
            return _apart([settled(close, square, moves) for close, square in followed])
    return ()


def _followed(image: Image, candidate: NDArray[np.float64], passes: int) -> tuple[Closeup, Square] | None:
    """Return a close-up with the square of a face in it, or nothing where the mesh says that there is none."""
    square = around_candidate(candidate)
    close = closeup(image, square, SIDE)
    square = close.inside(square)
    for _ in range(passes):
        points, confidence = once(close.image, square)
        if confidence < LEAST_CONFIDENCE:
            return None
        square = around_points(points)
    return None if is_drawn(cut(close.image, square)) else (close, square)


def _apart(faces: list[Face]) -> tuple[Face, ...]:
    """Return each face once, largest first: two candidates may have led to the same one."""
    kept: list[Face] = []
    for face in sorted(faces, key=lambda face: -face.eye_distance_px):
        middles = [(face.points - other.points).mean(axis=0)[:2] for other in kept]
        if all(hypot(*middle) > face.eye_distance_px for middle in middles):
            kept.append(face)
    return tuple(kept)
