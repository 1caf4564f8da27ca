"""Every face of a picture, largest first."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Image
from needlework.imaging.faces.detection import candidates
from needlework.imaging.faces.face import Face
from needlework.imaging.faces.mesh import JITTER, Square, around_candidate, around_points, once, settled

LEAST_CONFIDENCE = 0.5
UPRIGHT = ((0, False), (0, True))
TURNED = ((2, True), (1, True), (3, True))
"""Quarter turns (a picture lies on its head or side now and then), and whether to look for small faces too."""


def find(image: Image) -> tuple[Face, ...]:
    """Return every face, largest first; none is an empty answer."""
    return _faces(image, looks=UPRIGHT[1:] + TURNED, following=3, moves=len(JITTER))


def glance(image: Image) -> tuple[Face, ...]:
    """Return the faces that can be seen at once, for live use: small ones only alone, and each less exactly placed."""
    return _faces(image, looks=UPRIGHT + TURNED, following=2, moves=2)


def _faces(image: Image, *, looks: Iterable[tuple[int, bool]], following: int, moves: int) -> tuple[Face, ...]:
    for quarter_turns, near in looks:
        rows = candidates(image, quarter_turns=quarter_turns, near=near)
        if squares := _apart([square for row in rows for square in _followed(image, row, following)]):
            faces = [settled(image, square, moves) for square in squares]
            return tuple(sorted(faces, key=lambda face: -face.eye_distance_px))
    return ()


def _followed(image: Image, candidate: NDArray[np.float64], passes: int) -> Iterator[Square]:
    """Yield the square of a face, or nothing where the mesh says that there is none."""
    square = around_candidate(candidate)
    for _ in range(passes):
        points, confidence = once(image, square)
        if confidence < LEAST_CONFIDENCE:
            return
        square = around_points(points)
    yield square


def _apart(squares: list[Square]) -> list[Square]:
    """Return each face once: two candidates may have led to the same one."""
    kept: list[Square] = []
    for square in squares:
        if all(np.hypot(square.x - other.x, square.y - other.y) > max(square.side, other.side) / 4 for other in kept):
            kept.append(square)
    return kept
