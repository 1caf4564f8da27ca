"""What to expect of a person who was measured.

The people of the draws are weighed by how likely each is to be measured like that (importance sampling): several
measurements are of one person. Clinic and person stay the same over a course. Whoever is low early is then low later:
no study tested that, so what was measured when it was too early to tell moves nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit

from needlework.forecast.expecting.bands import Singles, weighted
from needlework.forecast.expecting.drawn import Drawn
from needlework.forecast.expecting.seen import Beside
from needlework.forecast.expecting.series import Series
from needlework.forecast.model.parameters import Floats

LEAST_DRAWS = 200
"""With fewer effective draws the ends of a band for nine in ten would rest on ten people each."""
NEGLIGIBLE = 1e-9
"""People who weigh less than this beside the heaviest are left out."""
CANNOT = "Hardly anybody would be measured like that, so the bands stay as they were. Check the measurements."


@dataclass(frozen=True, slots=True)
class Updated:
    """The bands of one person who was measured, and how many draws they rest on."""

    effective_draws: int
    series: Series

    def as_json(self) -> dict[str, Any]:
        """Return it as the forecast writes it."""
        return {"effective_draws": self.effective_draws, "series": self.series.as_json()}


def updated(drawn: Drawn, measurements: Sequence[Beside], series: Series, odds: Singles) -> Updated | None:
    """Return what to expect now, on the days of a series with these log odds (T, n); None where nobody is left."""
    likely = _likely(measurements)
    effective = int(likely.sum() ** 2 / max(np.square(likely).sum(), 1.0))  # the likeliest counts 1, or nobody does
    if effective < LEAST_DRAWS:
        return None
    (heavy,) = np.nonzero(likely > NEGLIGIBLE)
    weights = likely[heavy] / likely.sum()
    shifts, row = drawn.people.ravel()[heavy], heavy % odds.shape[1]
    shares: Floats = expit(np.array([weighted(of[row] + shifts, weights) for of in odds]))
    shares[0] = 0.0
    return Updated(effective, Series(series.first, series.days, {"person": shares}))


def _likely(measurements: Sequence[Beside]) -> Floats:
    """Return how likely each of the people (k·n,) is, the likeliest of them 1; all 0 where nobody can be."""
    logs: Floats = np.sum([one.seen.log_density for one in measurements], axis=0)
    best = logs.max()
    return np.exp(logs - best) if np.isfinite(best) else np.zeros_like(logs)
