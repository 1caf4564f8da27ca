"""The one table of zones: named parts of the body with side, and the groups that stand for several."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from needlework.evidence import toml
from needlework.evidence.errors import DataError, InputError

FILE = "zones.toml"


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
    table = toml.read(files(__package__) / "data" / FILE)
    kinds = {kind: tuple(table[kind]) for kind in ("face", "body", "never_treated")}
    groups = {name: tuple(members) for name, members in table["groups"].items()}
    known = {zone for kind in kinds.values() for zone in kind}
    for name, members in groups.items():
        if strange := set(members) - known:
            raise DataError(FILE, f"groups.{name}", f"{sorted(strange)[0]!r} is no zone. Name zones of this table.")
    return Zones(**kinds, groups=groups)


def expand(names: Iterable[str], *, field: str, planned: bool = False) -> tuple[str, ...]:
    """Return the zones that zones and groups stand for, in the table's order, each once.

    Raises InputError naming `field` for an unknown name and, where `planned`, for one that is never treated.
    """
    table = zones()
    asked = {zone for place, name in enumerate(names) for zone in _meant(name, table, f"{field}[{place}]")}
    if planned and (never := sorted(asked & set(table.never_treated))):
        raise InputError(field, f"{never[0]!r} is never treated. Take it out of the plan.")
    return tuple(zone for zone in table.treatable + table.never_treated if zone in asked)


def _meant(name: str, table: Zones, field: str) -> tuple[str, ...]:
    if name in table.groups:
        return table.groups[name]
    known = table.treatable + table.never_treated
    if name in known:
        return (name,)
    near = get_close_matches(name, [*known, *table.groups], n=1)
    raise InputError(
        field, f"There is no such zone. {f'Did you mean {near[0]!r}?' if near else 'See the table of zones.'}"
    )
