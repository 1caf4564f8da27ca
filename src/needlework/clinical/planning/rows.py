"""The published depths, thicknesses, passes and endpoints, zone by zone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from needlework.clinical import backing
from needlework.clinical.backing import rule_table
from needlework.evidence.facts import Fact
from needlework.evidence.sources import STRENGTHS
from needlework.evidence.zones import expand

DEPTHS = "depths.toml"
NOT_READ = "{id} was not read in a source. A range needs facts that were."
PASSES = "passes.toml"

ORDER = tuple(STRENGTHS)
STUDIES = frozenset(ORDER[ORDER.index("meta_analysis") : ORDER.index("case_report") + 1])


@dataclass(frozen=True, slots=True)
class Row:
    """A depth range in mm as it was printed, for what, and where it was read; no concerns: for any."""

    id: str
    zones: frozenset[str]
    range_mm: tuple[float, float]
    purpose: str
    facts: tuple[Fact, ...]
    concerns: frozenset[str] = frozenset()
    study: str | None = None
    conflict: str | None = None

    def counts_for(self, zone: str, concerns: Iterable[str]) -> bool:
        """Say whether it speaks of a zone treated for these concerns."""
        return zone in self.zones and (not self.concerns or not self.concerns.isdisjoint(concerns))

    @property
    def origin(self) -> str:
        """Return what is counted once: the study, or the publication."""
        return self.study or self.facts[0].source.publication

    @property
    def kind(self) -> str:
        """Return which sort of support it is."""
        strength = self.facts[0].strength_class
        if strength in STUDIES:
            return "studies"
        return "vendor_or_consumer" if strength == "clinic_or_vendor" else "regulator_or_label"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about zones and concerns with what stands behind it; no zones or concerns: everywhere, for any."""

    text: str
    facts: tuple[Fact, ...]
    zones: frozenset[str] = frozenset()
    concerns: frozenset[str] = frozenset()

    def counts_for(self, zone: str, concerns: Iterable[str]) -> bool:
        """Say whether it speaks of a zone treated for these concerns."""
        here = not self.zones or zone in self.zones
        return here and (not self.concerns or not self.concerns.isdisjoint(concerns))

    @property
    def for_patients(self) -> bool:
        """Say whether a patient may be shown it."""
        return all(fact.for_patients for fact in self.facts)

    def as_json(self) -> dict[str, Any]:
        """Return it as the plan writes it."""
        verified = "seen" if all(fact.verified for fact in self.facts) else "unverified"
        sources = backing.told(self.facts)
        return {"text": self.text, "verified": verified, "for_patients": self.for_patients, "sources": sources}


@dataclass(frozen=True, slots=True)
class Thickness:
    """Mean thickness of skin in mm by zone, women's and men's, and what else was measured there."""

    of: str
    caution: str
    facts: tuple[Fact, ...]
    by_zone: Mapping[str, Fact]
    others: Mapping[str, tuple[Fact, ...]]


@dataclass(frozen=True, slots=True)
class Pens:
    """The deepest in mm that a source says any pen can be set to."""

    deepest_mm: float
    refused: str
    note: str
    facts: tuple[Fact, ...]


@cache
def pens() -> Pens:
    """Return how deep any pen that was read can be set, for devices of which nobody published it."""
    entry = rule_table(DEPTHS)["pens"]
    behind = backing.named(entry["facts"], file=DEPTHS, key="pens")
    return Pens(entry["deepest_mm"], entry["refused"], entry["note"], behind)


@cache
def rows() -> tuple[Row, ...]:
    """Return every published depth, checked."""
    return tuple(row(key, entry) for key, entry in rule_table(DEPTHS)["rows"].items())


def row(key: str, entry: Mapping[str, Any]) -> Row:
    """Return one entry as a row; a fact that was not read feeds none."""
    behind = backing.read(entry["facts"], file=DEPTHS, key=key, otherwise=NOT_READ)
    backing.named(entry.get("conflicts_with", ()), file=DEPTHS, key=key)
    least, most = entry["range_mm"]
    return Row(
        id=key,
        zones=meant(entry["zones"]),
        range_mm=(least, most),
        purpose=entry["for"],
        facts=behind,
        concerns=frozenset(entry.get("concerns", ())),
        study=entry.get("study"),
        conflict=entry.get("conflict"),
    )


@cache
def thickness() -> Thickness:
    """Return what is known of how thick skin is."""
    entry = rule_table(DEPTHS)["thickness"]
    by_zone = {
        zone: backing.named([one], file=DEPTHS, key=name)[0]
        for name, one in entry["zones"].items()
        for zone in meant([name])
    }
    others = {
        zone: backing.named(ids, file=DEPTHS, key=name)
        for name, ids in entry["others"].items()
        for zone in meant([name])
    }
    behind = backing.named(entry["facts"], file=DEPTHS, key="thickness")
    return Thickness(entry["of"], entry["caution"], behind, by_zone, others)


@cache
def said(file: str, key: str) -> tuple[Said, ...]:
    """Return the sentences of one table of a file: passes, endpoints or cautions."""
    return tuple(_said(file, name, entry) for name, entry in rule_table(file)[key].items())


def meant(names: Iterable[str]) -> frozenset[str]:
    """Return the zones that a row means: zones, groups, or lists of the file itself."""
    own = rule_table(DEPTHS)
    return frozenset(zone for name in names for zone in (own[name] if name in own else expand([name], field=DEPTHS)))


def _said(file: str, key: str, entry: Mapping[str, Any]) -> Said:
    behind = backing.named(entry["facts"], file=file, key=key)
    zones, concerns = meant(entry.get("zones", ())), frozenset(entry.get("concerns", ()))
    return Said(entry["text"], behind, zones, concerns)
