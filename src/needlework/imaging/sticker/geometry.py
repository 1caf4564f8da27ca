"""What is on the sticker and where: `sticker.toml`, read once."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Plane, Points
from needlework.imaging.colour import TABLE

CELLS = 6
"""Cells along a side of a square: four of its number, and the black edge on both sides."""


@dataclass(frozen=True)
class Square:
    """One of the squares in the corners, on which the sticker is found."""

    number: int
    """Its number in the ArUco dictionary."""
    x_mm: float
    y_mm: float
    side_mm: float

    @property
    def corners(self) -> Points:
        """Return its corners (4, 2) in millimetres, clockwise from the top left as it is printed."""
        return _clockwise(self.x_mm, self.y_mm, self.side_mm, self.side_mm)


@dataclass(frozen=True)
class Patch:
    """One patch of a known colour."""

    colour: str
    """`paper`, or `grey-` or `skin-` with a number."""
    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float
    srgb: tuple[int, int, int]
    """As printed, relative to paper."""

    @property
    def middle(self) -> tuple[float, float]:
        """Return where its middle lies, in millimetres."""
        return self.x_mm + self.width_mm / 2, self.y_mm + self.height_mm / 2

    @property
    def is_neutral(self) -> bool:
        """Return whether it is a grey or bare paper."""
        return not self.colour.startswith("skin")


@dataclass(frozen=True)
class Geometry:
    """Everything that is on the sticker."""

    version: str
    width_mm: float
    height_mm: float
    paper_reflectance: float
    ink_reflectance: float
    dictionary: str
    """The name of the ArUco dictionary in OpenCV."""
    squares: tuple[Square, ...]
    patches: tuple[Patch, ...]

    @property
    def corners(self) -> Points:
        """Return the corners (4, 2) of the sticker in millimetres, clockwise from the top left."""
        return _clockwise(0, 0, self.width_mm, self.height_mm)

    def outline(self, homography: NDArray[np.float64]) -> Points:
        """Return where the corners (4, 2) lie, by a homography (3, 3) from millimetres on the sticker."""
        return np.asarray(cv2.perspectiveTransform(self.corners[None], homography)[0], np.float64)

    def away_mm(self, places: NDArray[np.float64]) -> Plane:
        """Return how far places (h, w, 2), in millimetres on the sticker, lie from it in x or y, 0 on it."""
        low, high = self.corners.min(axis=0), self.corners.max(axis=0)
        return np.asarray(np.maximum(np.maximum(low - places, places - high), 0).max(axis=-1), np.float32)

    @property
    def middles(self) -> Points:
        """Return the middle (patches, 2) of every patch, in millimetres."""
        return np.array([patch.middle for patch in self.patches], np.float64)

    @property
    def middle(self) -> Points:
        """Return the point (1, 2), in millimetres, about which the patches lie in pairs."""
        return np.asarray(self.middles.mean(axis=0, keepdims=True), np.float64)

    @property
    def reflectances(self) -> NDArray[np.float64]:
        """Return the nominal reflectance (patches, 3) of every patch, in linear sRGB."""
        coded = np.array([patch.srgb for patch in self.patches])
        return np.asarray(self.paper_reflectance * TABLE[coded], np.float64)


@cache
def geometry() -> Geometry:
    """Return the sticker of this version."""
    table = tomllib.loads((files(__package__) / "sticker.toml").read_text("utf-8"))
    squares = table.pop("squares")
    colours, rows = table.pop("colours"), table.pop("row")
    return Geometry(
        **table,
        dictionary=squares["dictionary"],
        squares=tuple(Square(side_mm=squares["side_mm"], **place) for place in squares["places"]),
        patches=tuple(chain.from_iterable(_patches(row, colours) for row in rows)),
    )


@cache
def dictionary() -> cv2.aruco.Dictionary:
    """Return the ArUco dictionary of the sticker's own squares alone; a square's index in it is its place."""
    whole = cv2.aruco.getPredefinedDictionary(getattr(cv2.aruco, geometry().dictionary))
    own = whole.bytesList[[square.number for square in geometry().squares]]
    return cv2.aruco.Dictionary(own, whole.markerSize, whole.maxCorrectionBits)


def cells(square: Square) -> NDArray[np.bool_]:
    """Return the cells (6, 6) of a square: True where it is black."""
    picture = cv2.aruco.generateImageMarker(dictionary(), geometry().squares.index(square), CELLS)
    return np.asarray(picture == 0, np.bool_)


def _patches(row: dict[str, Any], colours: dict[str, Any]) -> list[Patch]:
    width, height = row["patch_width_mm"], row["patch_height_mm"]
    return [
        Patch(colour, row["x_mm"] + place * width, row["y_mm"], width, height, tuple(colours[colour]))
        for place, colour in enumerate(row["colours"])
    ]


def _clockwise(x: float, y: float, width: float, height: float) -> Points:
    return np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]], np.float64)
