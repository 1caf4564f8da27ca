"""Points that a person placed, where no face is found: the mean mesh is bent onto them."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import RBFInterpolator

from needlework.evidence.errors import InputError
from needlework.evidence.near import near
from needlework.imaging.arrays import Points
from needlework.imaging.faces.face import PUPIL_DISTANCE_MM, Face
from needlework.imaging.faces.mean import mean_face
from needlework.imaging.shots import Shot

NEEDED = {"eye-right-outer": 33, "eye-right-inner": 133, "eye-left-inner": 362, "eye-left-outer": 263}
OTHERS = {
    "nose-tip": 4,
    "mouth-right": 61,
    "mouth-left": 291,
    "chin": 152,
    "forehead-top": 10,
    "cheek-right": 234,
    "cheek-left": 454,
    "jaw-right": 172,
    "jaw-left": 397,
}
PLACES = NEEDED | OTHERS
"""Name → point of the mesh; right and left are the patient's own. The forehead's top is the middle of its upper third,
a cheek the edge of the face before the ear, a jaw the edge of the face at the height of the mouth."""
ALL = ", ".join(PLACES)
LEAST_OTHERS = 3
LEAST_UPRIGHT = 0.1
"""How much of the face's plane must be seen from the front, 1 being all of it: below 0, left and right are swapped."""
ASKEW = "These points do not lie as in a face. Right and left are the patient's own: place the right eye on the left."
SMOOTHING = 0.3
"""How far the bend may pass by the points, which are not exact; chosen on measured meshes, points off by 1 mm."""
SPREAD_MM = 1.5
"""Root mean square error of a point along an axis: measured 1.6, 1.3 and 0.9 mm with 7, 9 and 13 points that were off
by 1 mm, on 51 calm faces and 36 turned by up to 7.5°."""


def read(document: Any, shots: Sequence[Shot]) -> dict[str, Face]:
    """Return the faces of a document `{"photo.jpg": {"eye-right-outer": [x, y], …}, …}` by the name of the shot.

    Raises InputError naming the photograph and the point, where either is unknown, outside or missing.
    """
    if not isinstance(document, Mapping):
        raise InputError("", 'Write an object: {"photo.jpg": {"eye-right-outer": [x, y], …}}.')
    known = {shot.name: shot for shot in shots}
    for name in document:
        if name not in known:
            hint = near(name, known, f"They are: {', '.join(sorted(known))}.")
            raise InputError(name, f"This is none of the photographs. {hint}")
    return {name: place(points, known[name]) for name, points in document.items()}


def place(points: Any, shot: Shot) -> Face:
    """Return the face that goes through points by name, in pixels of the shot.

    The mean mesh is bent by a thin plate spline over its three dimensions, whose linear part takes up size, position
    and turn; depth follows from that part.
    """
    places = _checked(points, shot)
    mean = mean_face().points / PUPIL_DISTANCE_MM
    bend = RBFInterpolator(mean[[PLACES[name] for name in places]], list(places.values()), smoothing=SMOOTHING)
    flat = np.asarray(bend(mean), np.float64)
    face = Face(np.column_stack([flat, _depth(mean, flat, shot.name)]), 0.0, placed=True)
    return Face(face.points, SPREAD_MM / face.mm_per_px, placed=True)


def _depth(mean: Points, flat: Points, name: str) -> NDArray[np.float64]:
    """Return z, taking the mesh to be the mean mesh turned and seen without perspective."""
    across, down = np.linalg.lstsq(mean, flat - flat.mean(axis=0))[0].T
    away = np.cross(across, down)
    if not away[2] > max(LEAST_UPRIGHT * (across @ across + down @ down) / 2, 1):
        raise InputError(name, ASKEW)
    return np.asarray(mean @ away / np.linalg.norm(away) ** 0.5, np.float64)


def _checked(points: Any, shot: Shot) -> dict[str, tuple[float, float]]:
    if not isinstance(points, Mapping):
        raise InputError(shot.name, 'Write an object of points: {"eye-right-outer": [x, y], …}.')
    places = {name: _place(name, value, shot) for name, value in points.items()}
    if missing := [name for name in NEEDED if name not in places]:
        raise InputError(shot.name, f"{missing[0]} is missing. Place all four corners of the eyes.")
    if len(places) < len(NEEDED) + LEAST_OTHERS:
        raise InputError(shot.name, f"Place at least {LEAST_OTHERS} more points, of: {', '.join(OTHERS)}.")
    return places


def _place(name: str, value: Any, shot: Shot) -> tuple[float, float]:
    field = f"{shot.name}.{name}"
    if name not in PLACES:
        raise InputError(field, f"There is no such point. {near(name, PLACES, f'There are: {ALL}.')}")
    if not (isinstance(value, list | tuple) and len(value) == 2 and all(_is_number(one) for one in value)):
        raise InputError(field, "Write x and y in pixels: [812, 640].")
    height, width = shot.image.shape[:2]
    if not (0 <= value[0] < width and 0 <= value[1] < height):
        raise InputError(field, f"This lies outside the photograph, which is {width} × {height} pixels. Place it anew.")
    return float(value[0]), float(value[1])


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
