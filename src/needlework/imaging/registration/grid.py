"""The one grid that every shot of both visits is laid on.

It is made of all meshes alike, and of the shots' own scales, so that it does not know which visit came first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Points
from needlework.imaging.faces.face import EYE_CORNERS, PUPIL_DISTANCE_MM, eye_distance
from needlework.imaging.registration.stack import View

FINEST_MM = 0.14
"""Millimetres per pixel of the finest grid: the finest texture that is measured, 0.5 mm, is over three pixels wide."""
OVERSAMPLING = 0.85
"""Pixel of the grid over pixel of the coarsest shot: finer shows no more skin, coarser begins to lose it."""
MARGIN_MM = 15.0
"""How much is kept around the mesh, which ends at the hairline and the jaw."""
ROUNDS = 5
"""Rounds of the mean shape; it stands still after three."""


@dataclass(frozen=True)
class Grid:
    """A flat picture of skin: its scale and its size. Millimetres on it are counted from its upper left corner."""

    mm_per_px: float
    width: int
    height: int

    @classmethod
    def of(cls, width_mm: float, height_mm: float, mm_per_px: float) -> "Grid":
        """Return the grid that covers so many millimetres."""
        return cls(mm_per_px, ceil(width_mm / mm_per_px), ceil(height_mm / mm_per_px))

    def at(self, mm_per_px: float) -> "Grid":
        """Return the same skin on larger pixels; on its own where those asked for are smaller."""
        size = (self.width * self.mm_per_px, self.height * self.mm_per_px)
        return Grid.of(*size, max(mm_per_px, self.mm_per_px))

    def enlarged(self, values: NDArray[np.float32], onto: "Grid") -> NDArray[np.float32]:
        """Return values (h, w, …) of this grid on a finer one of the same skin."""
        step = self.mm_per_px / onto.mm_per_px
        whole = cv2.resize(values, None, fx=step, fy=step, interpolation=cv2.INTER_LINEAR)
        return np.asarray(whole[: onto.height, : onto.width], np.float32)

    def in_pixels(self, mm: Points) -> Points:
        """Return points (n, 2 or 3) in millimetres as pixels of this grid."""
        points = mm / self.mm_per_px
        points[:, :2] -= 0.5
        return points


def face_grid(views: Sequence[View]) -> tuple[Grid, Points]:
    """Return the grid of views that all show a face, and the mesh (468, 3) on it, in millimetres."""
    meshes = [view.face.points for view in views if view.face]
    mean = mean_shape(meshes)
    mm = mean * (eye_distance_mm(views) / eye_distance(mean))
    coarsest = max(size(mm) / size(mesh) for mesh in meshes)
    mm[:, :2] += MARGIN_MM - mm[:, :2].min(axis=0)
    width_mm, height_mm = mm[:, :2].max(axis=0) + MARGIN_MM
    return Grid.of(float(width_mm), float(height_mm), max(FINEST_MM, OVERSAMPLING * coarsest)), mm


def eye_distance_mm(views: Sequence[View]) -> float:
    """Return the distance between the eyes: by the stickers that can be trusted, or an average adult's."""
    measured = [
        view.sticker.mm_per_px * view.face.eye_distance_px
        for view in views
        if view.face and view.sticker and view.sticker.scale_trusted
    ]
    return float(np.median(measured)) if measured else PUPIL_DISTANCE_MM


def mean_shape(meshes: Sequence[Points]) -> Points:
    """Return the mean of meshes (468, 3), turned and scaled onto each other in the picture's plane, eyes level.

    Generalised Procrustes analysis (Gower 1975) in two dimensions, where a turn is a product of complex numbers; the
    depth is scaled along and takes no part in the fit.
    """
    shapes = [(mesh - mesh.mean(axis=0)) / size(mesh) for mesh in meshes]
    mean = shapes[0]
    for _ in range(ROUNDS):
        mean = np.mean([_turned(shape, complex(np.vdot(_plane(shape), _plane(mean)))) for shape in shapes], axis=0)
    return _turned(mean, complex(*(eyes(mean) * [1, -1])))


def off_mm(mesh: Points, mean_mm: Points) -> float:
    """Return how far a mesh is from the mean, turned and scaled onto it: by pose, expression and chance."""
    own, mean = (_plane(points - points.mean(axis=0)) for points in (mesh, mean_mm))
    off = own * (np.vdot(own, mean) / np.vdot(own, own)) - mean
    return float(np.sqrt(np.mean(np.abs(off) ** 2)))


def size(mesh: Points) -> float:
    """Return how large a mesh is in the picture: root of the summed squared distances from its middle."""
    return float(np.sqrt(((mesh[:, :2] - mesh[:, :2].mean(axis=0)) ** 2).sum()))


def eyes(mesh: Points) -> NDArray[np.float64]:
    """Return the way (2,) from the middle of the patient's right eye to the left."""
    right, left = (mesh[list(corners), :2].mean(axis=0) for corners in EYE_CORNERS)
    return np.asarray(left - right)


def _plane(mesh: Points) -> NDArray[np.complex128]:
    return np.asarray(mesh[:, 0] + 1j * mesh[:, 1])


def _turned(mesh: Points, way: complex) -> Points:
    turned = _plane(mesh) * (way / abs(way))
    return np.column_stack([turned.real, turned.imag, mesh[:, 2]])
