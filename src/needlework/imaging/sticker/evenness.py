"""How the light changes across the sticker: every colour lies on it twice."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from needlework.imaging.sticker.fitting import fit
from needlework.imaging.sticker.geometry import geometry
from needlework.imaging.sticker.patches import DARK, Patches

PAIR_ERROR = 0.02
"""Relative error of the difference between two prints of one colour on the same sticker."""
USUAL_SLOPE = 0.01
"""How much the logarithm of light usually changes over a millimetre, in either direction."""


@dataclass(frozen=True, eq=False)
class Evenness:
    """The slope of the light over the sticker, and what a slope does not explain."""

    slope: NDArray[np.float64]
    """(2,) change of the logarithm of light per millimetre, to the right and down."""
    differences: NDArray[np.float64]
    """(pairs,) what is left between the logarithms of the two patches of a colour."""

    @property
    def across(self) -> float:
        """Return the share by which the light changes over the sticker's width."""
        return float(np.expm1(np.linalg.norm(self.slope) * geometry().width_mm))

    def levelled(self, light: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what patches (n, 3) would be if all of them had the light of the sticker's middle."""
        from_middle = geometry().middles - geometry().middle
        return np.asarray(light * np.exp(-from_middle @ self.slope)[:, None], np.float64)


def evenness(patches: Patches) -> Evenness:
    """Return how even the light on a sticker is, from all pairs of patches that are good."""
    pairs = [pair for pair in _pairs() if patches.good[list(pair)].all()]
    one, other = np.array(pairs, int).reshape(-1, 2).T
    light = np.log(patches.light.clip(DARK)).mean(axis=1)
    differences = light[one] - light[other]
    apart = geometry().middles[one] - geometry().middles[other]
    error = np.sqrt(PAIR_ERROR**2 + patches.error[one] ** 2 + patches.error[other] ** 2)
    slope = fit(apart, differences, error, usual=np.zeros(2), spread=np.full(2, USUAL_SLOPE))
    return Evenness(slope, differences - apart @ slope)


@cache
def _pairs() -> tuple[tuple[int, int], ...]:
    """Return the places in the geometry of the two patches of every colour."""
    colours = [patch.colour for patch in geometry().patches]
    last = {colour: place for place, colour in enumerate(colours)}
    return tuple((colours.index(colour), place) for colour, place in last.items())
