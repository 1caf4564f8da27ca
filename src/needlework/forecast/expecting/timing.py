"""When a change is likely to be seen: the first that can be noticed, and most of it.

Only what treatment does counts: a person's share less the share that would have changed without any.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from needlework.forecast.expecting.bands import Band, Singles, band, reached
from needlework.forecast.expecting.series import after
from needlework.forecast.model.parameters import Floats

NOTICEABLE = 0.10
"""Share of a score that treatment must have taken before the change counts as noticeable. A choice: no study was read
that says how much change people notice. It is below half of what one rating may be wrong by."""
MOST = 0.80
"""Share of a person's own change, half a year after the last session, that counts as most of it. A choice."""


@dataclass(frozen=True, slots=True)
class Timing:
    """In how many days from the first session people get there; infinity for who does not."""

    first: date
    days: Band
    people: float
    """Share of people who get there at all."""

    @property
    def median(self) -> date | None:
        """Return the day by which half of people got there."""
        return self._day(self.days.median)

    def as_json(self) -> dict[str, Any]:
        """Return the days by date, null where they lie beyond the series."""
        return self.days.as_json(lambda days: day.isoformat() if (day := self._day(days)) else None)

    def _day(self, days: float) -> date | None:
        return after(self.first, days) if np.isfinite(days) else None


def first_change(first: date, days: Floats, people: Singles) -> Timing:
    """Return when people's change (T, n) is first noticeable; `days` (T,) begin with the first session's."""
    return _timing(first, crossed(days, people, people[0] + NOTICEABLE))


def most_of_change(first: date, days: Floats, people: Singles, end: Singles) -> Timing:
    """Return when most of people's change (T, n) is there, of that which they end with (n,); never where it is none."""
    goals = np.where(end > people[0], people[0] + MOST * (end - people[0]), np.inf)
    return _timing(first, crossed(days, people, goals))


def crossed(days: Floats, people: Singles, goals: Singles) -> Floats:
    """Return the day on which each person's share (T, n) first comes up to a goal (n,), infinity where it never does.

    Between two days the share is taken to change in proportion.
    """
    there = people >= goals
    place = there.argmax(0)
    row = np.arange(people.shape[1])
    before = np.maximum(place - 1, 0)
    low, high = people[before, row], people[place, row]
    part = np.where(high > low, (goals - low) / np.where(high > low, high - low, 1), 0.0)
    found: Floats = days[before] + part * (days[place] - days[before])
    return np.where(there.any(0), found, np.inf)


def _timing(first: date, days: Floats) -> Timing:
    return Timing(first, band(reached(days[None])[0]), float(np.isfinite(days).mean()))
