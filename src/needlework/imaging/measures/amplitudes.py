"""How strong a structure is on two visits, and by what factor it changed.

Every pair of shots gives a power: the weighted mean of the product of their bands. Noise, compression and what
registration leaves are each shot's own, so that the power of two shots of a visit, in expectation, is the square of
the amplitude and nothing else; the change is the logarithm of the ratio of the two visits' amplitudes. It is linear:
structure times 0.8 reads as 0.8, with no limit that a contrast could cross.

A single shot has no pair. Its own power holds what is its own, an extra power that is taken to be alike for all shots.
Where the other visit has several shots they tell the extra; where neither has, it is what makes the product of the two
amplitudes squared the square of the power of the pair (Deming 1943: a line through the origin with errors in both of
its variables). Noise that differs between two single shots so passes for a change, and is in their wider error: what
two real photographs do not share is mostly not the noise of pixels, and taking an estimate of it off made
photographs of neutral and smiling people twice as unlike.
"""

from itertools import combinations_with_replacement
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Plane
from needlework.imaging.measures import blocks
from needlework.imaging.measures.estimate import Estimate, Unmeasured

LEAST_COHERENCE = 0.3
"""Correlation between the structure of the two visits: below it they do not show the same skin."""
TINY = 1e-12

UNLIKE = Unmeasured(
    "The two visits do not show the same fine structure here: "
    "photograph both as sharply, from as near and in the same light, with two or more shots each."
)


class Powers(NamedTuple):
    """Powers between the shots of a zone; any leading axes are several sets of them."""

    pairs: NDArray[np.float64]
    """(…, n, n): of each pair of shots; on the diagonal each shot's own."""
    after: NDArray[np.bool_]
    """(n,)"""


class _Visit(NamedTuple):
    own: NDArray[np.float64]
    """Mean power of a shot."""
    shared: NDArray[np.float64] | None
    """Mean power of two of its shots, where it has two."""


def changed(
    bands: NDArray[np.float32],
    weight: Plane,
    after: NDArray[np.bool_],
    mm_per_px: float,
) -> Estimate | Unmeasured:
    """Return the change of the amplitude of a structure.

    Args:
        bands: (n, h, w) every shot's structure.
        weight: (h, w) how much each pixel counts, the same for all shots; 0 outside the zone.
        after: (n,) which shots are of the second visit.
        mm_per_px: of the grid.

    """
    products, weights = in_blocks(bands, weight, mm_per_px)
    if len(weights) < blocks.LEAST_BLOCKS:
        return blocks.TOO_NARROW
    whole = Powers(products.sum(axis=0) / weights.sum(), after)
    first, second = amplitudes(whole)
    between = whole.pairs[np.ix_(~after, after)]
    if min(between.mean(axis=0).min(), between.mean(axis=1).min()) <= LEAST_COHERENCE * first * second:
        return UNLIKE
    left_out = (weights.sum() - weights)[:, None, None]
    without = np.log(amplitudes(Powers((products.sum(axis=0) - products) / left_out, after)))
    return Estimate(
        change=float(np.log(second) - np.log(first)),
        before=_single(between.mean(axis=1), first),
        after=_single(between.mean(axis=0), second),
        within=blocks.jackknife(without[1] - without[0]),
    )


def in_blocks(
    bands: NDArray[np.float32], weight: Plane, mm_per_px: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the weighted products of the shots (blocks, n, n) and the weight (blocks,) of every block that counts."""
    weights = blocks.sums(weight, mm_per_px)
    counts = weights > TINY * weights.sum()
    products = np.empty((np.count_nonzero(counts), len(bands), len(bands)))
    for one, other in combinations_with_replacement(range(len(bands)), 2):
        product = blocks.sums(bands[one] * bands[other] * weight, mm_per_px)[counts]
        products[:, one, other] = products[:, other, one] = product
    return products, weights[counts]


def amplitudes(powers: Powers) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the amplitude of each visit, (…): at least a trace, where noise leaves nothing."""
    first, second = (_visit(powers, side) for side in (~powers.after, powers.after))
    extra = _extra(first, second, powers)
    one, other = (np.sqrt(np.maximum(_skin(visit, extra), TINY)) for visit in (first, second))
    return one, other


def _visit(powers: Powers, side: NDArray[np.bool_]) -> _Visit:
    pairs = powers.pairs[..., side, :][..., side]
    own = np.diagonal(pairs, axis1=-2, axis2=-1)
    count = np.count_nonzero(side)
    if count == 1:
        return _Visit(own.mean(axis=-1), None)
    return _Visit(own.mean(axis=-1), (pairs.sum(axis=(-2, -1)) - own.sum(axis=-1)) / (count * (count - 1)))


def _extra(first: _Visit, second: _Visit, powers: Powers) -> NDArray[np.float64]:
    """Return the power that a shot has for itself."""
    for visit in (first, second):
        if visit.shared is not None:
            return visit.own - visit.shared
    between = powers.pairs[..., 0, 1]
    total, apart = first.own + second.own, first.own - second.own
    return np.asarray((total - np.sqrt(apart**2 + 4 * between**2)) / 2)


def _skin(visit: _Visit, extra: NDArray[np.float64]) -> NDArray[np.float64]:
    return visit.own - extra if visit.shared is None else visit.shared


def _single(seen: NDArray[np.float64], amplitude: NDArray[np.float64]) -> tuple[float, ...]:
    """Return the log amplitude of each shot, by its power with the shots of the other visit, around the visit's."""
    logs = np.log(seen)
    return tuple((logs - logs.mean() + np.log(amplitude)).tolist())
