"""The face alone, small enough to be looked at quickly: what most checks look at."""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from needlework.imaging.arrays import Image, Linear, Mask, Points
from needlework.imaging.colour import lab, to_linear
from needlework.imaging.faces.face import Face

EYE_DISTANCE_PX = 160.0
"""Between the eyes in the close-up: 0.4 mm per pixel, enough for light and colour."""
MARGIN = 0.35
"""Skin around the mesh, in eye distances."""
OVAL = (
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
    *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
)
"""The border of the mesh."""
EYES = (
    (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246),
    (263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466),
)
BROWS = ((70, 63, 105, 66, 107, 55, 65, 52, 53, 46), (300, 293, 334, 296, 336, 285, 295, 282, 283, 276))
LIPS = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185)


@dataclass(frozen=True, eq=False)
class Closeup:
    """A face cut out and reduced."""

    image: Image
    points: Points
    """(468, 2) on the close-up."""

    @cached_property
    def skin(self) -> Mask:
        """The face without eyes, brows and lips."""
        inside = self.inside(OVAL)
        for outline in (*EYES, *BROWS, LIPS):
            inside &= ~self.inside(outline)
        return inside

    @cached_property
    def linear(self) -> Linear:
        """The close-up in linear light."""
        return to_linear(self.image)

    @cached_property
    def lab(self) -> Linear:
        """The close-up in CIELAB."""
        return lab(self.linear)

    def inside(self, outline: tuple[int, ...]) -> Mask:
        """Return the pixels inside an outline of mesh points."""
        drawn = np.zeros(self.image.shape[:2], np.uint8)
        cv2.fillPoly(drawn, [np.rint(self.points[list(outline)]).astype(np.int32)], (1,))
        return drawn.astype(bool)


def closeup(image: Image, face: Face) -> Closeup:
    """Cut a face out of an image and reduce it to `EYE_DISTANCE_PX`."""
    cut, corner = cutting(image, face.points[:, :2], MARGIN * face.eye_distance_px)
    ratio = min(1.0, EYE_DISTANCE_PX / face.eye_distance_px)
    small = cv2.resize(cut, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA)
    return Closeup(np.asarray(small, np.uint8), (face.points[:, :2] - corner) * ratio)


def cutting(image: Image, points: Points, margin_px: float) -> tuple[Image, Points]:
    """Return the part of an image around some points, and its upper left corner (x, y)."""
    height, width = image.shape[:2]
    left, top = np.maximum(np.floor(points.min(axis=0) - margin_px), 0).astype(int)
    right, bottom = np.minimum(np.ceil(points.max(axis=0) + margin_px), (width - 1, height - 1)).astype(int)
    return image[top : bottom + 1, left : right + 1], np.array([left, top], np.float64)


def seen_percent(image: Image, points: Points) -> float:
    """Return how many points (n, 2 or 3) of a mesh lie in the picture."""
    inside = (points[:, :2] >= 0) & (points[:, :2] <= np.array(image.shape[1::-1]) - 1)
    return 100 * float(inside.all(axis=1).mean())
