"""The hours of a day as plain values, and what can be wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
GRID = 5
"""Minutes: hours, breaks and absences begin and end on it."""


@dataclass(frozen=True)
class Hours:
    """When somebody works on one day, by the clock of the clinic."""

    opens: time
    closes: time
    break_starts: time | None = None
    break_ends: time | None = None

    def overlap(self, other: "Hours") -> bool:
        """Say whether two stretches of one day lie over each other; nobody changes clinics in a break."""
        return self.opens < other.closes and other.opens < self.closes

    def __str__(self) -> str:
        return f"{self.opens:%H:%M} to {self.closes:%H:%M}"


Week = Mapping[int, Hours]
"""Weekday → hours; 0 is Monday, and a day that is not there is free."""


def wrong_hours(hours: Hours, day: str) -> dict[str, str]:
    """Return what is wrong with the hours of a day, field by field."""
    times = (hours.opens, hours.closes, hours.break_starts, hours.break_ends)
    if any(off_the_grid(each) for each in times):
        return {"opens": f"{day}: enter times on the five minutes, like 9:05"}
    if hours.closes <= hours.opens:
        return {"closes": f"{day}: the end lies before the beginning. Check both times"}
    return _wrong_break(hours, day)


def off_the_grid(clock: time | None) -> bool:
    """Say whether a time of day lies between the five minutes."""
    return clock is not None and bool(clock.minute % GRID or clock.second)


def _wrong_break(hours: Hours, day: str) -> dict[str, str]:
    starts, ends = hours.break_starts, hours.break_ends
    if starts is None and ends is None:
        return {}
    if starts is None or ends is None:
        return {"break_starts": f"{day}: enter both when the break begins and when it ends, or neither"}
    if ends <= starts:
        return {"break_ends": f"{day}: the break ends before it begins. Check both times"}
    if not (hours.opens < starts and ends < hours.closes):
        return {"break_starts": f"{day}: the break must lie within {hours}"}
    return {}
