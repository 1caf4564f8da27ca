"""Texture: the contrast of structure between 0.5 and 2 mm wide, whatever its direction.

Lines in the zone count as far as they are so wide, as they do in a profilometer's roughness.
"""

import numpy as np

from needlework.imaging.arrays import Mask
from needlework.imaging.measures.amplitudes import changed
from needlework.imaging.measures.bands import Bands, Widths
from needlework.imaging.measures.estimate import Estimate, Unmeasured

WIDTHS = Widths(0.5, 2.0)


def measure(bands: Bands, zone: Mask) -> Estimate | Unmeasured:
    """Return the change of a zone's texture."""
    piece = bands.fine(zone)
    if isinstance(piece, Unmeasured):
        return piece
    return changed(piece.band(WIDTHS), piece.mask.astype(np.float32), bands.after, piece.mm_per_px)
