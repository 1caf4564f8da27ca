"""Numbing creams with their limits, who must not have them, and what their sources say beside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from needlework.clinical import backing
from needlework.clinical.backing import rule_table
from needlework.clinical.overrides import Override, of
from needlework.clinical.terms import Ordered
from needlework.evidence.errors import DataError
from needlework.evidence.facts import Fact
from needlework.evidence.sources import Source, cite

FILE = "numbing.toml"
SCREENING = "screening.toml"
OWN = "the clinic's own entry, not checked here"


class Standing(Ordered):
    """How an amount or a time stands to its limit, or the whole to all of them, mildest first.

    Whatever was not checked outranks what was and is within: nobody may read the whole as leave to use it.
    """

    WITHIN = "within"
    UNDER = "under"
    NOT_CHECKED = "not-checked"
    TOO_SHORT = "too-short"
    OVER = "over"
    MUST_NOT = "must-not"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a product's source allows; up to `small_mass_g` the rate per area is not held against it."""

    dose_g_per_10_cm2: tuple[float, float]
    max_mass_g: float
    max_area_cm2: float
    least_minutes: float
    most_minutes: float
    small_mass_g: float = 0.0


@dataclass(frozen=True, slots=True)
class Barred:
    """Who must not have a product: a screening rule in plain words."""

    rule: str
    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence beside the checks, with its sources."""

    text: str
    sources: tuple[Source, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as the command writes it."""
        return {"text": self.text, "sources": [source.as_json() for source in self.sources]}


@dataclass(frozen=True, slots=True)
class Product:
    """One numbing cream; without limits it is known and not checked."""

    name: str
    label: str
    limits: Limits | None
    sources: Mapping[str, tuple[Source, ...]]
    must_not: tuple[Barred, ...]
    notes: tuple[Note, ...]
    set_by_clinic: tuple[Override, ...] = ()


@cache
def products() -> Mapping[str, Product]:
    """Return every product by name, checked."""
    return load(rule_table(FILE))


def load(document: Mapping[str, Any], overrides: Sequence[Override] = ()) -> Mapping[str, Product]:
    """Return the products of a document, checked; those of a clinic's layer know the `overrides` that are in them."""
    found = {name: _product(name, entry, of(overrides, FILE, name)) for name, entry in document["products"].items()}
    for product in found.values():
        if product.limits and product.limits.least_minutes > product.limits.most_minutes:
            raise DataError(FILE, product.name, "least_minutes is longer than most_minutes. Mend one of the two.")
    return found


def own(label: str, source: str, limits: Limits) -> Product:
    """Return a clinic's own entry; its label and what it was taken from are its source."""
    named = (Source(id="own", title=f"{label}: {source}", strength=OWN, strength_class="policy"),)
    behind = dict.fromkeys(("dose", "mass", "area", "time"), named)
    return Product(label, label, limits, behind, _barred("own", ()), _notes("own", ()))


@cache
def note(key: str) -> Note:
    """Return one sentence of the file by its key."""
    entry = rule_table(FILE)[key]
    return Note(entry["text"], _sources(entry["facts"], key))


@cache
def harm() -> tuple[Source, ...]:
    """Return what stands behind the warnings of an excess."""
    return _sources(rule_table(FILE)["harm"]["facts"], "harm")


@cache
def supply() -> Note:
    """Return what is to be known about supplying these creams."""
    whole = rule_table(FILE)
    return Note(whole["supply"], cite(whole["supply_sources"], file=FILE, key="supply"))


def _product(name: str, entry: Mapping[str, Any], changed: tuple[Override, ...] = ()) -> Product:
    limits = entry.get("limits")
    return Product(
        name=name,
        label=entry["label"],
        limits=_limits(limits) if limits else None,
        sources={check: _sources(ids, name) for check, ids in entry.get("facts", {}).items()},
        must_not=_barred(name, entry["must_not"]),
        notes=_notes(name, entry["notes"]),
        set_by_clinic=changed,
    )


def _limits(entry: Mapping[str, Any]) -> Limits:
    least, most = entry["dose_g_per_10_cm2"]
    return Limits(**{**entry, "dose_g_per_10_cm2": (least, most)})


def _barred(name: str, entries: Iterable[Mapping[str, Any]]) -> tuple[Barred, ...]:
    """Return who must not have it: what its own source says, then what holds for any numbing cream."""
    return tuple(_one_barred(name, entry) for entry in (*entries, *rule_table(FILE)["must_not"]))


def _one_barred(name: str, entry: Mapping[str, Any]) -> Barred:
    rule = entry["rule"]
    if rule not in rule_table(SCREENING):
        raise DataError(FILE, name, f"There is no screening rule {rule!r}. Name one of {SCREENING}.")
    screened = () if entry["facts"] else cite(rule_table(SCREENING)[rule]["sources"], file=SCREENING, key=rule)
    return Barred(rule, entry["text"], (*_sources(entry["facts"], name), *screened))


def _notes(name: str, entries: Iterable[Mapping[str, Any]]) -> tuple[Note, ...]:
    return tuple(Note(one["text"], _sources(one["facts"], name)) for one in (*entries, *rule_table(FILE)["notes"]))


def _sources(ids: Iterable[str], key: str) -> tuple[Source, ...]:
    behind: tuple[Fact, ...] = backing.named(ids, file=FILE, key=key)
    return backing.sources_of(behind)
