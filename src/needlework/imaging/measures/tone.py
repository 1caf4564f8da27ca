"""Tone: the change of the individual typology angle of a zone; absolute with the sticker, otherwise beside a control.

An angle needs the light level as well as the colour: where b* is small one unit of L* is up to four degrees.
"""

import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Linear, Mask
from needlework.imaging.colour import ita_degrees, lab
from needlework.imaging.measures.colours import Colours, changed
from needlework.imaging.measures.estimate import Estimate, Unmeasured


def measure(colours: Colours, zone: Mask, control: Mask | None = None) -> Estimate | Unmeasured:
    """Return the change of the individual typology angle of a zone's median colour, in degrees."""
    return changed("Tone", typology, colours, zone, control)


def typology(light: Linear) -> NDArray[np.float32]:
    """Return the individual typology angle of linear light, in degrees."""
    found = lab(light).reshape(-1, 3)
    angles = [ita_degrees(float(lightness), float(yellowness)) for lightness, _, yellowness in found]
    return np.array(angles, np.float32).reshape(light.shape[:-1])
