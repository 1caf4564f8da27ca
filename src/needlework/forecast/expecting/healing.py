"""What happens in the days after one session: redness and swelling, and how much of the response is delivered."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from needlework.forecast.expecting.bands import Band, band, band_of, quantiles, rounded
from needlework.forecast.expecting.drawn import SEED, Drawn, drawn
from needlework.forecast.model import barrier
from needlework.forecast.model.kinetics import delivered
from needlework.forecast.model.parameters import Floats

DELIVERED_DAYS = 60
REDNESS_DAYS = 14
HOUR_DECIMALS = 1


@dataclass(frozen=True, slots=True)
class Redness:
    """Hours until redness is gone, and the share of people who are still red and swollen on each day."""

    gone_after_hours: Band
    still_red: Floats
    still_swollen: Floats

    def as_json(self) -> dict[str, Any]:
        """Return it as the forecast writes it; day 1 ends 24 hours after a session."""
        days = enumerate(zip(self.still_red, self.still_swollen, strict=True), start=1)
        return {
            "gone_after_hours": self.gone_after_hours.as_json(lambda hours: round(hours, HOUR_DECIMALS)),
            "by_day": [
                {"day": day, "still_red": rounded(red), "still_swollen": rounded(swollen)}
                for day, (red, swollen) in days
            ],
        }


def redness(of: Drawn, depth_mm: float) -> Redness:
    """Return how long redness and swelling last after a session of some depth, in people."""
    chance = np.random.default_rng(SEED)
    middle = barrier.redness_hours(of.values, depth_mm)
    hours = middle * np.exp(of.values["redness_spread"] * chance.standard_normal(len(middle)))
    ends = barrier.HOURS_PER_DAY * np.arange(1, REDNESS_DAYS + 1)[:, None]
    red, swollen = (hours > ends).mean(1), (barrier.swelling_hours(hours) > ends).mean(1)
    return Redness(band_of(hours), red, swollen)


@cache
def delivered_by_day() -> tuple[Band, ...]:
    """Return the share of one session's response that is delivered by each day, from day 1; no course changes it."""
    shares = delivered(drawn().values, np.arange(1.0, DELIVERED_DAYS + 1))
    return tuple(band(five) for five in quantiles(shares))
