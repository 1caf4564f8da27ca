"""Scars: the contrast of structure between 1 and 6 mm wide where it stands out, away from lines.

A depression shows by its shadow and by its bright and dark slopes; all of it counts. So does pigment of those widths:
in one photograph a shallow scar and a brown spot differ less in colour than two photographs of either do. In skin
without scars, what stands out most of its other unevenness is told.
"""

import numpy as np

from needlework.imaging.arrays import Mask, Plane
from needlework.imaging.filters import smooth
from needlework.imaging.measures.amplitudes import changed
from needlework.imaging.measures.bands import Bands, Piece, Widths, average
from needlework.imaging.measures.estimate import Estimate, Unmeasured

WIDTHS = Widths(1.0, 6.0)
"""From an icepick scar to a wide rolling one (Jacob, Dover and Kaminer 2001)."""
AROUND_MM = 1.0
"""Gaussian sigma over which the power of a place is taken."""
STANDS_OUT = 8.0
"""At this many times the median power of the zone a place counts half; the square of its power tells."""
TINY = 1e-12
"""Of the power of log luminance: less than any photograph has."""


def measure(bands: Bands, zone: Mask) -> Estimate | Unmeasured:
    """Return the change of a zone's scars."""
    piece = bands.coarse(zone & ~bands.near_lines)
    if isinstance(piece, Unmeasured):
        return piece
    seen = piece.band(WIDTHS)
    weight = standing_out(average(seen, bands.after), piece)
    return changed(seen, weight, bands.after, piece.mm_per_px)


def standing_out(plane: Plane, piece: Piece) -> Plane:
    """Return how much each pixel counts, 0 to 1: the more, the more its surroundings stand out of the zone."""
    power = smooth(plane * plane, AROUND_MM / piece.mm_per_px)
    square = np.square(power / max(float(np.median(power[piece.mask])), TINY) / STANDS_OUT)
    return np.asarray(square / (square + 1) * piece.mask, np.float32)
