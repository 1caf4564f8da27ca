"""A median with the bands in which half, and nine in ten, lie."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from needlework.forecast.model.parameters import Floats

Singles = npt.NDArray[np.float32]
QUANTILES: Floats = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
"""The ends of both bands around the median; a row of five is in this order."""
DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Band:
    """A median, the band in which half lie and the band in which nine in ten lie."""

    median: float
    band_50: tuple[float, float]
    band_90: tuple[float, float]

    def as_json(self, told: Callable[[float], Any] | None = None) -> dict[str, Any]:
        """Return it with each number as it is told: as a share where nothing else is said."""
        told = told or rounded
        return {
            "median": told(self.median),
            "band_50": [told(end) for end in self.band_50],
            "band_90": [told(end) for end in self.band_90],
        }


def band(five: Floats | Singles) -> Band:
    """Return the five numbers of QUANTILES as a band."""
    low, lower, median, upper, high = (float(one) for one in five)
    return Band(median, (lower, upper), (low, high))


def band_of(values: Floats | Singles) -> Band:
    """Return the median and the bands of some values (n,)."""
    return band(quantiles(values[None])[0])


def quantiles(rows: Floats | Singles) -> Floats:
    """Return the QUANTILES of each row (T, n), between neighbours in proportion: (T, 5)."""
    ordered = np.sort(rows, axis=1)
    places = QUANTILES * (rows.shape[1] - 1)
    below = places.astype(int)
    above = np.minimum(below + 1, rows.shape[1] - 1)
    low, high = ordered[:, below].astype(float), ordered[:, above].astype(float)
    found: Floats = low + (places - below) * (high - low)
    return found


def reached(rows: Floats | Singles) -> Floats:
    """Return the QUANTILES of each row (T, n), each one of its own values: for rows that may hold infinity."""
    places = np.ceil(QUANTILES * (rows.shape[1] - 1)).astype(int)
    return np.sort(rows, axis=1)[:, places].astype(float)


def weighted(values: Floats | Singles, weights: Floats) -> Floats:
    """Return the QUANTILES of values (n,) that weigh unequally: (5,). The weights (n,) sum to 1."""
    order = np.argsort(values)
    heavier = weights[order]
    found: Floats = np.interp(QUANTILES, np.cumsum(heavier) - heavier / 2, values[order])
    return found


def rounded(value: float) -> float:
    """Return a share or a probability as it is told, without a minus before zero."""
    return round(float(value), DECIMALS) + 0.0


def single(values: Floats | Singles) -> Singles:
    """Return numbers in single precision."""
    return values.astype(np.float32, copy=False)
