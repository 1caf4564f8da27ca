"""Redness: the change of a* of a zone, absolute with the sticker, otherwise beside an untreated control zone."""

import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Linear, Mask
from needlework.imaging.colour import lab
from needlework.imaging.measures.colours import Colours, changed
from needlework.imaging.measures.estimate import Estimate, Unmeasured


def measure(colours: Colours, zone: Mask, control: Mask | None = None) -> Estimate | Unmeasured:
    """Return the change of a* of a zone's median colour."""
    return changed("Redness", greenness_to_redness, colours, zone, control)


def greenness_to_redness(light: Linear) -> NDArray[np.float32]:
    """Return a* (CIELAB, D65) of linear light."""
    return lab(light)[..., 1]
