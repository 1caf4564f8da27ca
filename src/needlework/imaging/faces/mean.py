"""The mean mesh: what 43 neutral faces have in common, and how far each point moves in a smile.

`mean_mesh.csv` was derived by `bench/imaging/mean_mesh.py` from faces of the Face Research Lab London Set and the
Young Adult White Faces (DeBruine and Jones 2017, CC BY 4.0): an average made symmetric, and so no person's face.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Points


@dataclass(frozen=True, eq=False)
class MeanFace:
    """A symmetric face that looks straight ahead."""

    points: Points
    """(468, 3) in millimetres from the middle, the eyes 63 mm apart: x to the face's left, y down, z backwards."""
    mirror: NDArray[np.intp]
    """Which point of the other side mirrors each."""
    moves_mm: NDArray[np.float64]
    """Root mean square distance between neutral and smiling, of 36 people."""


@cache
def mean_face() -> MeanFace:
    """Return the table, which nobody may write to."""
    text = (files(__package__) / "mean_mesh.csv").read_text("utf-8")
    table = np.loadtxt(text.splitlines(), delimiter=",", skiprows=1)
    mean = MeanFace(table[:, :3].copy(), table[:, 3].astype(np.intp), table[:, 4].copy())
    for array in (mean.points, mean.mirror, mean.moves_mm):
        array.setflags(write=False)
    return mean
