"""Ordered classes: grades of a scar scale, ratings from minimal to excellent.

Behind the class lies a continuous level with a normal spread; the cut-offs between classes are known (cumulative
probit: McCullagh, Regression models for ordinal data, J R Stat Soc B 42:109, 1980).
"""

from collections.abc import Sequence

import numpy as np
from scipy.special import ndtr

from needlework.forecast.model.parameters import Floats


def class_shares(level: Floats, spread: Floats, cut_offs: Sequence[float]) -> Floats:
    """Return the share of people in each class, lowest first: (k + 1, …) for k ascending cut-offs.

    `level` is the middle of the people and `spread` their standard deviation, on the scale of the cut-offs.
    """
    cuts = np.reshape(cut_offs, (-1,) + (1,) * np.ndim(level))
    above = ndtr((level - cuts) / spread)
    shares: Floats = -np.diff(above, axis=0, prepend=1.0, append=0.0)
    return shares


def moments(shares: Floats, grades: Sequence[float]) -> Floats:
    """Return mean and standard deviation of the grades of people with these shares (k, …): (2, …)."""
    mean = np.tensordot(grades, shares, 1)
    square = np.tensordot(np.square(grades), shares, 1)
    return np.array([mean, np.sqrt(np.maximum(square - mean**2, 0.0))])
