"""The clock on the wall and the minutes since 1970: days of 23, 24 and 25 hours.

A clock time that comes twice means its first pass. One that is skipped is nobody's: an appointment cannot begin at it,
and hours that open or close at it do so when the clock jumps.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from needlework.diary.slots.bits import STEP

Minute = int
"""Whole minutes since 1970-01-01 00:00 UTC."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = 24 * 60
MIDNIGHT = time()


def minute_of(moment: datetime) -> Minute:
    """Return the minute of a moment; raise ValueError for one with seconds or without a time zone."""
    minutes, rest = divmod(moment - EPOCH, MINUTE)
    if rest:
        raise ValueError(f"The diary counts whole minutes, and {moment.isoformat()} is none")
    return minutes


def moment_of(minute: Minute) -> datetime:
    """Return the moment, in UTC, at which a minute begins."""
    return EPOCH + minute * MINUTE


def shown(minute: Minute, zone: ZoneInfo) -> datetime:
    """Return what calendar and clock of a zone show at a minute."""
    return moment_of(minute).astimezone(zone)


def local(day: date, clock: time, zone: ZoneInfo) -> Minute | None:
    """Return the minute at which a clock first shows a time on a day; None where it skips it."""
    minute = minute_of(datetime.combine(day, clock, zone).astimezone(UTC))
    return minute if shown(minute, zone).replace(tzinfo=None) == datetime.combine(day, clock) else None


def reached(day: date, clock: time, zone: ZoneInfo) -> Minute:
    """Return the first minute of a day at which its clock shows a time or a later one."""
    minute = local(day, clock, zone)
    if minute is not None:
        return minute
    late = minute_of(datetime.combine(day, clock, zone).astimezone(UTC))
    early = minute_of(datetime.combine(day, clock.replace(fold=1), zone).astimezone(UTC))
    asked = datetime.combine(day, clock)
    return next(minute for minute in range(early, late + 1) if shown(minute, zone).replace(tzinfo=None) >= asked)


@lru_cache(maxsize=4096)
def first_minute(day: date, zone: ZoneInfo) -> Minute:
    """Return the minute at which a day begins."""
    return reached(day, MIDNIGHT, zone)


@cache
def regular_grid(grid: int) -> int:
    """Return the bits of a day of 24 hours at which its clock stands on the grid."""
    return sum(1 << minute // STEP for minute in range(0, DAY, grid))


@lru_cache(maxsize=64)
def changed_grid(day: date, zone: ZoneInfo, grid: int) -> int:
    """Return the bits of a day on which the clocks change at which its clock stands on the grid, no time twice."""
    bits, begins = 0, first_minute(day, zone)
    for minute in range(begins, first_minute(day + timedelta(1), zone), STEP):
        there = shown(minute, zone)
        if not there.fold and not (60 * there.hour + there.minute) % grid:
            bits |= 1 << (minute - begins) // STEP
    return bits


@dataclass(frozen=True, slots=True)
class Days:
    """Days in a row in one time zone, and the minute at which each begins; one minute more than days."""

    zone: ZoneInfo
    days: tuple[date, ...]
    begins: tuple[Minute, ...]

    def place(self, minute: Minute) -> int:
        """Return which of the days a minute lies on; below 0 and beyond the last where it lies on none."""
        index = (minute - self.begins[0]) // DAY
        if 0 <= index < len(self.days):
            if minute < self.begins[index]:
                return index - 1
            if minute >= self.begins[index + 1]:
                return index + 1
        elif index == len(self.days) and minute < self.begins[-1]:
            return index - 1
        return index

    def regular(self, index: int) -> bool:
        """Say whether a day has 24 hours."""
        return self.begins[index + 1] - self.begins[index] == DAY

    def grid(self, index: int, grid: int) -> int:
        """Return the bits of a day at which its clock stands on the grid, a repeated hour once."""
        return regular_grid(grid) if self.regular(index) else changed_grid(self.days[index], self.zone, grid)


def days_between(first: date, last: date, zone: ZoneInfo) -> Days:
    """Return the days from the first to the last, both included."""
    days = tuple(first + timedelta(number) for number in range((last - first).days + 1))
    return Days(zone, days, tuple(first_minute(day, zone) for day in (*days, last + timedelta(1))))
