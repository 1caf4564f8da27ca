"""The files of the rules, and what stands behind an entry: facts by id, and the sources they were read in."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from needlework.evidence import toml
from needlework.evidence.errors import DataError
from needlework.evidence.facts import Fact, facts
from needlework.evidence.sources import Source

Made = TypeVar("Made")


@cache
def rule_table(file: str) -> Mapping[str, Any]:
    """Return a file of the rules as it came with the product, read once."""
    return toml.read(files("needlework.clinical") / "rules" / file)


def named(ids: Iterable[str], *, file: str, key: str) -> tuple[Fact, ...]:
    """Return the facts that an entry names; `file` and `key` say where, if one of them is unknown."""
    known = facts()
    asked = tuple(ids)
    for one in asked:
        if one not in known:
            raise DataError(file, key, f"There is no fact {one!r}. Name one of evidence/data/facts.")
    return tuple(known[one] for one in asked)


def read(ids: Iterable[str], *, file: str, key: str, otherwise: str) -> tuple[Fact, ...]:
    """Return the facts that an entry names; one that was not read is refused in the words of `otherwise` ({id})."""
    found = named(ids, file=file, key=key)
    for fact in found:
        if not fact.for_patients:
            raise DataError(file, key, otherwise.format(id=fact.id))
    return found


def made(kind: Callable[..., Made], values: Mapping[str, Any], *, file: str, key: str, keys: str) -> Made:
    """Return an entry as `kind`, or refuse a key that it does not have; `keys` says where those are that it has."""
    try:
        return kind(**values)
    except TypeError as wrong:
        raise DataError(file, key, f"{wrong}. {keys}") from None


def sources_of(behind: Iterable[Fact]) -> tuple[Source, ...]:
    """Return the sources of facts, each once, in the order of the facts."""
    return tuple(dict.fromkeys(fact.source for fact in behind))


def told(behind: Iterable[Fact]) -> list[dict[str, str | None]]:
    """Return the sources of facts as every command writes them."""
    return [source.as_json() for source in sources_of(behind)]
