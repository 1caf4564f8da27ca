"""The safety net: what every patient is told to watch for and whom to call, always whole and in the same order."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from needlework.clinical.backing import rule_table
from needlework.clinical.signs import check_known, made, signs
from needlework.clinical.terms import Tier, Verified
from needlework.evidence.errors import DataError
from needlework.evidence.sources import Source

FILE = "safety_net.toml"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to watch for (`when`), whom to call (`do`), and the signs that it stands for."""

    id: str
    tier: Tier
    do: str
    when: str
    signs: tuple[str, ...]
    sources: tuple[Source, ...]
    verified: Verified

    def as_json(self) -> dict[str, str]:
        """Return it as every command writes it."""
        return {"when": self.when, "do": self.do}


@cache
def lines() -> tuple[Line, ...]:
    """Return every line, worst first, checked."""
    return load(rule_table(FILE))


def as_json() -> list[dict[str, str]]:
    """Return the whole net as every command writes it."""
    return [line.as_json() for line in lines()]


def load(entries: Mapping[str, Any]) -> tuple[Line, ...]:
    """Return the lines of a document, or say which entry is wrong."""
    found = tuple(made(Line, FILE, key, entry, tier=Tier, signs=tuple) for key, entry in entries.items())
    for line in found:
        check_known(line.signs, signs(), file=FILE, key=line.id)
    for before, after in pairwise(found):
        if after.tier.rank > before.tier.rank:
            raise DataError(FILE, after.id, "It is worse than the line above it. Put the worst first.")
    return found
