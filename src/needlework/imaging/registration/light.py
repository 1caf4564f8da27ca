"""The light of a shot, and its exchange for the mean light of all: for texture and local contrast, never for colour.

A real change that is as wide as the light (redness of a whole cheek, a tan) goes with it. Contrast is left as it is:
the tone curve of a camera could only be told from brows, lashes and lips, whose own contrast is known to 2 % (standard
deviation) at best and changes with make-up, and texture would take over that error.
"""

import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Mask
from needlework.imaging.filters import smooth_inside

LIGHT_MM = 8.0
"""Gaussian sigma of what counts as light: scars of 6 mm keep all but a hundredth of themselves."""


def even_out(planes: NDArray[np.float32], skin: Mask, mm_per_px: float) -> None:
    """Give each of the planes (n, h, w) of log luminance, in place, the mean light that falls on the skin in all."""
    lights = [smooth_inside(plane, skin, LIGHT_MM / mm_per_px) for plane in planes]
    mean = np.mean(lights, axis=0, dtype=np.float32)
    for index, light in enumerate(lights):
        planes[index] += mean - light
