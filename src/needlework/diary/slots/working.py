"""When people work: the hours of their week, days that differ, and days on which the clinic is closed."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from datetime import date, time
from typing import NamedTuple

from needlework.diary.slots.bits import filled, touched
from needlework.diary.slots.clock import Days, reached


class Hours(NamedTuple):
    """The hours of one resource on one weekday, from a day on until another; without a break where it names none."""

    resource: int
    weekday: int
    opens: time
    closes: time
    break_starts: time | None
    break_ends: time | None
    from_day: date
    until_day: date | None

    def hold(self, day: date) -> bool:
        """Say whether they are in force on a day of their weekday."""
        return self.from_day <= day and (self.until_day is None or day <= self.until_day)


Changed = Mapping[tuple[int, date], tuple[time, time] | None]
"""Resource and day → the hours that hold instead of the week's; None where there are none."""


def working(
    days: Days, hours: Iterable[Hours], changed: Changed, closed: Container[date]
) -> defaultdict[int, list[int]]:
    """Return each resource's working time: its bits, day by day; no time at all for one without hours."""
    weeks: defaultdict[int, tuple[list[Hours], ...]] = defaultdict(lambda: tuple([] for _ in range(7)))
    for row in hours:
        weeks[row.resource][row.weekday].append(row)
    found: defaultdict[int, list[int]] = defaultdict(lambda: [0] * len(days.days))
    open_days = [
        (index, day, day.weekday(), days.regular(index)) for index, day in enumerate(days.days) if day not in closed
    ]
    for resource, week in weeks.items():
        regular = [[_of_hours(days, None, row) for row in rows] for rows in week]
        own = found[resource]
        for index, day, weekday, is_regular in open_days:
            if rows := week[weekday]:
                bits = regular[weekday] if is_regular else [_of_hours(days, index, row) for row in rows]
                own[index] = _in_force(rows, bits, day)
    for (resource, day), differs in changed.items():
        index = (day - days.days[0]).days
        found[resource][index] = _span(days, index, *differs) if differs and day not in closed else 0
    return found


def _in_force(rows: list[Hours], bits: list[int], day: date) -> int:
    """Return the bits of those rows that hold on a day."""
    found = 0
    for row, own in zip(rows, bits, strict=True):
        if row.hold(day):
            found |= own
    return found


def _of_hours(days: Days, index: int | None, row: Hours) -> int:
    """Return the bits of a row of hours on a day; None is any day of 24 hours."""
    bits = _span(days, index, row.opens, row.closes)
    if row.break_starts is None or row.break_ends is None:
        return bits
    return bits & ~touched(_minutes(days, index, row.break_starts), _minutes(days, index, row.break_ends))


def _span(days: Days, index: int | None, opens: time, closes: time) -> int:
    return filled(_minutes(days, index, opens), _minutes(days, index, closes))


def _minutes(days: Days, index: int | None, clock: time) -> int:
    """Return how many minutes after a day began its clock first shows a time."""
    if index is None or days.regular(index):
        return 60 * clock.hour + clock.minute
    return reached(days.days[index], clock, days.zone) - days.begins[index]
