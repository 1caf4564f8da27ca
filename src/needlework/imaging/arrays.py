"""The kinds of array that the rooms of this package hand to each other."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Image: TypeAlias = NDArray[np.uint8]
"""(h, w, 3) sRGB, 0 to 255, upright."""

Linear: TypeAlias = NDArray[np.float32]
"""(…, 3) linear light, relative to white 1.0."""

Plane: TypeAlias = NDArray[np.float32]
"""(h, w) one number per pixel."""

Mask: TypeAlias = NDArray[np.bool_]
"""(h, w) whether a pixel counts."""

Points: TypeAlias = NDArray[np.float64]
"""(n, 2) or (n, 3): x, y (and z, towards the camera negative) in pixels; pixel centres are whole numbers."""
