"""Where the mesh says that each pixel of the grid lies in a shot."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import RBFInterpolator

from needlework.imaging.arrays import Points
from needlework.imaging.registration.grid import Grid
from needlework.imaging.registration.sampling import Places

STIFFNESS = 100.0
"""Smoothing of the thin plates, in millimetres²: single points of the mesh are wrong by 0.2 to 0.3 mm, so that a plate
through each of them would stretch the skin between two by several percent, and the flow would have to undo it."""
NODE_MM = 4.0
"""Between the nodes on which the plates are worked out; they bend over no less than the points of the mesh."""


def mesh_places(grid: Grid, mean_mm: Points, meshes: Sequence[Points]) -> list[Places]:
    """Return for each mesh (468, 2 or 3) where the grid's pixels lie in its image.

    Smoothing thin-plate splines (Wahba 1990) from the mean mesh, in millimetres on the grid, to each: affine far from
    the face.
    """
    cell = max(1, round(NODE_MM / grid.mm_per_px))
    columns, rows = (-(-length // cell) + 2 for length in (grid.width, grid.height))
    # The first node lies half a cell outside, so that between the outermost nodes there is the whole grid.
    nodes = np.stack(np.meshgrid(*(np.arange(count) - 0.5 for count in (columns, rows))), axis=-1) * cell
    known = np.hstack([mesh[:, :2] for mesh in meshes])
    plates = RBFInterpolator(mean_mm[:, :2], known, smoothing=STIFFNESS, kernel="thin_plate_spline")
    values = plates(nodes.reshape(-1, 2) * grid.mm_per_px).reshape(rows, columns, -1).astype(np.float32)
    return [_between(values[..., first : first + 2], cell, grid) for first in range(0, 2 * len(meshes), 2)]


def _between(nodes: NDArray[np.float32], cell: int, grid: Grid) -> Places:
    rows, columns = nodes.shape[:2]
    whole = cv2.resize(np.ascontiguousarray(nodes), (columns * cell, rows * cell), interpolation=cv2.INTER_LINEAR)
    return np.array(whole[cell : cell + grid.height, cell : cell + grid.width], np.float32)
