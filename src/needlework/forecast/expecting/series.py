"""The share of a score that has gone, week by week, with bands for populations, clinics and people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from scipy.special import expit

from needlework.forecast.expecting.bands import Singles, band, quantiles
from needlework.forecast.expecting.course import Course
from needlework.forecast.expecting.drawn import Drawn
from needlework.forecast.model.parameters import Floats

WEEK, YEAR_DAYS = 7, 364
AFTER_LAST_DAYS = 180
"""By then nearly all of what a course does can be seen: where courses are compared, and where a series may end."""


@dataclass(frozen=True, slots=True)
class Series:
    """Bands at some days from the first session (T,): for each level the shares of QUANTILES, (T, 5)."""

    first: date
    days: Floats
    levels: Mapping[str, Floats]

    def as_json(self) -> list[dict[str, Any]]:
        """Return an entry for each day."""
        return [
            {"date": after(self.first, day).isoformat(), **{name: band(of[place]).as_json() for name, of in self}}
            for place, day in enumerate(self.days)
        ]

    def __iter__(self) -> Any:
        return iter(self.levels.items())


def weeks(course: Course) -> Floats:
    """Return days from the first session, a week apart: for a year, or until half a year after the last (T,)."""
    last = max(YEAR_DAYS, course.length_days + AFTER_LAST_DAYS)
    return np.arange(0.0, last + WEEK, WEEK)


def series(drawn: Drawn, course: Course, days: Floats) -> tuple[Series, Singles]:
    """Return the bands of a course at some days, the first of which is that of the first session, and their log odds.

    Nothing has gone on the first day, with which later days are compared. Every later day holds what a score changes by
    without treatment.
    """
    odds = drawn.log_odds(course, days)
    shifts = {"population": None, "clinic": drawn.clinics[0], "person": drawn.people[0]}
    levels = {name: shares(odds if by is None else odds + by) for name, by in shifts.items()}
    return Series(course.first, days, levels), odds


def shares(odds: Singles) -> Floats:
    """Return the QUANTILES of shares, given their log odds at days of which the first is that of the first session."""
    found: Floats = expit(quantiles(odds))
    found[0] = 0.0
    return found


def after(first: date, days: float) -> date:
    """Return the day that is so many days after another, a part of a day counted whole."""
    return first + timedelta(days=int(np.ceil(days)))
