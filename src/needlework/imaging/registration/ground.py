"""Where the grid's pixels lie in each shot, before any flow: by the mesh of the face, or by the sticker's plane."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Mask, Plane, Points
from needlework.imaging.registration.flow import WORK_MM
from needlework.imaging.registration.grid import Grid, face_grid, off_mm
from needlework.imaging.registration.sampling import Places
from needlework.imaging.registration.stack import View
from needlework.imaging.registration.warping import mesh_places
from needlework.imaging.sticker.geometry import geometry
from needlework.imaging.sticker.reading import Reading

SKIN_BEYOND_MESH_MM = 11.0
"""Where skin ends, above all at the forehead, which reaches higher than the mesh."""
EDGE_MM = 6.0
"""Over which skin fades into what the flow does not look at."""
POSE_MM = 0.5
"""Meshes whose distances from the mean differ by less are equally fit for the others to be laid on."""
AROUND_STICKER_MM = 2.0
"""Left out with a sticker: its shadow and the skin that it pulls."""
BESIDE_STICKER_MM, FEWEST_BESIDE = 10.0, 1000
"""From the skin so near a sticker its place is told, where there are so many pixels of it."""


@dataclass(frozen=True, eq=False)
class Ground:
    """What the flow begins with."""

    grid: Grid
    work: Grid
    """The same on the larger pixels that the flow works on."""
    places: list[Places]
    """Of each shot, on `work`."""
    skin: Plane
    """1 where there is skin on `work`, 0 where not."""
    ranks: list[int]
    """Of each shot: the lower, the fitter for the others to be laid on."""
    points: Points | None
    """(468, 3) the mesh on `grid`."""
    apart: frozenset[int] = frozenset()
    """The shots whose skin was not found on the others': nothing of them counts."""


def face_ground(views: Sequence[View]) -> Ground:
    """Return the ground of views that all show a face."""
    grid, mean_mm = face_grid(views)
    work = grid.at(WORK_MM)
    meshes = [view.face.points for view in views if view.face]
    return Ground(
        grid,
        work,
        places=mesh_places(work, mean_mm, meshes),
        skin=_face(work, mean_mm),
        ranks=[round(off_mm(mesh, mean_mm) / POSE_MM) for mesh in meshes],
        points=grid.in_pixels(mean_mm),
    )


def _face(work: Grid, mean_mm: Points) -> Plane:
    face = np.zeros((work.height, work.width), np.uint8)
    outline = cv2.convexHull(np.round(work.in_pixels(mean_mm)[:, :2]).astype(np.int32))
    cv2.fillConvexPoly(face, outline, (1,))
    beyond_mm = cv2.distanceTransform(1 - face, cv2.DIST_L2, cv2.DIST_MASK_5) * work.mm_per_px
    return np.asarray(np.clip((SKIN_BEYOND_MESH_MM - beyond_mm) / EDGE_MM, 0, 1), np.float32)


def off_sticker(view: View, places: Places) -> Mask:
    """Return which pixels of a grid show no sticker in a view."""
    if view.sticker is None:
        return np.ones(places.shape[:2], np.bool_)
    return np.asarray(geometry().away_mm(_on_sticker_mm(view.sticker, places)) > AROUND_STICKER_MM)


def sticker_outline(view: View, places: Places) -> Points | None:
    """Return the corners (4, 2) of a view's sticker, in pixels of a grid; None where the grid shows none.

    By the skin around it: what lies under a sticker moves with no flow.
    """
    if view.sticker is None:
        return None
    mm = _on_sticker_mm(view.sticker, places)
    distance = geometry().away_mm(mm)
    y, x = np.nonzero((distance > AROUND_STICKER_MM) & (distance < BESIDE_STICKER_MM))
    if len(x) < FEWEST_BESIDE:
        return None
    onto_grid, _ = cv2.findHomography(mm[y, x], np.column_stack([x, y]).astype(np.float64))
    return geometry().outline(np.asarray(onto_grid, np.float64))


def _on_sticker_mm(reading: Reading, places: Places) -> NDArray[np.float64]:
    """Return where each pixel lies in the sticker's own millimetres."""
    return np.asarray(cv2.perspectiveTransform(places, np.linalg.inv(reading.homography)), np.float64)
