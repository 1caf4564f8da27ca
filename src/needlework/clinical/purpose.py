"""What this software is for, what it claims and what could go wrong with it: registers that name their tests."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from needlework.clinical import backing
from needlework.evidence import toml
from needlework.evidence.errors import DataError
from needlework.evidence.nations import NATIONS

PURPOSE, CLAIMS, HAZARDS = "purpose.toml", "claims.toml", "hazards.toml"

SEVERITIES = ("death or lasting harm", "harm that needs treatment", "passing harm", "no bodily harm")
"""Worst first; this team's judgement, to be confirmed by a clinical safety officer."""

LIKELIHOODS = ("likely", "possible", "unlikely", "rare")
"""Most often first; this team's judgement, to be confirmed by a clinical safety officer."""


@dataclass(frozen=True, slots=True)
class User:
    """Who works with it, and what they do."""

    who: str
    does: str


@dataclass(frozen=True, slots=True)
class Line:
    """A feature that would make this a medical device, why it would, and how it is kept out."""

    feature: str
    why: str
    kept_out: str
    tests: tuple[str, ...] = ()
    open: str | None = None


@dataclass(frozen=True, slots=True)
class Purpose:
    """The statement of the intended purpose."""

    dated: date
    confirmed_by: str
    nations: tuple[str, ...]
    nations_note: str
    decides: str
    is_for: tuple[str, ...]
    is_not_for: tuple[str, ...]
    users: tuple[User, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ProductClaim:
    """Something that the product says of itself, and what it rests on; each page of `said_in` holds the `words`."""

    id: str
    claim: str
    words: str
    said_in: tuple[str, ...]
    checked_by: str
    tests: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    limits: str | None = None


@dataclass(frozen=True, slots=True)
class Hazard:
    """A way to come to harm, and what holds it; `number` is that of the minimum log."""

    id: str
    hazard: str
    cause: str
    harm: str
    severity: str
    likelihood: str
    controls: tuple[str, ...]
    tests: tuple[str, ...]
    number: str | None = None
    open: str | None = None


Entry = Mapping[str, Any]
Made = TypeVar("Made", User, Line, Purpose, ProductClaim, Hazard)


@cache
def purpose() -> Purpose:
    """Return the intended purpose, checked."""
    return purpose_of(_read(PURPOSE))


@cache
def claims() -> Mapping[str, ProductClaim]:
    """Return every claim of the product by id, checked."""
    return claims_of(_read(CLAIMS))


@cache
def hazards() -> Mapping[str, Hazard]:
    """Return every hazard by id, checked, in the order of the file."""
    return hazards_of(_read(HAZARDS))


def purpose_of(document: Entry) -> Purpose:
    """Return the purpose of a document, or say which key is wrong."""
    rest = {key: value for key, value in document.items() if key not in {"user", "line"}}
    users = tuple(_made(User, PURPOSE, "user", one) for one in document.get("user", ()))
    lines = tuple(_made(Line, PURPOSE, "line", one) for one in document.get("line", ()))
    found = _made(Purpose, PURPOSE, "statement", {**rest, "users": users, "lines": lines})
    if set(found.nations) - set(NATIONS):
        raise DataError(PURPOSE, "nations", f"The nations are: {', '.join(NATIONS)}.")
    for line in lines:
        _held(PURPOSE, line.feature, line.tests, line.open)
    return found


def claims_of(document: Mapping[str, Entry]) -> Mapping[str, ProductClaim]:
    """Return the claims of a document, each with something to rest on."""
    found = {key: _made(ProductClaim, CLAIMS, key, {**entry, "id": key}) for key, entry in document.items()}
    for one in found.values():
        if not one.tests and not one.pages:
            raise DataError(CLAIMS, one.id, "A claim rests on tests or pages: name some, or do not claim it.")
        if not one.said_in:
            raise DataError(CLAIMS, one.id, "Say where it is claimed: name a page in said_in.")
    return found


def hazards_of(document: Mapping[str, Entry]) -> Mapping[str, Hazard]:
    """Return the hazards of a document, each held by a test or openly by none."""
    found = {key: _made(Hazard, HAZARDS, key, {**entry, "id": key}) for key, entry in document.items()}
    for one in found.values():
        _word(one.id, "severity", one.severity, SEVERITIES)
        _word(one.id, "likelihood", one.likelihood, LIKELIHOODS)
        if not one.controls:
            raise DataError(HAZARDS, one.id, "Say what is done about it: add controls.")
        _held(HAZARDS, one.id, one.tests, one.open)
    return found


def _read(file: str) -> dict[str, Any]:
    return toml.read(files(__package__) / "rules" / file)


def _made(kind: Callable[..., Made], file: str, key: str, entry: Entry) -> Made:
    """Return an entry as `kind`, its lists as tuples."""
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    return backing.made(kind, values, file=file, key=key, keys="The keys are those of the entries beside it.")


def _word(key: str, name: str, value: str, allowed: Iterable[str]) -> None:
    if value not in allowed:
        raise DataError(HAZARDS, key, f"{name} is one of: {', '.join(allowed)}.")


def _held(file: str, key: str, tests: tuple[str, ...], missing: str | None) -> None:
    if not tests and not missing:
        raise DataError(file, key, "Name the tests that hold it, or say in `open` why none can yet.")
