"""When what is known is due to be read again, by how strong it is; no clock is read here."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from needlework.evidence import shape, toml
from needlework.evidence.sources import STRENGTHS

FILE = "review.toml"


@dataclass(frozen=True, slots=True)
class Reading:
    """When everything was read, and for how many months that holds by class of strength."""

    read_on: date
    months: Mapping[str, int]

    def due(self, strengths: Iterable[str]) -> date:
        """Return the first day on which something of these strengths is due."""
        return later(self.read_on, min(self.months[one] for one in strengths))


@cache
def reading() -> Reading:
    """Return the table, checked."""
    return checked(toml.read(files(__package__) / "data" / FILE))


def checked(document: Mapping[str, Any]) -> Reading:
    """Return the table of a document, or say what is wrong with it."""
    table = shape.Kind(lambda value: isinstance(value, Mapping), "Write the table [months].")
    shape.check(document, file=FILE, key="the whole file", needs={"read_on": shape.DAY, "months": table})
    whole = dict.fromkeys(STRENGTHS, shape.COUNT)
    return Reading(document["read_on"], shape.check(document["months"], file=FILE, key="months", needs=whole))


def later(day: date, months: int) -> date:
    """Return the day some calendar months later, at most the month's last."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
