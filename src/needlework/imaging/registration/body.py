"""The ground of views without a face: the plane of the sticker, which need not lie on the same skin at each visit."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.registration.flow import WORK_MM, detail
from needlework.imaging.registration.grid import FINEST_MM, OVERSAMPLING, Grid
from needlework.imaging.registration.ground import Ground, off_sticker
from needlework.imaging.registration.sampling import Places, sampler, shown
from needlework.imaging.registration.seating import COARSE_MM, Patch, seated
from needlework.imaging.registration.stack import View
from needlework.imaging.sticker.geometry import geometry
from needlework.imaging.sticker.reading import Reading

AROUND_MM = 90.0
"""How far the grid reaches around the sticker: farther out skin is no plane."""

Matrix = NDArray[np.float64]
"""(3, 3), of homogeneous coordinates."""


def body_ground(views: Sequence[View]) -> Ground:
    """Return the ground of views that all show a sticker."""
    readings = [view.sticker for view in views if view.sticker]
    base = min(range(len(views)), key=lambda index: (readings[index].mm_per_px, index))
    level = [reading.homography @ levelled(reading) for reading in readings]
    corner, size_mm = _extent(views[base], level[base])
    grid = Grid.of(*size_mm, max(FINEST_MM, OVERSAMPLING * max(reading.mm_per_px for reading in readings)))
    work = grid.at(WORK_MM)
    seen = [_patch(view, own) for view, own in zip(views, level, strict=True)]
    onto = [np.eye(3) if index == base else seated(seen[base], patch) for index, patch in enumerate(seen)]
    places = [plane_places(work, own @ move @ moved_by(corner)) for own, move in zip(level, onto, strict=True)]
    skin = np.ones((work.height, work.width), np.float32)
    return Ground(grid, work, places, skin, ranks=[int(index != base) for index in range(len(views))], points=None)


def plane_places(grid: Grid, to_image: Matrix) -> Places:
    """Return where the pixels of a grid lie in an image, by a homography from its millimetres."""
    x, y = ((np.arange(length) + 0.5) * grid.mm_per_px for length in (grid.width, grid.height))
    mm = np.dstack(np.meshgrid(x, y))
    return np.asarray(cv2.perspectiveTransform(mm, to_image), np.float32)


def levelled(reading: Reading) -> Matrix:
    """Return the way from millimetres about the sticker's middle, level as in the photograph, to its own millimetres.

    However the sticker was turned when it was stuck on, a body is photographed upright.
    """
    middle = geometry().corners.mean(axis=0)
    near = middle + np.array([[0, 0], [1, 0], [0, 1]])
    at, across, down = cv2.perspectiveTransform(near[None], reading.homography)[0]
    right = np.linalg.solve(np.column_stack([across - at, down - at]), np.array([1.0, 0.0]))
    right /= np.linalg.norm(right)
    return np.array([[right[0], -right[1], middle[0]], [right[1], right[0], middle[1]], [0, 0, 1]])


def moved_by(way: NDArray[np.float64]) -> Matrix:
    """Return the matrix that moves by x and y."""
    return np.array([[1, 0, way[0]], [0, 1, way[1]], [0, 0, 1]])


def _extent(view: View, level: Matrix) -> tuple[NDArray[np.float64], tuple[float, float]]:
    """Return the corner and the size, in level millimetres, of what a view shows around its sticker."""
    patch = _patch(view, level)
    rows, columns = (np.flatnonzero(patch.shown.any(axis=axis)) for axis in (1, 0))
    corner = np.array([columns[0], rows[0]]) * COARSE_MM - patch.reach_mm
    size = (columns[-1] + 1 - columns[0], rows[-1] + 1 - rows[0])
    return corner, (size[0] * COARSE_MM, size[1] * COARSE_MM)


def _patch(view: View, level: Matrix) -> Patch:
    """Return the skin around the sticker, level, on large pixels."""
    reach_mm = AROUND_MM + geometry().corners.max() / 2
    coarse = Grid.of(2 * reach_mm, 2 * reach_mm, COARSE_MM)
    places = plane_places(coarse, level @ moved_by(np.full(2, -reach_mm)))
    inside = shown(places, view.shot.image)
    light = detail(sampler(view.shot.image, places).at(places), COARSE_MM)
    return Patch(light, inside, inside & off_sticker(view, places), reach_mm)
