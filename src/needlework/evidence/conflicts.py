"""Facts that do not agree, kept side by side and linked both ways: what about, and what the rule set does about it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from needlework.evidence import shape, toml
from needlework.evidence.errors import DataError
from needlework.evidence.facts import facts

FILE = "conflicts.toml"
NEEDS = {"about": shape.TEXT, "facts": shape.TEXTS, "handled": shape.TEXT}


@dataclass(frozen=True, slots=True)
class Conflict:
    """One disagreement between facts."""

    id: str
    about: str
    facts: tuple[str, ...]
    handled: str

    def as_json(self) -> dict[str, Any]:
        """Return it as every command writes it."""
        return {"id": self.id, "about": self.about, "facts": list(self.facts), "handled": self.handled}


@cache
def conflicts() -> Mapping[str, Conflict]:
    """Return every conflict by id, checked."""
    return load(toml.read(files(__package__) / "data" / FILE), known=facts())


def conflicts_of(fact_id: str) -> tuple[Conflict, ...]:
    """Return the conflicts that a fact takes part in."""
    return tuple(one for one in conflicts().values() if fact_id in one.facts)


def load(entries: Mapping[str, Any], *, known: Collection[str]) -> Mapping[str, Conflict]:
    """Return the conflicts of a document, checked against the ids of the facts that there are."""
    return {key: _conflict(key, entry, known) for key, entry in entries.items()}


def _conflict(key: str, entry: Any, known: Collection[str]) -> Conflict:
    checked = shape.check(entry, file=FILE, key=key, needs=NEEDS)
    named = checked["facts"]
    for one in named:
        if one not in known:
            raise DataError(FILE, key, f"There is no fact {one!r}. Name facts that are there.")
        if named.count(one) > 1:
            raise DataError(FILE, key, f"{one} is named twice. Name each fact once.")
    return Conflict(id=key, about=checked["about"], facts=tuple(named), handled=checked["handled"])
