"""Publications, and how strong each is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from needlework.evidence import shape, toml
from needlework.evidence.errors import DataError

FILE = "sources.toml"
NEEDS = {"title": shape.TEXT, "strength": shape.TEXT, "strength_class": shape.TEXT}
MAY = {"url": shape.TEXT, "same_as": shape.TEXT}
WITHOUT_ADDRESS = {"memory", "policy"}

STRENGTHS = {
    "law": "law",
    "regulator_or_ifu": "regulator or the device's own instructions",
    "guideline_or_nhs": "guideline or NHS",
    "meta_analysis": "meta-analysis",
    "systematic_review": "systematic review",
    "rct": "randomised trial",
    "prospective_study": "prospective study",
    "measurement_study": "measurement study",
    "scale_reference": "the scale's own reference",
    "review": "review",
    "case_series": "case series",
    "case_report": "case report",
    "derived": "worked out here from a source",
    "compiled": "put together here from several sources",
    "charity": "charity",
    "secondary": "second-hand account",
    "clinic_or_vendor": "clinic, vendor or consumer page",
    "policy": "policy of this rule set, no source",
    "memory": "from memory, not checked",
}
"""Class of strength → what to call it, strongest first; `meta_analysis` to `case_report` are studies."""


@dataclass(frozen=True, slots=True)
class Source:
    """A publication. One without an address is `memory` or `policy`: nothing stands behind it but us.

    `same_as` is the id of the same publication, where it was read at two addresses.
    """

    id: str
    title: str
    strength: str
    strength_class: str
    url: str | None = None
    same_as: str | None = field(default=None, compare=False)  # a consent text keeps sources without it

    @property
    def publication(self) -> str:
        """Return what is counted once, at however many addresses it was read."""
        return self.same_as or self.id

    def as_json(self) -> dict[str, str | None]:
        """Return it as every command writes it."""
        return {"title": self.title, "url": self.url, "strength": self.strength}


@cache
def sources() -> Mapping[str, Source]:
    """Return every source by id, checked."""
    return load(toml.read(files(__package__) / "data" / FILE))


def load(entries: Mapping[str, Any]) -> Mapping[str, Source]:
    """Return the sources of a document, checked."""
    found = {key: _source(key, entry) for key, entry in entries.items()}
    for source in found.values():
        if sentence := _twin(source, found):
            raise DataError(FILE, source.id, sentence)
    return found


def cite(ids: Iterable[str], *, file: str, key: str) -> tuple[Source, ...]:
    """Return the sources that an entry names; `file` and `key` say where, if one of them is unknown."""
    known, named = sources(), tuple(ids)
    for one in named:
        if one not in known:
            raise DataError(file, key, f"There is no source {one!r}. Add it to {FILE}, or name one that is there.")
    return tuple(known[one] for one in named)


def _twin(source: Source, known: Mapping[str, Source]) -> str:
    if source.same_as is None:
        return ""
    if source.same_as not in known:
        return f"same_as: There is no source {source.same_as!r}. Name one that is there."
    if source.same_as == source.id:
        return "same_as names the source itself. Name the other one, or drop it."
    further = known[source.same_as].same_as
    return f"same_as names a source that is the same as {further!r}. Name {further!r}." if further else ""


def _source(key: str, entry: Any) -> Source:
    source = Source(id=key, **shape.check(entry, file=FILE, key=key, needs=NEEDS, may=MAY))
    if source.strength_class not in STRENGTHS:
        allowed = ", ".join(STRENGTHS)
        raise DataError(FILE, key, f"strength_class {source.strength_class!r} is not one of: {allowed}.")
    if not source.url and source.strength_class not in WITHOUT_ADDRESS:
        raise DataError(FILE, key, "A publication needs its address: add url.")
    return source
