"""How long a record is kept: the rule as data, and the day it ends as a pure function."""

import tomllib
from calendar import isleap
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

ADULT = 18


@dataclass(frozen=True)
class Rule:
    """The retention rule in force, with where it comes from."""

    version: str
    adult_years: int
    child_until_age: int
    child_until_age_if_seventeen: int
    source: str


@cache
def rule() -> Rule:
    """Read the rule."""
    data = tomllib.loads(files(__package__).joinpath("rules/retention.toml").read_text("utf-8"))
    return Rule(source=data.pop("source")["title"], **data)


def keep_until(*, born: date, last_entry: date, by: Rule) -> date:
    """Return the day up to which a record is kept, the longest of what the rule says for this person."""
    after_last = years_after(last_entry, by.adult_years)
    age = _age(born, last_entry)
    if age >= ADULT:
        return after_last
    until_age = by.child_until_age_if_seventeen if age == ADULT - 1 else by.child_until_age
    return max(after_last, years_after(born, until_age))


def years_after(day: date, years: int) -> date:
    """Return the same day some years later; 29 February becomes 1 March where there is none."""
    if (day.month, day.day) == (2, 29) and not isleap(day.year + years):
        return date(day.year + years, 3, 1)
    return day.replace(year=day.year + years)


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
