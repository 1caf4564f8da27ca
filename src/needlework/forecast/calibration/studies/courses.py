"""The schedules of the studies, from their entries."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from needlework.forecast.calibration.skin import Schedule
from needlework.forecast.data.entries import entry
from needlework.forecast.model.parameters import Floats

MONTH_DAYS = 365.25 / 12
WEEK_DAYS = 7.0
MONTHLY_DAYS = 30.0
"""Between sessions that are called monthly, and from the last one to the next visit where none is named. Assumed."""


def x(key: str, axis: str) -> Any:
    """Return what an entry says on one of its axes."""
    return entry(key).x[axis]


def numbers(key: str, row: str | None = None) -> Floats:
    """Return the numbers that an entry reports: (k,)."""
    return np.array(entry(key).numbers(row))


def errors(key: str, row: str = "values") -> Floats:
    """Return the errors that an entry reports."""
    return np.array(entry(key).error[row])


def people_of(key: str) -> float:
    """Return how many people took part; NaN where that was not seen."""
    return float(entry(key).n or math.nan)


def after_last(sessions: int, interval_days: float, days: Sequence[float] | Floats, dose: float = 1.0) -> Schedule:
    """Return a schedule looked at on some days after its last session."""
    last = (sessions - 1) * interval_days
    return Schedule(sessions, interval_days, tuple(float(last + day) for day in days), dose)


def reported_course(key: str) -> Schedule:
    """Return the schedule of an entry that gives sessions, their interval and days after the last."""
    return after_last(x(key, "sessions"), x(key, "interval_days"), [x(key, "days_after_last")])


def log_odds_sd(share: float, sd: float) -> float:
    """Return the standard deviation of log odds of a share, from its own (delta method)."""
    return sd / (share * (1 - share))
