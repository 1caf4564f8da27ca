"""The shots of a stack made alike in all that is not skin."""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Mask
from needlework.imaging.filters import smooth
from needlework.imaging.registration.light import even_out, log_luminance
from needlework.imaging.registration.spectra import SIDE_PX, middles, spectra, window_corners
from needlework.imaging.registration.spread import extra_px2, noise_powers, regions_of
from needlework.imaging.registration.stack import Stack, Texture

LARGEST_PX2 = 1.5
"""The largest difference of squared Gaussian sigmas that is evened out: beyond it the softer shot has lost texture that
no softening of the others makes comparable."""
LEAST_PX2 = 0.02
"""A smaller difference is left as it is: the blur that would even it out changes nothing that can be measured."""
TOO_SOFT = (
    "One photograph is much softer than another, so that fine structure cannot be compared. "
    "Take it again: tap the skin to focus, hold the camera still and use more light."
)
NOTHING_IN_COMMON = (
    "The photographs have too little fine structure in common to tell how sharp each is. "
    "Take them again, sharper and from nearer."
)
NOISE_BAND = (0.08, 0.22)
"""Cycles per pixel in which noise is measured: texture lies there, and noise is still white."""
WHITE_PX2 = 1 / (4 * np.pi)
"""Squared Gaussian sigma of a blur that leaves white noise its variance."""


def texture(stack: Stack, mask: Mask) -> Texture:
    """Return the shots of a stack with one light and one point spread.

    Args:
        stack: the registered shots.
        mask: (h, w) the skin that will be measured; light and noise are told from it.

    """
    planes = np.stack([log_luminance(image) for image in stack.images])
    visible: Mask = np.asarray(stack.valid.all(axis=0))
    extra = extra_px2(planes, visible, stack.points, stack.mm_per_px)
    noise = _noise(planes, mask & visible, stack.mm_per_px)
    even_out(planes, mask, stack.mm_per_px)
    added = np.zeros(len(planes)) if extra is None else _softened(planes, extra)
    left = noise * np.sqrt(WHITE_PX2 / (WHITE_PX2 + added**2))
    return Texture(planes, added, left, _reason(extra))


def _reason(extra: NDArray[np.float64] | None) -> str | None:
    if extra is None:
        return NOTHING_IN_COMMON
    return TOO_SOFT if extra.max() > LARGEST_PX2 else None


def _softened(planes: NDArray[np.float32], extra: NDArray[np.float64]) -> NDArray[np.float64]:
    """Soften each plane, in place, to be as soft as the softest; return the Gaussian sigmas of that."""
    missing = extra.max() - extra
    added = np.where(missing > LEAST_PX2, np.sqrt(missing), 0.0)
    for index in np.flatnonzero(added):
        planes[index] = smooth(planes[index], float(added[index]))
    return added


def _noise(planes: NDArray[np.float32], skin: Mask, mm_per_px: float) -> NDArray[np.float64]:
    """Return the standard deviation (n,) of white noise as strong as each shot's at the widths of texture.

    What two shots do not share is noise, error of registration or skin that changed: so the median over regions, and
    over the other shots.
    """
    corners = window_corners(skin, SIDE_PX // 2)
    if not len(corners):
        return np.zeros(len(planes))
    seen, regions = spectra(planes, corners), regions_of(middles(corners), mm_per_px)
    band = (seen.frequencies > NOISE_BAND[0]) & (seen.frequencies < NOISE_BAND[1])
    powers = np.full((len(planes), len(planes)), np.nan)
    for one, other in combinations(range(len(planes)), 2):
        found = noise_powers(seen, regions, one, other)
        powers[one, other], powers[other, one] = np.median(found[..., band].mean(axis=-1), axis=0)
    return np.asarray(np.sqrt(np.nanmedian(powers, axis=1)))
