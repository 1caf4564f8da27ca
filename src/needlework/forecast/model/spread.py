"""How clinics and people differ: shifts of a share on the scale of its log odds.

A study, and so a clinic, differs from the middle of the literature by a Student t of 4 degrees of freedom times
`between_studies`; people treated alike in one clinic differ by a normal of `between_people`.
"""

import numpy as np
from scipy.special import expit

from needlework.forecast.model.parameters import Floats, Values

DEGREES = 4
NINE_TENTHS = 1.6449
"""Standard deviations on either side of the middle of a normal that hold nine in ten."""
LEAST = 1e-6
"""A share nearer to nothing or all than this counts as this: log odds have no value there."""


def clinics(values: Values, chance: np.random.Generator) -> Floats:
    """Return a shift in log odds for a clinic drawn with each row: (n,)."""
    scale = values["between_studies"]
    return scale * chance.standard_t(DEGREES, len(scale))


def people(values: Values, chance: np.random.Generator) -> Floats:
    """Return a shift in log odds for a person drawn with each row: (n,)."""
    scale = values["between_people"]
    return scale * chance.standard_normal(len(scale))


def log_odds(share: Floats) -> Floats:
    """Return the log odds of shares, kept off nothing and all."""
    kept = np.clip(share, LEAST, 1 - LEAST)
    odds: Floats = np.log(kept / (1 - kept))  # scipy's logit is ten times slower
    return odds


def shifted(share: Floats, by: Floats) -> Floats:
    """Return shares moved by a shift in log odds."""
    return expit(log_odds(share) + by)
