"""A course as it is sent, and the limits that it must keep to.

How near sessions may come and how deep a device goes are rules of safety: they are handed in. How many sessions, how
dense and how long are the model's own limits: beyond them nothing was read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from numbers import Real
from typing import Any

import numpy as np

from needlework.evidence.errors import InputError
from needlework.forecast.concerns import concern
from needlework.forecast.model.parameters import Floats

MOST_SESSIONS = 12
"""The longest course that a number was read of had seven (`cautions` says so beyond them). A choice."""
LONGEST_DAYS = 1096
"""Three years from the first session to the last, or to a measurement; follow-up that was read ends after one."""
DENSITY_PER_CM2 = (10.0, 10_000.0)
"""Punctures per cm² in a session: published and computed ones lie between about 230 and 7400."""
SHALLOWEST_MM = 0.05
"""Under it no needle goes in."""
YEARS = (1900, 2199)
"""A year outside is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the rules of safety say of a concern and a device."""

    shortest_interval_days: int
    usual_interval_days: int
    deepest_mm: float


@dataclass(frozen=True, slots=True)
class Course:
    """Sessions on some days, all of one depth in mm and one density in punctures per cm²."""

    concern: str
    dates: tuple[date, ...]
    depth_mm: float
    punctures_per_cm2: float

    @property
    def first(self) -> date:
        """Return the day from which all days are counted."""
        return self.dates[0]

    @property
    def days(self) -> Floats:
        """Return the days of the sessions from the first on: (S, 1)."""
        return np.array([[(day - self.first).days] for day in self.dates], float)

    @property
    def length_days(self) -> int:
        """Return the days from the first session to the last."""
        return (self.dates[-1] - self.first).days

    @property
    def intervals(self) -> tuple[int, ...]:
        """Return the days between one session and the next."""
        return tuple((later - day).days for day, later in pairwise(self.dates))

    def as_json(self) -> dict[str, Any]:
        """Return it as the forecast writes it."""
        dates = [day.isoformat() for day in self.dates]
        return {"dates": dates, "depth_mm": self.depth_mm, "punctures_per_cm2": self.punctures_per_cm2}


def check(course: Course, limits: Limits, at: str = "") -> None:
    """Refuse what lies outside; raise InputError with the field (behind `at`), its unit and the accepted range."""
    concern(course.concern, f"{at}concern")
    check_dates(course.dates, limits, f"{at}dates")
    check_dose(course.depth_mm, course.punctures_per_cm2, limits, at)


def check_dates(dates: Sequence[date], limits: Limits, field: str = "dates") -> None:
    """Refuse no sessions, too many, days out of order, too near each other or too far apart."""
    check_sessions(len(dates), field)
    for place, day in enumerate(dates):
        check_day(day, f"{field}[{place}]")
    check_year(dates[0], f"{field}[0]")
    for place, (before, day) in enumerate(pairwise(dates), start=1):
        if day <= before:
            raise InputError(f"{field}[{place}]", "This day is not after the one before. Send each day once, in order.")
        check_interval((day - before).days, limits, f"{field}[{place}]")
    check_length((dates[-1] - dates[0]).days, f"{field}[{len(dates) - 1}]")


def check_sessions(number: Any, field: str = "sessions") -> None:
    """Refuse a number of sessions that the model does not reach to."""
    if not _is_number(number) or number != number // 1 or not 1 <= number <= MOST_SESSIONS:
        raise InputError(field, f"Send from 1 to {MOST_SESSIONS} sessions: the model reaches no further.")


def check_interval(days: Any, limits: Limits, field: str = "interval_days") -> None:
    """Refuse sessions nearer to each other than the rules allow."""
    if not _is_number(days) or days != days // 1 or not limits.shortest_interval_days <= days <= LONGEST_DAYS:
        shortest = f"Sessions stand at least {limits.shortest_interval_days} days apart: that is a rule of safety."
        raise InputError(
            field, f"{shortest} Send whole days, from {limits.shortest_interval_days} to {LONGEST_DAYS} days."
        )


def check_length(days: int, field: str) -> None:
    """Refuse a course that goes on for more than three years."""
    if days > LONGEST_DAYS:
        sentence = f"A course lasts from 0 to {LONGEST_DAYS} days (three years), from the first session to the last."
        raise InputError(field, f"{sentence} Send fewer sessions, or sessions nearer to each other.")


def check_dose(depth_mm: Any, punctures_per_cm2: Any, limits: Limits, at: str = "") -> None:
    """Refuse a depth or a density that is none, or that lies outside."""
    check_number(depth_mm, f"{at}depth_mm", "mm", least=SHALLOWEST_MM, most=limits.deepest_mm)
    least, most = DENSITY_PER_CM2
    check_number(punctures_per_cm2, f"{at}punctures_per_cm2", "punctures per cm²", least=least, most=most)


def check_day(day: Any, field: str) -> None:
    """Refuse what is no day."""
    if not isinstance(day, date) or isinstance(day, datetime):
        raise InputError(field, "Send a day, as 2026-12-01.")


def check_year(day: date, field: str) -> None:
    """Refuse a year that is a slip of the hand."""
    least, most = YEARS
    if not least <= day.year <= most:
        raise InputError(field, f"Check the year: send one from {least} to {most}.")


def check_number(value: Any, field: str, unit: str, *, least: float, most: float) -> None:
    """Refuse what is no number between two ends, both included."""
    if not _is_number(value) or not least <= value <= most:  # NaN is never between
        raise InputError(field, f"Send a number from {least:.10g} to {most:.10g} {unit}.")


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)
