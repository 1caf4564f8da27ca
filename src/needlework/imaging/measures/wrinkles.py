"""Wrinkles and fine lines: the contrast of what lies on dark lines, 0.5 to 4 mm wide with the skin beside them.

Which pixels lie on a line, and how surely, is told once from both visits together, so that no line counts more for
one of them; how dark it is enters linearly.
"""

import numpy as np

from needlework.imaging.arrays import Mask, Plane
from needlework.imaging.measures.amplitudes import changed
from needlework.imaging.measures.bands import Bands, Widths
from needlework.imaging.measures.estimate import Estimate, Unmeasured

WIDTHS = Widths(0.5, 4.0)
HALF = 0.03
"""The strength of a line, in log luminance, at which a pixel counts half: a valley of eight percent."""
BORDER_MM = 1.5
"""Kept from the border of the zone, where hair or the outline of the face looks like a line."""
LEAST_LINES_MM2 = 2.5
"""About a centimetre of fine lines: with less, unchanged skin seems to change by more than six percent."""
LEAST_SHARE = 0.003
"""Of the zone: skin without any line has so much that looks like one by chance."""
TOO_FEW = Unmeasured("There are too few lines in this zone to measure a change of them.")


def measure(bands: Bands, zone: Mask) -> Estimate | Unmeasured:
    """Return the change of a zone's lines."""
    piece = bands.fine(zone)
    if isinstance(piece, Unmeasured):
        return piece
    inner = piece.inner(BORDER_MM)
    weight = on_a_line(bands.lines[piece.part]) * inner
    least = max(LEAST_LINES_MM2 / piece.mm_per_px**2, LEAST_SHARE * np.count_nonzero(inner))
    if weight.sum() < least:
        return TOO_FEW
    return changed(piece.band(WIDTHS), weight, bands.after, piece.mm_per_px)


def on_a_line(strength: Plane) -> Plane:
    """Return how surely a pixel lies on a line, 0 to 1."""
    square = np.square(strength)
    return np.asarray(square / (square + np.float32(HALF**2)), np.float32)
