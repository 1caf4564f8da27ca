"""How well draws foretell what was reported: its place among them, and its distance from them.

What was reported is a range (low, high): twice the same number, or with an infinite end where only a bound is known
("at most 72 h" is (−∞, 72); "rose" is a change in (0, ∞)).
"""

import numpy as np

from needlework.forecast.model.parameters import Floats

Range = tuple[float, float]


def place(draws: Floats, reported: Range) -> float:
    """Return the probability integral transform of what was reported: 0 below all draws (n,), 1 above them.

    ½ (P(X < low) + P(X ≤ high)): the middle of the probabilities that the report leaves open. A number among continuous
    draws has its usual value; a count the mid-value, (Czado, Gneiting & Held 2009 Biometrics 65:1254 draw it at random
    within the same limits); a bound that the draws hold with probability q has q/2 or 1 − q/2. No chance is in it.
    """
    low, high = reported
    return float(np.mean(draws < low) + np.mean(draws <= high)) / 2


def crps(draws: Floats, reported: float) -> float:
    """Return the continuous ranked probability score of a number, in its unit, exact for these draws (n,).

    E|X − y| − ½ E|X − Y| for two independent draws X and Y (Gneiting & Raftery 2007 JASA 102:359, equation 21), where
    the second mean over all pairs is 2/n² Σ (2i − n − 1) xᵢ of the sorted draws. 0 is best; of a single draw it is the
    absolute error.
    """
    count = len(draws)
    between = np.dot(2.0 * np.arange(1, count + 1) - count - 1, np.sort(draws)) / count**2
    return float(np.mean(np.abs(draws - reported)) - between)


def brier(draws: Floats, reported: Range) -> float:
    """Return (1 − q)² for a bound or a sign that the draws (n,) hold with probability q: the CRPS of a yes or no."""
    return (1 - held(draws, reported)) ** 2


def held(draws: Floats, reported: Range) -> float:
    """Return the share of draws (n,) within what was reported."""
    low, high = reported
    return float(np.mean((draws >= low) & (draws <= high)))


def band(draws: Floats, share: float) -> Range:
    """Return the two ends between which the middle `share` of the draws (n,) lies."""
    low, high = np.quantile(draws, [(1 - share) / 2, (1 + share) / 2])
    return float(low), float(high)


def within(place: float, share: float) -> bool:
    """Say whether what stands at this place is in the middle `share`: 0.05 to 0.95 for nine in ten."""
    return abs(place - 0.5) <= share / 2
