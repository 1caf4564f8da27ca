"""The middle and the spread of values that a few odd ones do not carry away."""

import numpy as np
from numpy.typing import NDArray

GAUSSIAN_MAD = 0.6745
"""Median absolute deviation of Gaussian values, in standard deviations."""
SD_PER_MAD = 1.4826
"""Its inverse, rounded as is usual: what was fitted with the one is not worked out with the other."""


def middle_and_sd(values: NDArray[np.float32]) -> tuple[float, float]:
    """Return the median, and the standard deviation that Gaussian values of this median absolute deviation have."""
    middle = float(np.median(values))
    return middle, SD_PER_MAD * float(np.median(np.abs(values - middle)))
