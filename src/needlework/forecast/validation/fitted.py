"""Checks of studies that were fitted, for a fit without them: what each would report, as its likelihood has it.

A study's numbers are simulated as in the fit, its own shift and its error included, and put together to one number for
each quantity.
"""

from collections.abc import Callable

import numpy as np
from scipy.special import expit

from needlework.forecast.calibration.likelihood import observations
from needlework.forecast.calibration.skin import skin
from needlework.forecast.calibration.studies import acne, barrier, dermis, others
from needlework.forecast.concerns import LEMPERLE_GRADES
from needlework.forecast.data.entries import entry
from needlework.forecast.model.parameters import Floats, Values
from needlework.forecast.validation.checks import MEAN_CLASS, YES_OR_NO, Check, exactly

Summary = Callable[[Floats], Floats]
"""A study's numbers as the fit compares them (k, n) → one number of each row: (n,)."""
ACNE_LEVELS = (acne.REPLICAS, acne.PICROSIRIUS, acne.ERYAG, acne.SHARMA, acne.SOHAG, acne.ALSTER)
"""The six studies of acne scars that tell a level."""
CURVES = {
    "cell_macrophage_skibidy": "macrophages beside their peak, mean of the days",
    "cell_myofib_skibidy": "myofibroblasts beside their peak, mean of the days",
    "col_skibidy": "collagen beside day 28, mean of the days",
}
TIMES = {
    barrier.WATER: "time until water loss was normal, middle of two lengths",
    barrier.DYE: "time until a dye found no channel, middle of two lengths",
    barrier.COVERED: "half-life of channels, mean of three sites",
    barrier.LONGER: "time until red cells were as before, longest needles",
    barrier.USUAL: "time until redness had gone",
    barrier.LONG: "time until side effects had gone",
}


def checks() -> tuple[Check, ...]:
    """Return the checks of fitted studies."""
    return (
        *(_check(key, "share of the score that went", "share", _level(key)) for key in ACNE_LEVELS),
        *_acne(),
        *_others(),
        *_tissue(),
        *(_check(key, quantity, "h", _undone) for key, quantity in TIMES.items()),
    )


def _acne() -> tuple[Check, ...]:
    drop = "drop of the score on the {} side, mean of two visits"
    return (
        _check(acne.ALAM, drop.format("treated"), "points", lambda of: of[:2].mean(0)),
        _check(acne.ALAM, drop.format("untreated"), "points", lambda of: of[2:].mean(0)),
        _check(acne.STOPS, "two sessions to three", "ratio", _undone),
        _check(acne.DEPTHS, "2.5 mm did more than 1.5 mm", YES_OR_NO, lambda of: of[0]),
    )


def _others() -> tuple[Check, ...]:
    apart = "score after sessions a month apart less that after three, mean of two visits"
    return (
        _check(others.WRINKLES, "drop of the Lemperle grade", "grades", lambda of: LEMPERLE_GRADES * expit(of[0])),
        _check(others.MARKS, MEAN_CLASS, "classes", lambda of: np.arange(len(of)) @ of / of.sum(0)),
        _check(others.LIFE, "quality-of-life score after five sessions", "points", lambda of: of[1]),
        _check(others.SPACING, "score of atrophy, mean of four", "points", lambda of: of.mean(0)),
        _check(others.SPACING, apart, "points", lambda of: of[:2].mean(0) - of[2:].mean(0)),
    )


def _tissue() -> tuple[Check, ...]:
    return (
        *(_check(key, quantity, "share", lambda of: of.mean(0)) for key, quantity in CURVES.items()),
        _check(dermis.STAINED, "collagen gained", "%", _undone),
        _check(dermis.IMAGED, "attenuation gained after one month to three", "ratio", _undone),
    )


def _check(key: str, quantity: str, unit: str, summary: Summary) -> Check:
    def forecast(values: Values, chance: np.random.Generator) -> Floats:
        one = observations()[key]
        return summary(one.simulate(skin(values, one.schedules), chance))

    (reported,) = summary(observations()[key].data[:, None])
    return Check(key, quantity, unit, exactly(float(reported)), forecast)


def _undone(of: Floats) -> Floats:
    """Return the first of a study's numbers, out of its logarithm."""
    number: Floats = np.exp(of[0])
    return number


def _level(key: str) -> Summary:
    """Return how a level is read: log odds of a share, or of Sharma a mean grade beside the one before."""
    if key != acne.SHARMA:
        return lambda of: expit(of[0])
    (before,) = entry(acne.SHARMA).numbers("before")
    return lambda of: 1 - of[0] / before
