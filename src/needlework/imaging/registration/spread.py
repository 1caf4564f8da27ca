"""How much softer one shot is than another, by what they both show: the cross-spectrum tells structure from noise.

The power that two registered shots share is structure; what each has beyond it is its own noise. The ratio of their
structures falls with frequency as exp(-4 π² s f²), where s is the difference of the squared Gaussian sigmas of their
point spreads; a contrast that differs at all frequencies alike is fitted beside it and does no harm.

Windows lie on what is not treated (brows, lashes, lips, nostrils): skin that became smoother in one cheek has no part
in it. Each region of the face is judged first, and one that disagrees with the others (a plucked brow, a closed eye)
is left out; the rest is taken together, which on simulated re-captures leaves texture an error of 1.1 %, where the
median of the regions leaves 1.6 %. If the texture of all
skin is scaled by 0.8 at every width, 3 % of that change is lost; if only structure finer than a millimetre is, 13 % is
(with windows all over the face it would be a quarter). Where there is no face, or too little of it, the windows lie
all over the skin.
"""

from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from needlework.imaging.arrays import Mask, Points
from needlework.imaging.registration.spectra import Spectra, middles, spectra, window_corners
from needlework.imaging.robust import GAUSSIAN_MAD

LOWEST = 0.05
"""Cycles per pixel: below, light makes more of a difference than spread."""
LEAST_COHERENCE, LARGEST_COHERENCE = 0.1, 0.98
"""Of a ring that counts, and of one that counts most: registration leaves no more in common."""
TINY = 1e-12
NOISY, INCOHERENT, FINEST = 0.2, 0.06, 0.42
"""Above the first frequency, two shots of less than the second's coherence show noise alone; above the third all do."""
FEWEST_RINGS = 3
"""Frequencies of a spectrum from which anything is told: a line goes through any two of them."""
REGION_MM = 30.0
"""Side of the squares of skin that are judged first: about as wide as an eye, so that little is left out beside it."""
FEWEST_WINDOWS = 6
"""Of a region that is judged by itself."""
ODD, LEAST_SCATTER_PX2 = 3.0, 0.1
"""A region so many robust standard deviations from the others is left out; they are no smaller than the second."""
STEP_MM, FINEST_STEP_PX, COARSEST_STEP_PX = 4.5, 8, 32
"""From one window to the next: on coarse grids, too, a region holds enough of them."""
STRUCTURE_MM = 7.0
"""How far the middle of a window may lie from such a point."""
UNTREATED = {
    "brows": (46, 53, 52, 65, 63, 105, 66, 107, 276, 283, 282, 295, 293, 334, 296, 336),
    "lashes": (33, 133, 159, 145, 263, 362, 386, 374),
    "nostrils": (98, 2, 327),
    "lips": (61, 0, 17, 291, 13, 14),
}
"""Points of the mesh where there is structure that is not treated."""


class Pair(NamedTuple):
    """The power of two shots by frequency, (b,) each."""

    one: NDArray[np.float64]
    other: NDArray[np.float64]
    shared: NDArray[np.float64]

    @classmethod
    def of(cls, seen: Spectra, one: int, other: int, windows: Mask | None = None) -> "Pair":
        """Return the power of two of several shots, in all windows or in some (w,)."""
        return cls(seen.total(one, one, windows), seen.total(other, other, windows), seen.total(one, other, windows))

    @property
    def coherence(self) -> NDArray[np.float64]:
        """The share of their power that is the same structure, squared; 0 where they oppose each other."""
        return np.where(self.shared > 0, self.shared**2 / (self.one * self.other + TINY), 0)


def extra_px2(
    planes: NDArray[np.float32], visible: Mask, points: Points | None, mm_per_px: float
) -> NDArray[np.float64] | None:
    """Return how much larger the squared Gaussian sigma of each shot's point spread is than the sharpest one's, (n,).

    Args:
        planes: (n, h, w) registered log luminance.
        visible: (h, w) what every shot shows.
        points: (468, 2 or 3) the mesh; None for the body.
        mm_per_px: of the planes.

    Returns:
        In pixels²; None where the shots have too little in common to tell.

    """
    step_px = int(np.clip(STEP_MM / mm_per_px, FINEST_STEP_PX, COARSEST_STEP_PX))
    corners = window_corners(visible, step_px)
    if points is not None:
        on = corners[_on_structure(middles(corners), points[:, :2], mm_per_px)]
        found = _extra_px2(planes, on, mm_per_px)
        if found is not None:
            return found
    return _extra_px2(planes, corners, mm_per_px)


def _extra_px2(planes: NDArray[np.float32], corners: NDArray[np.int64], mm_per_px: float) -> NDArray[np.float64] | None:
    if not len(corners):
        return None
    seen, regions = spectra(planes, corners), regions_of(middles(corners), mm_per_px)
    differences = np.zeros((len(planes), len(planes)))
    for one, other in combinations(range(len(planes)), 2):
        between = _difference_px2(seen, regions, one, other)
        if between is None:
            return None
        differences[one, other], differences[other, one] = between, -between
    means = differences.mean(axis=0)
    return np.asarray(means - means.min())


def _difference_px2(seen: Spectra, regions: NDArray[np.int64], one: int, other: int) -> float | None:
    """Return by how much the other's squared sigma is larger: from all windows but those of odd regions (w,)."""
    ratio = _noise_ratio(seen.frequencies, Pair.of(seen, one, other))
    large = np.flatnonzero(np.bincount(regions) >= FEWEST_WINDOWS).tolist()
    fits = {region: _fitted(seen, regions == region, one, other, ratio) for region in large}
    found = {region: fit for region, fit in fits.items() if fit is not None}
    fit = _fitted(seen, ~np.isin(regions, _odd(found)), one, other, ratio)
    return None if fit is None else fit[0]


def _odd(found: dict[int, tuple[float, float]]) -> list[int]:
    """Return the regions whose difference (the first of each two) is far from the weighted median of all."""
    if not found:
        return []
    differences, weights = np.array(list(found.values())).T
    off = np.abs(differences - _weighted_median(differences, weights))
    usual = max(_weighted_median(off, weights) / GAUSSIAN_MAD, LEAST_SCATTER_PX2)
    return [region for region, far in zip(found, off > ODD * usual, strict=True) if far]


def _noise_ratio(frequencies: NDArray[np.float64], pair: Pair) -> float:
    """Return the noise of one shot over the other's, from the frequencies that show nothing else.

    How noise falls with frequency need not be known: JPEG and resampling take it away for both alike.
    """
    noise = (frequencies > NOISY) & (pair.coherence < INCOHERENT)
    chosen = noise if np.count_nonzero(noise) >= FEWEST_RINGS else frequencies > FINEST
    return float(np.exp(np.median(np.log((pair.one + TINY) / (pair.other + TINY))[chosen])))


def _noise(pair: Pair, ratio: float) -> NDArray[np.float64]:
    """Return the noise (b,) of the other shot: what must be taken off both, in that ratio, to leave shared structure.

    It solves (one - ratio noise) (other - noise) = shared².
    """
    half = (pair.one + ratio * pair.other) / 2
    root = np.sqrt(np.maximum(half**2 - ratio * (pair.one * pair.other - pair.shared**2), 0))
    return np.asarray((half - root) / ratio)


def _fitted(seen: Spectra, windows: Mask, one: int, other: int, noise_ratio: float) -> tuple[float, float] | None:
    """Return the difference of squared sigmas and its weight (inverse variance, up to a factor) in some windows."""
    pair, frequencies = Pair.of(seen, one, other, windows), seen.frequencies
    coherence = np.minimum(pair.coherence, LARGEST_COHERENCE)
    chosen = (coherence > LEAST_COHERENCE) & (frequencies > LOWEST)
    if np.count_nonzero(chosen) < FEWEST_RINGS:
        return None
    noise = _noise(pair, noise_ratio)
    structure = np.maximum(pair.one - noise_ratio * noise, TINY) / np.maximum(pair.other - noise, TINY)
    fall, ratio = (4 * np.pi**2 * frequencies**2)[chosen], np.log(structure)[chosen]
    # The more waves a ring holds (its length) and the more of them is structure, the better its ratio is known.
    weight = (coherence / (1 - coherence) * frequencies)[chosen]
    fall, ratio = fall - np.average(fall, weights=weight), ratio - np.average(ratio, weights=weight)
    certainty = (weight * fall**2).sum()
    return float((weight * fall * ratio).sum() / certainty), float(certainty)


def _weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """Return the value with half of the weight on either side; negated values give the negated median."""
    order = np.argsort(values)
    values, below = values[order], np.cumsum(weights[order])
    half = below[-1] / 2
    return float(values[np.searchsorted(below, half, "left")] + values[np.searchsorted(below, half, "right")]) / 2


def _on_structure(places: Points, points: Points, mm_per_px: float) -> Mask:
    untreated = points[[number for numbers in UNTREATED.values() for number in numbers]]
    nearest, _ = KDTree(untreated).query(places) if len(places) else (np.empty(0), None)
    return np.asarray(nearest * mm_per_px < STRUCTURE_MM)


def regions_of(places: Points, mm_per_px: float) -> NDArray[np.int64]:
    """Return for each place the number of the square of skin that it lies in."""
    squares = np.floor(places * mm_per_px / REGION_MM).astype(int)
    _, numbers = np.unique(squares, axis=0, return_inverse=True)
    return np.asarray(numbers, np.int64).ravel()
