"""The expected reactions: what may be seen on each day after a session, and what takes weeks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from needlework.clinical.aftercare.instructions import behind
from needlework.clinical.backing import rule_table
from needlework.clinical.signs import SIGNS, signs
from needlework.evidence.errors import DataError
from needlework.evidence.sources import Source

FILE = "expected.toml"
DAYS = range(15)
"""Two weeks, day 0 and day 14 included: the longest that a sign is expected (bruising, signs.toml)."""


@dataclass(frozen=True, slots=True)
class ExpectedReaction:
    """A sign that is expected from when until when, in hours, and what a patient is told of it.

    `usual` while it is usual, `late` after that, and its name for "tell us if you still have …" once it should be gone.
    """

    sign: str
    from_hours: float
    usual_until_hours: float
    until_hours: float
    usual: str
    late: str
    still: str
    facts: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is said first on each day from one to another."""

    from_day: int
    to_day: int
    text: str
    facts: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def days(self) -> range:
        """Return its days."""
        return range(self.from_day, self.to_day + 1)


@dataclass(frozen=True, slots=True)
class Expected:
    """The whole file; `over` has a place for the names of what should be gone."""

    over: str
    reactions: tuple[ExpectedReaction, ...]
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One day after a session: the signs that may still be seen, and what the patient reads."""

    day: int
    signs: tuple[str, ...]
    text: str

    def as_json(self) -> dict[str, Any]:
        """Return it as every command writes it."""
        return {"day": self.day, "signs": list(self.signs), "text": self.text}


@cache
def expected() -> Expected:
    """Return what is expected, checked."""
    return load(rule_table(FILE))


def load(document: Mapping[str, Any]) -> Expected:
    """Return what a document expects, or say which entry is wrong."""
    reactions = tuple(_reaction(key, entry) for key, entry in document["signs"].items())
    days = tuple(_stretch(f"days[{place}]", entry) for place, entry in enumerate(document["days"]))
    if [day for stretch in days for day in stretch.days] != list(DAYS):
        raise DataError(FILE, "days", f"Say something on each day from {DAYS[0]} to {DAYS[-1]}, once and in order.")
    later = tuple(_stretch(f"later[{place}]", entry) for place, entry in enumerate(document["later"]))
    return Expected(document["over"], reactions, days + later)


def days(finished_at: datetime) -> tuple[Day, ...]:
    """Return what is expected by calendar day, in the offset that the session ended in; day 0 is the session's own."""
    midnight = finished_at.replace(hour=0, minute=0, second=0, microsecond=0)
    hours_into_day = (finished_at - midnight).total_seconds() / 3600
    return tuple(
        _day(day, stretch.text, day * 24 - hours_into_day) for stretch in expected().stretches for day in stretch.days
    )


def _day(day: int, opening: str, begins: float) -> Day:
    """Return one day; `begins` is its first midnight, in hours after the session."""
    reactions = expected().reactions
    seen = [one for one in reactions if one.from_hours < begins + 24 and begins < one.until_hours]
    texts = [one.usual if begins < one.usual_until_hours else one.late for one in seen]
    over = [one.still for one in reactions if one.until_hours <= begins]
    told = [opening, *texts, *([expected().over.format(signs=_listed(over))] if over else [])]
    return Day(day, tuple(one.sign for one in seen), " ".join(told))


def _listed(names: Collection[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


def _reaction(key: str, entry: Mapping[str, Any]) -> ExpectedReaction:
    at = f"signs.{key}"
    sign = signs().get(key)
    if sign is None or sign.onset_to_hours is None or sign.expected_until_hours is None or not sign.expected:
        raise DataError(FILE, at, f"There is no sign {key!r} that is expected. Name one of {SIGNS} that is.")
    lasts = sign.expected_until_hours > sign.onset_to_hours
    if lasts != ("late" in entry):
        raise DataError(FILE, at, "Say late exactly where the sign is still expected after its window.")
    facts, sources = behind(entry["facts"], file=FILE, key=at)
    return ExpectedReaction(
        sign=key,
        from_hours=sign.onset_from_hours,
        usual_until_hours=sign.onset_to_hours,
        until_hours=sign.expected_until_hours,
        usual=entry["usual"],
        late=entry.get("late", ""),
        still=entry["still"],
        facts=facts,
        sources=sources,
    )


def _stretch(key: str, entry: Mapping[str, Any]) -> Stretch:
    facts, sources = behind(entry["facts"], file=FILE, key=key)
    return Stretch(entry["from_day"], entry["to_day"], entry["text"], facts, sources)
