"""Waits of a rule, compared: `{ days = 14 }`, `{ weeks = 4 }` or `{ months = 6 }`.

Months have no fixed length. A wait is at least another when it ends no earlier from whatever day both start, over the
400 years after which the calendar repeats: 1 month is at least 28 days and not 29; 31 days are at least 1 month.
"""

from calendar import monthrange
from collections.abc import Mapping
from functools import cache
from typing import Any

UNITS = ("days", "weeks", "months")
DAYS_A_WEEK = 7
FIRST_YEAR, YEARS = 2000, 400


def is_wait(value: Any) -> bool:
    """Say whether a value is one unit with a whole number above 0."""
    if not isinstance(value, Mapping) or len(value) != 1:
        return False
    ((unit, number),) = value.items()
    return unit in UNITS and type(number) is int and 0 < number <= 12 * YEARS


def at_least(new: Mapping[str, int], old: Mapping[str, int]) -> bool:
    """Say whether a wait is as long as another or longer, from whatever day both start."""
    if "months" in new and "months" in old:
        return new["months"] >= old["months"]
    return _days(new)[0] >= _days(old)[1]


def told(wait: Mapping[str, int]) -> str:
    """Return it in words: `1 day`, `6 months`."""
    ((unit, number),) = wait.items()
    return f"{number} {unit.removesuffix('s') if number == 1 else unit}"


def most_days(wait: Mapping[str, int]) -> int:
    """Return the most days that a wait can take: 1 month is 31."""
    return _days(wait)[1]


def _days(wait: Mapping[str, int]) -> tuple[int, int]:
    """Return the fewest and the most days that a wait can take."""
    if "months" in wait:
        return _days_of_months(wait["months"])
    days = wait.get("days", 0) + DAYS_A_WEEK * wait.get("weeks", 0)
    return days, days


@cache
def _days_of_months(months: int) -> tuple[int, int]:
    lengths = [monthrange(FIRST_YEAR + place // 12, place % 12 + 1)[1] for place in range(12 * YEARS)]
    whole = sum(lengths[:months])
    found = []
    for place, length in enumerate(lengths):
        target = lengths[(place + months) % len(lengths)]
        found += [whole, whole - max(0, length - target)]
        whole += target - length
    return min(found), max(found)
