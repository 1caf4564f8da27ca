"""What is taken of each day: spans of time as bits, day by day."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from needlework.diary.slots.bits import STEP, touched
from needlework.diary.slots.clock import DAY, Days, Minute

LONGEST_CLEANING = 120
"""Minutes: how far into the next day cleaning after an appointment may reach."""

BELOW = [1 << place for place in range(26 * 60 // STEP)]
"""Every bit of a day, however long: the difference of two is a span."""

Row = tuple[int, Minute, Minute]
"""A resource, and the span of time that is taken of it."""

Taken = defaultdict[int, list[int]]
"""Resource → its bits, day by day. A day's bits go on into the night after it, as far as cleaning may."""


def taken(days: Days, rows: Iterable[Row], less: "Counter[Row] | None" = None) -> Taken:
    """Return what rows take of some days; rows in `less` take nothing, each as often as it stands there."""
    found: Taken = defaultdict(lambda: [0] * len(days.days))
    first, starts, count = days.begins[0], days.begins, len(days.days)
    for resource, begins, ends in (Counter(rows) - less).elements() if less else rows:
        index = (begins - first) // DAY
        if 0 <= index < count and starts[index] + LONGEST_CLEANING <= begins and ends <= starts[index + 1]:
            start = starts[index]
            found[resource][index] |= BELOW[(ends - start + STEP - 1) // STEP] - BELOW[(begins - start) // STEP]
        else:
            _by_night(days, found[resource], begins, ends)
    return found


def _by_night(days: Days, bits: list[int], begins: Minute, ends: Minute) -> None:
    """Mark a span that touches more than one day, or the hours in which cleaning of the day before may go on."""
    for index in range(max(0, days.place(begins - LONGEST_CLEANING)), min(len(bits), days.place(ends) + 1)):
        day = days.begins[index]
        last = days.begins[index + 1] + LONGEST_CLEANING
        if begins < last and ends > day:
            bits[index] |= touched(max(begins, day) - day, min(ends, last) - day)
