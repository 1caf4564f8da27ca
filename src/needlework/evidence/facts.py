"""Graded facts: one paraphrased statement each, with its value, its unit and the one source it was read in.

verified: the supporting words were read in the source. primary_read: the source is the originator, not somebody quoting
it. A fact from memory says so, is unverified, and is never shown to a patient. `range` is of `value` and holds it,
unless `range_of` says what else it is of, in `range_unit`. An open end is infinite.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from needlework.evidence import shape, toml
from needlework.evidence.errors import DataError
from needlework.evidence.sources import STRENGTHS, Source, cite

NEEDS = {
    "statement": shape.TEXT,
    "applies_to": shape.TEXT,
    "source": shape.TEXT,
    "strength": shape.TEXT,
    "strength_class": shape.TEXT,
    "verified": shape.TRUTH,
    "primary_read": shape.TRUTH,
}
MAY = {
    "value": shape.VALUE,
    "unit": shape.TEXT,
    "range": shape.RANGE,
    "range_unit": shape.TEXT,
    "range_of": shape.TEXT,
    "note": shape.TEXT,
    "read_via": shape.TEXT,
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement and where it comes from."""

    id: str
    topic: str
    statement: str
    applies_to: str
    source: Source
    strength: str
    strength_class: str
    verified: bool
    primary_read: bool
    value: float | str | None = None
    unit: str | None = None
    range: tuple[float, float] | None = None
    range_unit: str | None = None
    range_of: str | None = None
    note: str | None = None
    read_via: str | None = None

    @property
    def from_memory(self) -> bool:
        """Say whether nothing was read for it."""
        return self.strength_class == "memory"

    @property
    def for_patients(self) -> bool:
        """Say whether a patient may be shown it."""
        return self.verified and not self.from_memory


@cache
def facts() -> Mapping[str, Fact]:
    """Return every fact by id, checked."""
    folder = files(__package__) / "data" / "facts"
    return load((file.name, toml.read(file)) for file in sorted(folder.iterdir(), key=lambda file: file.name))


def load(documents: Iterable[tuple[str, Mapping[str, Any]]]) -> Mapping[str, Fact]:
    """Return the facts of files given by name and content, checked, each id once."""
    found: dict[str, Fact] = {}
    for file, entries in documents:
        for key, entry in entries.items():
            if key in found:
                raise DataError(file, key, f"This id is already in {found[key].topic}.toml. Give the new fact its own.")
            found[key] = fact(file, key, entry)
    return found


def fact(file: str, key: str, entry: Any) -> Fact:
    """Return one entry of a file as a fact, or say what is wrong with it."""
    shape.check(entry, file=file, key=key, needs=NEEDS, may=MAY)
    rest = {name: value for name, value in entry.items() if name not in {"source", "range"}}
    (source,) = cite([entry["source"]], file=file, key=key)
    ends = tuple(entry["range"]) if "range" in entry else None
    made = Fact(id=key, topic=file.removesuffix(".toml"), source=source, range=ends, **rest)
    for sentence in filter(None, (check(made) for check in CHECKS)):
        raise DataError(file, key, sentence)
    return made


def _strength(fact: Fact) -> str:
    known = fact.strength_class in STRENGTHS
    return "" if known else f"strength_class {fact.strength_class!r} is not one of: {', '.join(STRENGTHS)}."


def _unit(fact: Fact) -> str:
    bare = isinstance(fact.value, int | float) or (fact.range is not None and not fact.range_unit)
    return "A number needs its unit: add unit." if bare and not fact.unit else ""


def _range(fact: Fact) -> str:
    if fact.range is None:
        lone = fact.range_of or fact.range_unit
        return "range_of and range_unit speak of a range: add range, or take them out." if lone else ""
    if bool(fact.range_of) != bool(fact.range_unit):
        return "A range of something else says both what and in which unit: add range_of and range_unit."
    held = not isinstance(fact.value, int | float) or fact.range[0] <= fact.value <= fact.range[1]
    return "" if held or fact.range_of else "The range does not hold the value: mend one, or say range_of what it is."


def _memory(fact: Fact) -> str:
    claims = (fact.source.url is None or fact.from_memory) and fact.verified
    return "Nothing was read for this fact: say verified = false and primary_read = false." if claims else ""


def _unverified(fact: Fact) -> str:
    said = fact.verified or (fact.from_memory and not fact.primary_read)
    return (
        ""
        if said
        else (
            "An unverified fact says so: strength_class is memory and primary_read is false until its source was read."
        )
    )


CHECKS = (_strength, _unit, _range, _memory, _unverified)
