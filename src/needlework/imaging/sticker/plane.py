"""Where the sticker's squares are in a photograph, and the plane, scale and tilt that they give."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Image, Points
from needlework.imaging.sticker.geometry import CELLS, Square, cells, dictionary, geometry

LONGEST_SEARCHED_PX = 2000
"""A larger picture is searched on a reduced copy, in which a square of 9 mm is still 15 px at 0.6 mm per pixel."""
LEAST_SQUARES = 3
"""Of the four that must be seen; two are enough to look for the others."""
LEAST_LIKENESS = 0.7
"""Correlation of a square's cells with what they should be, from which it counts as seen."""
CELL_SAMPLES = 4
"""Samples along a cell when its light is looked at."""
LEAST_INSIDE_PX = 2.0
"""Between a corner and the border of the picture, so that the edges which give its place are seen."""
LEAST_CORNERS = 6
"""Of which a plane is found: four have only one that fits."""
SAME_PLACE = 0.25
"""How far a square may lie from where another one of the same sticker expects it, for every millimetre that they are
apart: one square alone gives a coarse plane, and the next sticker is farther than that."""
PRINT_ERROR = 0.005
"""Relative standard error of a printed length: the page asks for 100 mm, give or take half a millimetre."""


@dataclass(frozen=True, eq=False)
class Plane:
    """The plane of a sticker, and how well its squares lie in it."""

    homography: NDArray[np.float64]
    """(3, 3): millimetres on the sticker to pixels of the image."""
    seen: int
    """How many of its four squares were read."""
    others: int
    """Squares in the picture that belong to another sticker."""
    residual_mm: float
    """Root mean square distance of the corners of its squares from where the plane has them."""

    @property
    def stretches(self) -> tuple[float, float]:
        """Return pixels per millimetre at the sticker's middle, along the axis of the tilt and across it."""
        larger, smaller = np.linalg.svd(_jacobian(self.homography, geometry().middle[0]), compute_uv=False)
        return float(larger), float(smaller)

    @property
    def mm_per_px(self) -> float:
        """Return the scale at the middle along the axis of the tilt, which neither a tilt nor a bend shortens."""
        return 1 / self.stretches[0]

    @property
    def scale_error(self) -> float:
        """Return the relative standard error of the scale: of the print, and of the corners."""
        points = np.concatenate([square.corners for square in geometry().squares])
        spread = float(np.sqrt(((points - points.mean(axis=0)) ** 2).sum()))
        return float(np.hypot(PRINT_ERROR, self.residual_mm / spread * np.sqrt(4 / self.seen)))

    @property
    def tilt_degrees(self) -> float:
        """Return how far the sticker is turned away from the camera."""
        larger, smaller = self.stretches
        return float(np.degrees(np.arccos(smaller / larger)))


def find(image: Image) -> Plane | None:
    """Return the plane of the sticker of which most is seen, the largest of equals; None where there is none."""
    light = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)
    read = _read(light)
    groups = [_together(one, read) for one in read]
    planes = [_plane(light, group, others=len(read) - len(group)) for group in groups if len(group) > 1]
    return max(filter(None, planes), key=lambda plane: (plane.seen, -plane.mm_per_px), default=None)


Placed = tuple[Square, Points]
"""A square, and its corners (4, 2) in pixels."""


def _read(light: NDArray[np.uint8]) -> list[Placed]:
    """Return every square of a sticker that can be read in a picture (h, w), in its pixels."""
    step = -(-max(light.shape) // LONGEST_SEARCHED_PX)
    size = (light.shape[1] // step, light.shape[0] // step)
    small = cv2.resize(light[: size[1] * step, : size[0] * step], size, interpolation=cv2.INTER_AREA)
    corners, places, _ = _detector().detectMarkers(small)
    return [
        (geometry().squares[int(place)], (one[0].astype(np.float64) + 0.5) * step - 0.5)
        for place, one in zip([] if places is None else places.ravel(), corners, strict=True)
    ]


@cache
def _detector() -> cv2.aruco.ArucoDetector:
    settings = cv2.aruco.DetectorParameters()
    settings.adaptiveThreshWinSizeMin, settings.adaptiveThreshWinSizeStep = 7, 16
    return cv2.aruco.ArucoDetector(dictionary(), settings)


def _together(first: Placed, read: list[Placed]) -> dict[Square, Points]:
    """Return the squares that lie where the first one expects those of its own sticker, the nearest of each."""
    own, corners = first
    to_image, _ = cv2.estimateAffine2D(own.corners, corners)
    near: dict[Square, tuple[float, Points]] = {own: (0.0, corners)}
    for square, places in read:
        apart = to_image[:, :2] @ (square.corners - own.corners).mean(axis=0)
        off = float(np.linalg.norm(places.mean(axis=0) - corners.mean(axis=0) - apart))
        astray = off / max(float(np.linalg.norm(apart)), 1.0)
        if astray < near.get(square, (SAME_PLACE,))[0]:
            near[square] = (astray, places)
    return {square: places for square, (_, places) in near.items()}


def _plane(light: NDArray[np.uint8], group: dict[Square, Points], *, others: int) -> Plane | None:
    """Return the plane through all squares that are where some of them say, or None where those are too few."""
    coarse = _homography(_corners(light, group))
    if coarse is None:
        return None
    seen = [square for square in geometry().squares if _likeness(light, coarse, square) > LEAST_LIKENESS]
    if len(seen) < LEAST_SQUARES:
        return None
    corners = _corners(light, {one: cv2.perspectiveTransform(one.corners[None], coarse)[0] for one in seen})
    homography = _homography(corners)
    return None if homography is None else Plane(homography, len(seen), others, _residual(homography, corners))


def _likeness(light: NDArray[np.uint8], homography: NDArray[np.float64], square: Square) -> float:
    """Return how the light of a square's cells, where a plane has it, correlates with what they should be."""
    black = cells(square)
    side = CELLS * CELL_SAMPLES
    to_mm = np.array([[square.side_mm / side, 0, square.x_mm], [0, square.side_mm / side, square.y_mm], [0, 0, 1]])
    seen = cv2.warpPerspective(light, homography @ to_mm, (side, side), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    means = cv2.resize(seen, (CELLS, CELLS), interpolation=cv2.INTER_AREA).astype(np.float64)
    return float(np.corrcoef(means.ravel(), ~black.ravel())[0, 1]) if means.std() > 0 else 0.0


@dataclass(frozen=True, eq=False)
class _Corners:
    """Corners (n, 2) of squares."""

    own: Points
    """On the sticker, in millimetres."""
    reach: Points
    """From the middle of their square."""
    places: Points
    """In pixels of the picture."""


def _corners(light: NDArray[np.uint8], squares: Mapping[Square, Points]) -> _Corners:
    """Return the corners that lie inside a picture, refined, of squares whose corners are about known in pixels."""
    rough, own = np.concatenate(list(squares.values())), np.concatenate([square.corners for square in squares])
    reach = np.concatenate([square.corners - square.corners.mean(axis=0) for square in squares])
    inside = ((rough >= LEAST_INSIDE_PX) & (rough <= np.array(light.shape[::-1]) - 1 - LEAST_INSIDE_PX)).all(axis=1)
    places = np.concatenate([_refined(light, corners) for corners in squares.values()])
    return _Corners(own[inside], reach[inside], places[inside])


def _homography(corners: _Corners) -> NDArray[np.float64] | None:
    """Return millimetres to pixels, or None where too few corners lie inside the picture."""
    found = cv2.findHomography(corners.own, corners.places)[0] if len(corners.own) >= LEAST_CORNERS else None
    return None if found is None else np.asarray(found, np.float64)


def _residual(homography: NDArray[np.float64], corners: _Corners) -> float:
    """Return how far corners lie from where the plane has them, in millimetres, squares of one size.

    Blur and bleeding ink make all squares smaller or larger by the same, which moves no square.
    """
    off = cv2.perspectiveTransform(corners.places[None], np.linalg.inv(homography))[0] - corners.own
    growth = (corners.reach * off).sum() / (corners.reach**2).sum()
    return float(np.sqrt(((off - growth * corners.reach) ** 2).sum(axis=1).mean()))


def _refined(light: NDArray[np.uint8], corners: Points) -> Points:
    """Return the corners (4, 2) of a square to a fraction of a pixel, from the edges within half a cell of each."""
    cell = np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1).min() / CELLS
    reach = max(2, round(cell / 2))
    until = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 30, 0.01)
    # A square at the border of the picture may have a corner just outside it.
    start = np.ascontiguousarray(np.clip(corners, 0, np.array(light.shape[::-1]) - 1)[:, None], np.float32)
    return np.asarray(cv2.cornerSubPix(light, start, (reach, reach), (-1, -1), until)[:, 0], np.float64)


def _jacobian(homography: NDArray[np.float64], point: Points) -> NDArray[np.float64]:
    """Return how pixels move (2, 2) with millimetres at a point of the sticker."""
    x, y, w = homography @ [*point, 1]
    return np.asarray((homography[:2, :2] - np.outer([x / w, y / w], homography[2, :2])) / w, np.float64)
