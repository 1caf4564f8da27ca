"""What is wished for a course, in plain values, and what makes a wish impossible to begin with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from needlework.diary.slots.bits import touched
from needlework.diary.slots.clock import Days, reached

MOST_SESSIONS = 24
MOST_DAYS = 366
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """How many sessions, how far apart, from when to when, and at which times of the week people would like to come.

    The days apart, `first_day` and `not_after` bind; weekdays (0 is Monday; none named means any) and the times between
    which a session begins are wishes. To go on with a course that has begun, `number` is the number of the first
    session that is looked for, `after` the day of the session before it, and `before` who did that one.
    """

    sessions: int
    least_days: int
    most_days: int
    first_day: date
    not_after: date | None = None
    weekdays: frozenset[int] = frozenset()
    from_time: time | None = None
    until_time: time | None = None
    number: int = 1
    after: date | None = None
    before: int | None = None

    @property
    def problem(self) -> str:
        """Why no course can be like this; empty where one can."""
        return self._count_problem or self._interval_problem or self._days_problem

    @property
    def _count_problem(self) -> str:
        if 1 <= self.sessions <= MOST_SESSIONS:
            return ""
        return f"A course has 1 to {MOST_SESSIONS} sessions, not {self.sessions}. Enter how many it has."

    @property
    def _interval_problem(self) -> str:
        if self.least_days > self.most_days:
            upside_down = f"At least {self.least_days} and at most {self.most_days} days between sessions"
            return f"{upside_down} is upside down. Enter the smaller number first."
        if self.least_days < 1 or self.most_days > MOST_DAYS:
            return f"Sessions are 1 to {MOST_DAYS} days apart. Enter how many days lie between them."
        return ""

    @property
    def _days_problem(self) -> str:
        if not self.weekdays <= set(range(7)):
            return "Choose the days of the week from Monday to Sunday."
        if self.from_time and self.until_time and self.from_time >= self.until_time:
            return f"{self.from_time:%H:%M} to {self.until_time:%H:%M} is upside down. Enter the earlier time first."
        if self.not_after and self.not_after < self.first_day:
            return "The course would end before it begins. Choose an earlier first day, or a later last one."
        return ""

    def times(self, days: Days, index: int) -> int:
        """Return the bits of a day at which people would like to begin; every bit where they named no time."""
        day, begins, until = days.days[index], days.begins[index], days.begins[index + 1]
        low = reached(day, self.from_time, days.zone) if self.from_time else begins
        high = reached(day, self.until_time, days.zone) if self.until_time else until
        return touched(low - begins, max(high, low + 1) - begins)

    @property
    def times_in_words(self) -> str:
        """The wished times as they stand in a sentence: between 09:00 and 12:00; empty where there are none."""
        if self.from_time and self.until_time:
            return f"between {self.from_time:%H:%M} and {self.until_time:%H:%M}"
        if self.from_time:
            return f"from {self.from_time:%H:%M} on"
        return f"before {self.until_time:%H:%M}" if self.until_time else ""


def nearest(bits: int, wished: int) -> int:
    """Return the first bit that is wished for, or else the one nearest to the wished; of two, the earlier."""
    if both := bits & wished:
        return (both & -both).bit_length() - 1
    low, high = (wished & -wished).bit_length() - 1, wished.bit_length()
    early, late = bits & ((1 << low) - 1), bits >> high
    before = early.bit_length() - 1
    after = high + (late & -late).bit_length() - 1
    if not early or (late and after - high + 1 < low - before):
        return after
    return before


def weekdays_in_words(weekdays: Iterable[int]) -> list[str]:
    """Return the names of days of the week, from Monday on."""
    return [WEEKDAYS[day] for day in sorted(weekdays)]
