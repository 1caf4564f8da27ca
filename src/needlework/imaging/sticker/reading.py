"""What one photograph shows of a sticker."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Linear


@dataclass(frozen=True, eq=False)
class Reading:
    """A sticker that was found.

    Nobody has measured this printed copy: colours are corrected as if it had its nominal ones. Office printers miss
    those, so an absolute colour is only as good as the print. Two photographs with the same copy, or with copies of one
    sheet, are wrong by the same, and the change between them is right.
    """

    homography: NDArray[np.float64]
    """(3, 3): millimetres on the sticker to pixels of the image."""
    mm_per_px: float
    """At the middle of the sticker, along the axis about which it is turned away: a tilt shortens the other one."""
    scale_error: float
    """Relative standard error of `mm_per_px`, that of the print included."""
    correct: Callable[[Linear], Linear]
    """Linear light as the camera gave it → linear light under the sticker's own white (shape (…, 3))."""
    colour_error: float
    """Root mean square ΔE*ab of the patches after correction; infinite where none can be read."""
    doubts: tuple[str, ...] = ()
    """Sentences: why this printed copy, or this view of it, should not be trusted; empty when it is good."""
    colour_trusted: bool = True
    """Whether colour may be taken from it; scale and plane may be good where colour is not."""
    scale_trusted: bool = True
    """Whether scale and plane may be taken from it; colour may be good where they are not."""
