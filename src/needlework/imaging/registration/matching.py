"""The shots of a stack made alike in all that is not skin."""

import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Mask
from needlework.imaging.colour import log_luminance, to_linear
from needlework.imaging.filters import smooth
from needlework.imaging.registration.light import even_out
from needlework.imaging.registration.spread import extra_px2
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


def texture(stack: Stack, mask: Mask) -> Texture:
    """Return the shots of a stack with one light and one point spread.

    Args:
        stack: the registered shots.
        mask: (h, w) the skin that will be measured; light is told from it.

    """
    planes = np.stack([log_luminance(to_linear(image)) for image in stack.images])
    visible: Mask = np.asarray(stack.valid.all(axis=0))
    extra = extra_px2(planes, visible, stack.points, stack.mm_per_px)
    even_out(planes, mask, stack.mm_per_px)
    added = np.zeros(len(planes)) if extra is None else _softened(planes, extra)
    return Texture(planes, added, _reason(extra))


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
