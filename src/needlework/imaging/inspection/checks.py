"""The checks: what each looks at, its limit, and the one sentence about what to do. The table is `checks.toml`."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FILE = "checks.toml"


@dataclass(frozen=True)
class Limit:
    """What one check allows."""

    unit: str
    do: str
    stops: bool
    """Whether nothing at all can be measured when it fails."""
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True)
class Check:
    """One check of one photograph."""

    name: str
    value: float
    ok: bool
    limit: float
    unit: str
    do: str
    stops: bool

    def as_json(self) -> dict[str, Any]:
        """Return it as `needlework inspect --json` promises."""
        shown = {"check": self.name, "ok": self.ok, "value": round(self.value, 2), "limit": self.limit}
        return shown | {"unit": self.unit, "do": None if self.ok else self.do}


@cache
def limits() -> dict[str, Limit]:
    """Read the table of checks, in the order in which they are shown."""
    table = tomllib.loads(files(__package__).joinpath(FILE).read_text("utf-8"))
    return {name: Limit(**values) for name, values in table.items()}


def check(name: str, value: float, *, limit: float | None = None, do: str | None = None) -> Check:
    """Hold a value against its limit, or against `limit` where the photograph's own scale decides it."""
    known = limits()[name]
    low = known.at_least if limit is None else None
    high = known.at_most if limit is None else limit
    too_low = low is not None and value < low
    too_high = high is not None and value > high
    held = low if high is None or too_low else high
    return Check(name, value, not (too_low or too_high), held or 0, known.unit, do or known.do, known.stops)


def in_order(found: Iterable[Check]) -> tuple[Check, ...]:
    """Return checks in the table's order."""
    order = list(limits())
    return tuple(sorted(found, key=lambda one: order.index(one.name)))
