"""The safety net: what every patient is told to watch for and whom to call, always whole and in the same order."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from needlework.clinical.terms import Tier, Verified
from needlework.evidence import toml
from needlework.evidence.errors import DataError
from needlework.evidence.sources import Source, cite

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
    return gathered(toml.read(files(__package__) / "rules" / FILE))


def as_json() -> list[dict[str, str]]:
    """Return the whole net as every command writes it."""
    return [line.as_json() for line in lines()]


def gathered(entries: Mapping[str, Any]) -> tuple[Line, ...]:
    """Return the lines of a document, or say which entry is wrong."""
    found = tuple(_line(key, entry) for key, entry in entries.items())
    for before, after in pairwise(found):
        if after.tier.rank > before.tier.rank:
            raise DataError(FILE, after.id, "It is worse than the line above it. Put the worst first.")
    return found


def _line(key: str, entry: Mapping[str, Any]) -> Line:
    try:
        rest = {"tier": Tier(entry["tier"]), "verified": Verified(entry["verified"]), "signs": tuple(entry["signs"])}
        line = Line(**{**entry, **rest, "id": key, "sources": cite(entry["sources"], file=FILE, key=key)})
    except (KeyError, TypeError, ValueError) as wrong:
        if isinstance(wrong, DataError):
            raise
        raise DataError(FILE, key, f"{wrong}. Each line has tier, do, when, signs, sources and verified.") from None
    read = any(source.url for source in line.sources)
    if read != (line.verified is not Verified.UNVERIFIED):
        raise DataError(FILE, key, "Only a line with a publication behind it is seen or partial: mend verified.")
    return line
