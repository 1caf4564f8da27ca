"""Is a face a drawing? The mesh network is as sure of a cartoon as of a photograph; paint gives it away."""

import numpy as np

from needlework.imaging.arrays import Image

MOST_FLAT = 0.4
"""Share of the face where both neighbours have exactly the same colour. Measured: up to 0.01 in photographs, 0.20 after
JPEG of quality 15, 0.09 when darkened to a sixth; 0.60 to 0.91 in flat drawings, after JPEG too."""
CLIPPED = 250
"""From there on in all channels a pixel is glare, which is flat in photographs as well."""


def is_drawn(square: Image) -> bool:
    """Tell whether the square around a face shows flat paint; a drawing with shading or grain passes."""
    quarter = len(square) // 4
    middle = square[quarter:-quarter, quarter:-quarter].astype(np.int16)
    here = middle[1:, 1:]
    flat = (here == middle[1:, :-1]).all(axis=-1) & (here == middle[:-1, 1:]).all(axis=-1)
    lit = (here < CLIPPED).any(axis=-1)
    return bool(flat[lit].sum() > MOST_FLAT * lit.sum())
