"""A face cut out of its image and reduced once, so that every look at it costs the same however large the image."""

from dataclasses import dataclass
from math import cos, sin

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Image, Points

AROUND = 1.6
"""How much larger than the square the part of the image is, for the square to move in."""


@dataclass(frozen=True)
class Square:
    """A square of an image, upright as the face in it."""

    x: float
    y: float
    """Its middle, in pixels."""
    side: float
    turn: float
    """Radians, clockwise on the image."""

    def moved(self, right: float, down: float, size: float, turn: float) -> "Square":
        """Return the square a little elsewhere (moves in sides)."""
        return Square(self.x + right * self.side, self.y + down * self.side, self.side * size, self.turn + turn)

    def matrix(self, pixels: int) -> NDArray[np.float64]:
        """Return the 2 by 3 matrix from a copy of the square, so many pixels wide, to the image."""
        scale = self.side / pixels
        right = np.array([cos(self.turn), sin(self.turn)]) * scale
        down = np.array([-right[1], right[0]])
        corner = np.array([self.x, self.y]) - (right + down) * (pixels - 1) / 2
        return np.column_stack([right, down, corner])


@dataclass(frozen=True, eq=False)
class Closeup:
    """A part of an image, reduced by a whole number."""

    image: Image
    left: int
    top: int
    """Where the part begins in the whole image, in its pixels."""
    step: int

    def inside(self, square: Square) -> Square:
        """Return a square of the whole image as it lies here."""
        x, y = ((at - start + 0.5) / self.step - 0.5 for at, start in ((square.x, self.left), (square.y, self.top)))
        return Square(x, y, square.side / self.step, square.turn)

    def outside(self, points: Points) -> Points:
        """Return points (n, 3) of this part in the whole image."""
        shift = np.array([self.left, self.top, 0]) + (self.step - 1) / 2 * np.array([1, 1, 0])
        return np.asarray(points * self.step + shift, np.float64)


def closeup(image: Image, square: Square, pixels: int) -> Closeup:
    """Return what lies around a square, reduced as far as the square stays at least so many pixels wide."""
    reach = square.side * AROUND / 2 * (abs(cos(square.turn)) + abs(sin(square.turn)))
    left, top = max(0, int(square.x - reach)), max(0, int(square.y - reach))
    right, bottom = max(left, int(square.x + reach)) + 1, max(top, int(square.y + reach)) + 1
    part = image[top:bottom, left:right]
    step = min(max(1, int(square.side / pixels)), *part.shape[:2])
    return Closeup(shrunk(part, step), left, top, step)


def shrunk(image: Image, step: int) -> Image:
    """Return an image reduced by a whole number, which is several times faster than by any other; rests are cut off."""
    height, width = (length // step for length in image.shape[:2])
    whole = image[: height * step, : width * step]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.uint8) if step > 1 else image
