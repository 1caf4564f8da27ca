"""What registration gives: all shots of two visits on one grid."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Plane, Points
from needlework.imaging.faces.face import Face
from needlework.imaging.shots import Shot
from needlework.imaging.sticker.reading import Reading


@dataclass(frozen=True, eq=False)
class View:
    """A shot with what was found in it."""

    shot: Shot
    face: Face | None
    sticker: Reading | None


@dataclass(frozen=True, eq=False)
class Stack:
    """The shots of two visits on one grid. Which visit comes first has no influence on the grid."""

    mm_per_px: float
    images: NDArray[np.uint8]
    """(n, h, w, 3) sRGB."""
    after: NDArray[np.bool_]
    """(n,): False for the first visit, True for the second."""
    valid: NDArray[np.bool_]
    """(n, h, w): where a shot is inside its picture and its registration passed the forward-backward check."""
    error_mm: NDArray[np.float32]
    """(n, h, w) estimated error of the registration, by its round trip there and back and by the noise of the pixels
    (`aligning.estimated_error_mm`); 0 for the shot that the others were laid on."""
    points: Points | None
    """(468, 3) the mesh on the grid, z as in `Face`; None for a view of the body."""
    stickers: tuple[Points | None, ...] = ()
    """Of each shot the outline (4, 2) of its own sticker on the grid, where it shows one."""


@dataclass(frozen=True, eq=False)
class Texture:
    """The shots of a stack made alike in all that is not skin: for texture and local contrast, never for colour."""

    planes: NDArray[np.float32]
    """(n, h, w) log luminance, with one low-frequency light and one point spread for all."""
    added_px: NDArray[np.float64]
    """(n,) the Gaussian sigma by which each shot was softened to be as soft as the softest."""
    reason: str | None
    """Why texture cannot be compared (a sentence), or None."""


Light = Plane
"""(h, w) log luminance of low frequency."""
