"""Where the zones of a face lie, from its mesh."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.evidence import toml
from needlework.imaging.arrays import Mask, Points
from needlework.imaging.faces.mean import mean_face

Corner = int | Sequence[float]
FINE_BITS = 4
"""Corners are drawn to a sixteenth of a pixel."""


def outlines(points: Points) -> dict[str, Points]:
    """Return the outline, (n, 2) in pixels, of every zone of the face; left and right are the patient's own.

    `points` is the mesh, (468, 2 or 3), of a picture that is not mirrored.
    """
    middle = {zone: _whole(points, corners) for zone, corners in _table()["middle"].items()}
    sides = {
        f"{zone}-{side}": _placed(points, corners, mirrored=side == "left")
        for zone, corners in _table()["right"].items()
        for side in ("left", "right")
    }
    return middle | sides


def apart(points: Points) -> list[Points]:
    """Return the outlines of what lies on a face and is no zone: eyes with their lids, brows, nostrils, lips."""
    table = dict(_table()["apart"])
    lips = _whole(points, table.pop("lips"))
    return [lips, *(_placed(points, corners, mirrored=left) for corners in table.values() for left in (False, True))]


def border(points: Points) -> Points:
    """Return the border of the mesh."""
    return _whole(points, _table()["border"]["face"])


def inside(drawn: Iterable[Points], shape: tuple[int, int]) -> Mask:
    """Return the pixels of a plane inside any of some outlines."""
    plane = np.zeros(shape, np.uint8)
    for outline in drawn:
        corners = np.rint(outline * 2**FINE_BITS).astype(np.int32)
        cv2.fillPoly(plane, [corners], (1,), shift=FINE_BITS)
    return plane.astype(bool)


@cache
def _table() -> Mapping[str, Mapping[str, Sequence[Corner]]]:
    document: dict[str, Any] = toml.read(files(__package__) / "outlines.toml")
    return document


def _whole(points: Points, corners: Sequence[Corner]) -> Points:
    return np.vstack((_placed(points, corners), _placed(points, corners, mirrored=True)[::-1]))


def _placed(points: Points, corners: Sequence[Corner], *, mirrored: bool = False) -> Points:
    rows = np.array([(corner, corner, 0) if isinstance(corner, int) else corner for corner in corners])
    ends: NDArray[np.intp] = rows[:, :2].astype(np.intp)
    if mirrored:
        ends = mean_face().mirror[ends]
    here, there = points[ends[:, 0], :2], points[ends[:, 1], :2]
    return np.asarray(here + rows[:, 2:] * (there - here), np.float64)
