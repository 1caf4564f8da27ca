"""What the law of each nation says about a plan on a day: told beside a decision, never a decision itself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from needlework.evidence import toml
from needlework.evidence.sources import Source, cite

FILE = "nations.toml"
NATIONS = ("England", "Scotland", "Wales", "Northern Ireland")

SCHEDULED = frozenset({"radiofrequency", "prescribed-anaesthetic", "intimate-area"})
"""What brings a plan out of the council's licence and under the Act of 2026 at any depth (asp 13, Schedule 1)."""


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
        return self.text_before if ahead and self.text_before else self.text

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
    """Return every provision by id."""
    return {key: _provision(key, entry) for key, entry in _table().items() if isinstance(entry, Mapping)}


def premises() -> tuple[str, ...]:
    """Return the words for kinds of premises."""
    return tuple(_table()["premises"])


def law(nation: str, *, depth_mm: float | None = None, features: Collection[str] = ()) -> tuple[Provision, ...]:
    """Return what a nation's law says about a plan of a depth; `features` are words of SCHEDULED."""
    return tuple(
        one for one in provisions().values() if one.nation == nation and one.holds_for(depth_mm, frozenset(features))
    )


@cache
def _table() -> dict[str, Any]:
    return toml.read(files(__package__) / "data" / FILE)


def _provision(key: str, entry: Mapping[str, Any]) -> Provision:
    cited = cite(entry["sources"], file=FILE, key=key)
    allowed = tuple(entry.get("permitted_premises", ()))
    return Provision(**{**entry, "id": key, "sources": cited, "permitted_premises": allowed})
