"""The shape of an entry of a data file: its keys and their kinds. What differs is refused, with the remedy."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from needlework.evidence.errors import DataError
from needlework.evidence.near import near


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value must be, and what to do where it is not."""

    holds: Callable[[Any], bool]
    remedy: str


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and not math.isnan(value)


def _is_list_of(value: Any, holds: Callable[[Any], bool]) -> bool:
    return isinstance(value, list) and all(holds(one) for one in value)


def _is_range(value: Any) -> bool:
    return _is_list_of(value, _is_number) and len(value) == 2 and value[0] <= value[1]


TEXT = Kind(_is_text, "Write a text between quotation marks, not an empty one.")
TEXTS = Kind(lambda value: _is_list_of(value, _is_text) and bool(value), "Write a list of texts, at least one.")
TRUTH = Kind(lambda value: isinstance(value, bool), "Write true or false, without quotation marks.")
NUMBER = Kind(_is_number, "Write a number, without quotation marks.")
COUNT = Kind(
    lambda value: isinstance(value, int) and not isinstance(value, bool) and value > 0,
    "Write a whole number of at least 1, without quotation marks.",
)
VALUE = Kind(lambda value: _is_text(value) or _is_number(value), "Write a number or a text.")
VALUES = Kind(
    lambda value: _is_list_of(value, VALUE.holds) and bool(value), "Write a list of numbers or texts, at least one."
)
TABLE = Kind(lambda value: isinstance(value, Mapping) and bool(value), "Write a table: { days = [1, 7] }.")
RANGE = Kind(_is_range, "Write its two ends, the lower first: [0.5, 1.5].")
DAY = Kind(
    lambda value: isinstance(value, date) and not isinstance(value, datetime),
    "Write a day without quotation marks: 2026-11-22.",
)


def check(
    entry: Any, *, file: str, key: str, needs: Mapping[str, Kind], may: Mapping[str, Kind] | None = None
) -> Mapping[str, Any]:
    """Return an entry that has what it needs, nothing unknown and all of the right kind; raise DataError if not."""
    if not isinstance(entry, Mapping):
        raise DataError(file, key, "This stands under no id. Put it under the line [id] of its entry.")
    known = {**needs, **(may or {})}
    for name, value in entry.items():
        if name not in known:
            hint = near(name, known, f"Known here: {', '.join(sorted(known))}.")
            raise DataError(file, key, f"There is no key {name!r}. {hint}")
        if not known[name].holds(value):
            raise DataError(file, key, f"{name} is not what it must be. {known[name].remedy}")
    for name, kind in needs.items():
        if name not in entry:
            raise DataError(file, key, f"{name} is missing. {kind.remedy}")
    return entry
