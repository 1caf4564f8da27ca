"""What the law of each nation says about a plan on a day: told beside a decision, never a decision itself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from needlework.evidence import shape, toml
from needlework.evidence.errors import DataError, InputError
from needlework.evidence.sources import Source, cite

FILE = "nations.toml"
NATIONS = ("England", "Scotland", "Wales", "Northern Ireland")

SCHEDULED = frozenset({"radiofrequency", "prescribed-anaesthetic", "intimate-area"})
"""What brings a plan out of the council's licence and under the Act of 2026 at any depth (asp 13, Schedule 1)."""

NEEDS = {
    "nation": shape.TEXT,
    "text": shape.TEXT,
    "sources": shape.TEXTS,
    "confidence": shape.TEXT,
    "review_by": shape.DAY,
}
MAY = {
    "text_before": shape.TEXT,
    "in_force": shape.DAY,
    "depth_from_mm": shape.NUMBER,
    "depth_below_mm": shape.NUMBER,
    "permitted_premises": shape.TEXTS,
    "licence": shape.TRUTH,
}


@dataclass(frozen=True, slots=True)
class Provision:
    """One thing the law says; the keys are those of the table."""

    id: str
    nation: str
    text: str
    sources: tuple[Source, ...]
    confidence: str
    review_by: date
    text_before: str | None = None
    in_force: date | None = None
    depth_from_mm: float | None = None
    depth_below_mm: float | None = None
    permitted_premises: tuple[str, ...] = ()
    licence: bool = False

    def told(self, on: date) -> str:
        """Return what it says on a day."""
        ahead = self.in_force is not None and on < self.in_force
        return self.text_before if ahead and self.text_before is not None else self.text

    def holds_for(self, depth_mm: float | None, features: Collection[str]) -> bool:
        """Say whether it speaks of a plan; where no depth is stated, it does."""
        scheduled = bool(SCHEDULED & set(features))
        if self.depth_from_mm is not None:
            return scheduled or depth_mm is None or depth_mm >= self.depth_from_mm
        if self.depth_below_mm is not None:
            return not scheduled and (depth_mm is None or depth_mm < self.depth_below_mm)
        return True

    def as_json(self, on: date) -> dict[str, Any]:
        """Return it as every command writes it."""
        return {
            "nation": self.nation,
            "text": self.told(on),
            "in_force": self.in_force.isoformat() if self.in_force else None,
            "sources": [source.as_json() for source in self.sources],
        }


@cache
def provisions() -> Mapping[str, Provision]:
    """Return every provision by id, checked."""
    return load(_table())


def load(table: Mapping[str, Any]) -> Mapping[str, Provision]:
    """Return the provisions of a document, checked."""
    kinds: Any = table.get("premises")
    if not shape.TEXTS.holds(kinds):
        raise DataError(FILE, "premises", f"The kinds of premises are missing. {shape.TEXTS.remedy}")
    return {key: _provision(key, entry, kinds) for key, entry in table.items() if key != "premises"}


def premises() -> tuple[str, ...]:
    """Return the words for kinds of premises."""
    return tuple(_table()["premises"])


def law(nation: str, *, depth_mm: float | None = None, features: Collection[str] = ()) -> tuple[Provision, ...]:
    """Return what a nation's law says about a plan of a depth; `features` are words of SCHEDULED."""
    return tuple(one for one in _of(nation) if one.holds_for(depth_mm, frozenset(features)))


def licence_from(nation: str) -> date | None:
    """Return the day from which a nation asks every clinic for its council's licence, or None where none is set."""
    return min((one.in_force for one in _of(nation) if one.licence and one.in_force), default=None)


def _of(nation: str) -> tuple[Provision, ...]:
    if nation not in NATIONS:
        raise InputError("nation", f"That is not known here. Send one of: {', '.join(NATIONS)}.")
    return tuple(one for one in provisions().values() if one.nation == nation)


@cache
def _table() -> dict[str, Any]:
    return toml.read(files(__package__) / "data" / FILE)


def _provision(key: str, entry: Any, kinds: Collection[str]) -> Provision:
    checked = shape.check(entry, file=FILE, key=key, needs=NEEDS, may=MAY)
    for sentence in filter(None, (check(checked, kinds) for check in CHECKS)):
        raise DataError(FILE, key, sentence)
    cited = cite(checked["sources"], file=FILE, key=key)
    allowed = tuple(checked.get("permitted_premises", ()))
    return Provision(**{**checked, "id": key, "sources": cited, "permitted_premises": allowed})


def _nation(entry: Mapping[str, Any], _: Collection[str]) -> str:
    known = entry["nation"] in NATIONS
    return "" if known else f"There is no nation {entry['nation']!r}. Write one of: {', '.join(NATIONS)}."


def _depth(entry: Mapping[str, Any], _: Collection[str]) -> str:
    both = "depth_from_mm" in entry and "depth_below_mm" in entry
    return (
        "A provision holds from a depth or below one: keep depth_from_mm or depth_below_mm, not both." if both else ""
    )


def _dates(entry: Mapping[str, Any], _: Collection[str]) -> str:
    if "in_force" in entry and "text_before" not in entry:
        return "Until in_force something else is true: say it in text_before."
    if "text_before" in entry and "in_force" not in entry:
        return "text_before needs the day on which it ends: add in_force."
    licensed = entry.get("licence") and "in_force" not in entry
    return "A licence needs the day from which it is asked for: add in_force." if licensed else ""


def _premises(entry: Mapping[str, Any], kinds: Collection[str]) -> str:
    strange = [one for one in entry.get("permitted_premises", ()) if one not in kinds]
    return f"There are no premises {strange[0]!r}. Write one of: {', '.join(kinds)}." if strange else ""


CHECKS = (_nation, _depth, _dates, _premises)
