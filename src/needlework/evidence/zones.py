"""The one table of zones: named parts of the body with side, and the groups that stand for several."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from needlework.evidence import shape, toml
from needlework.evidence.errors import DataError, InputError
from needlework.evidence.near import near

FILE = "zones.toml"
KINDS = ("face", "body", "never_treated")
ADJECTIVES = ("periorbital", "perioral")
"""Parts of names that need a noun in a sentence."""
GROUPS = shape.Kind(lambda value: isinstance(value, Mapping), "Write the table [groups].")


@dataclass(frozen=True, slots=True)
class Zones:
    """Every zone in the table's order, and the groups."""

    face: tuple[str, ...]
    body: tuple[str, ...]
    never_treated: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]

    @property
    def treatable(self) -> tuple[str, ...]:
        """Return the zones that a plan may name."""
        return self.face + self.body


@cache
def zones() -> Zones:
    """Return the table, checked."""
    return checked(toml.read(files(__package__) / "data" / FILE))


def checked(table: Mapping[str, Any]) -> Zones:
    """Return the zones and groups of a document, or say what is wrong with it."""
    shape.check(table, file=FILE, key="the whole file", needs={**dict.fromkeys(KINDS, shape.TEXTS), "groups": GROUPS})
    known: set[str] = set()
    for kind in KINDS:
        for zone in table[kind]:
            if zone in known:
                raise DataError(FILE, kind, f"{zone!r} is there twice. Keep one of the two.")
            known.add(zone)
    groups = {name: _group(name, members, known) for name, members in table["groups"].items()}
    return Zones(**{kind: tuple(table[kind]) for kind in KINDS}, groups=groups)


def _group(name: str, members: Any, known: Collection[str]) -> tuple[str, ...]:
    where = f"groups.{name}"
    if not shape.TEXTS.holds(members):
        raise DataError(FILE, where, f"A group is a list of zones. {shape.TEXTS.remedy}")
    if strange := sorted(set(members) - set(known)):
        raise DataError(FILE, where, f"{strange[0]!r} is no zone. Name zones of this table.")
    if name in known and set(members) != {name}:
        raise DataError(FILE, where, "A zone has this name. Give the group its own.")
    return tuple(members)


def expand(names: Iterable[str], *, field: str, planned: bool = False) -> tuple[str, ...]:
    """Return the zones that zones and groups stand for, in the table's order, each once.

    Raises InputError naming `field` for an unknown name and, where `planned`, for one that is never treated.
    """
    asked = {zone for place, name in enumerate(names) for zone in _meant(name, f"{field}[{place}]")}
    return _in_order(asked, field, planned)


def meant(name: str, *, field: str, planned: bool = False) -> tuple[str, ...]:
    """Return the zones that one zone or group stands for, as `expand` does for several."""
    return _in_order(set(_meant(name, field)), field, planned)


def in_words(zone: str) -> str:
    """Return a zone as it stands in a sentence.

    >>> in_words("cheek-left"), in_words("perioral-right"), in_words("upper-lip")
    ('the left cheek', 'the right perioral zone', 'the upper lip')
    """
    *name, side = zone.split("-")
    part = " ".join([side, *name] if side in ("left", "right") else [*name, side])
    return f"the {part} zone" if name and name[0] in ADJECTIVES else f"the {part}"


def _in_order(asked: set[str], field: str, planned: bool) -> tuple[str, ...]:
    table = zones()
    if planned and (never := sorted(asked & set(table.never_treated))):
        raise InputError(field, f"{never[0]!r} is never treated. Take it out of the plan.")
    return tuple(zone for zone in table.treatable + table.never_treated if zone in asked)


def _meant(name: str, field: str) -> tuple[str, ...]:
    table = zones()
    if name in table.groups:
        return table.groups[name]
    known = table.treatable + table.never_treated
    if name in known:
        return (name,)
    otherwise = "Zones are named as cheek-left or abdomen, groups as cheeks or thighs."
    hint = near(name, [*known, *table.groups], otherwise)
    raise InputError(field, f"There is no such zone. {hint}")
