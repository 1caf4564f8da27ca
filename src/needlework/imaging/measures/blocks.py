"""Blocks of skin: sums over them, and the error that they leave."""

import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Plane
from needlework.imaging.measures.estimate import Unmeasured

BLOCK_MM = 6.0
"""Structure this far apart changes by itself."""
LEAST_BLOCKS = 4
"""Fewer tell too little of how they differ for an error."""
TOO_NARROW = Unmeasured("Too narrow a strip of this zone can be seen: take hair, hands and glare off it.")


def sums(plane: Plane, mm_per_px: float) -> NDArray[np.float64]:
    """Return the sum of a plane over every block, (blocks,); those at the far borders may be smaller."""
    rows, columns = (np.arange(0, length, max(1, round(BLOCK_MM / mm_per_px))) for length in plane.shape)
    return np.add.reduceat(np.add.reduceat(plane, rows, axis=0), columns, axis=1).ravel().astype(np.float64)


def jackknife(without: NDArray[np.float64]) -> float:
    """Return the standard error of a value from what it is without each of its blocks (Tukey 1958)."""
    count = len(without)
    return float(np.sqrt((count - 1) / count * np.sum((without - without.mean()) ** 2)))
