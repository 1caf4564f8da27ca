"""Grading: published scales with their range, direction and licence, and what a change on one of them means.

A score says nothing without its scale: every grading carries the scale, its version and which way is better, and two of
them are compared only where all three agree.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from math import fsum, isfinite
from typing import Any

from needlework.clinical import backing
from needlework.clinical.backing import rule_table
from needlework.clinical.rule_set import VERSION
from needlework.clinical.terms import CONCERNS
from needlework.evidence.errors import DataError, InputError
from needlework.evidence.sources import Source, cite

FILE = "grading.toml"
NOT_READ = "The fact '{id}' was not read. Name one that was, or none."

USES = ("graded", "stored", "described")
KINDS = ("outcome", "descriptor")
BETTER = ("lower", "higher", "none", "stated")
RATERS = ("clinician", "patient")
LICENCES = {
    "ours": "our own",
    "open": "a statement that anyone may use it was read",
    "conditions": "a statement with conditions was read",
    "needed": "a statement that users need a licence was read",
    "not read": "no licence statement was read: check before you rely on it",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is rated in whole steps; `levels` are words for each step, `ends` for the first and the last."""

    id: str
    name: str
    least: int
    most: int
    levels: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """A way of grading; the keys are those of the table, explained at its head."""

    id: str
    name: str
    of: str
    use: str
    kind: str
    better: str
    concerns: tuple[str, ...]
    rated_by: tuple[str, ...]
    licence: str
    licence_says: str
    sources: tuple[Source, ...]
    licence_sources: tuple[Source, ...] = ()
    range: tuple[float, float] | None = None
    decimals: int = 0
    regions: Mapping[str, float] | None = None
    items: tuple[Item, ...] = ()
    obtained_from: str | None = None

    @property
    def licence_read(self) -> bool:
        """Say whether a licence statement was read, or the scale is our own."""
        return self.licence == "ours" or bool(self.licence_sources)

    @property
    def asked(self) -> Mapping[str, Item]:
        """Return every value that a grading needs: the items, or the items of each region."""
        if self.regions is None:
            return {item.id: item for item in self.items}
        return {f"{region}-{item.id}": item for region in self.regions for item in self.items}


@dataclass(frozen=True, slots=True)
class Grading:
    """A score with what it takes to read it: scale, the form's version if it has one, range, which way is better."""

    scale: str
    score: float
    better: str
    range: tuple[float, float] | None
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a score: better, worse or same, and the later less the earlier one, in the scale's points."""

    scale: str
    became: str
    difference: float


@cache
def scales_by_id() -> Mapping[str, Scale]:
    """Return every scale by id, checked."""
    return load(rule_table(FILE))


def scale(name: str) -> Scale:
    """Return one scale."""
    if name not in scales_by_id():
        raise InputError("scale", f"There is no such scale. Send one of: {', '.join(scales_by_id())}.")
    return scales_by_id()[name]


def scales(concern: str) -> tuple[Scale, ...]:
    """Return the scales for a concern, those that can be graded here first."""
    if concern not in CONCERNS:
        raise InputError("concern", f"That is not known here. Send one of: {', '.join(CONCERNS)}.")
    found = [one for one in scales_by_id().values() if concern in one.concerns]
    return tuple(sorted(found, key=lambda one: USES.index(one.use)))


def grade(name: str, values: Mapping[str, int]) -> Grading:
    """Return the score of what was rated: every value that the scale asks for, in whole steps."""
    chosen = scale(name)
    if chosen.use != "graded":
        raise InputError("scale", "This scale is not reproduced here. Rate it on its own form and keep the score.")
    for key in values:
        if key not in chosen.asked:
            raise InputError("values", f"There is an item that is not known. Send: {', '.join(chosen.asked)}.")
    steps = {key: _step(values, key, item) for key, item in chosen.asked.items()}
    return Grading(chosen.id, _score(chosen, steps), chosen.better, chosen.range)


def keep(name: str, score: float, *, version: str, better: str | None = None) -> Grading:
    """Return a score read off a scale's own form, with the form's version and which way is better there."""
    chosen = scale(name)
    if chosen.use != "stored":
        raise InputError("scale", "No score is kept for this scale. Rate it here, or by another.")
    if not version.strip():
        raise InputError("version", "Name the version of the form, as it is printed on it.")
    number = isinstance(score, int | float) and not isinstance(score, bool) and isfinite(score)
    if not number or not _within(score, chosen.range):
        raise InputError("score", f"Send a number{_bounds(chosen.range)}.")
    return Grading(chosen.id, score, _direction(chosen, better), chosen.range, version.strip())


def change(name: str, before: Grading, after: Grading) -> Change:
    """Return what became of a score between two gradings by the same scale, version and direction."""
    chosen = scale(name)
    if chosen.kind == "descriptor":
        raise InputError("scale", "This describes skin: it has no better or worse. Compare by another scale.")
    for field, one in (("before", before), ("after", after)):
        if one.scale != chosen.id:
            raise InputError(field, "This was graded by another scale. Compare gradings by the same one.")
    if (before.version, before.better) != (after.version, after.better):
        raise InputError("after", "This is another version of the scale. Compare gradings by the same version.")
    difference = round(after.score - before.score, 6)
    if difference == 0:
        return Change(chosen.id, "same", 0)
    return Change(chosen.id, "better" if (difference < 0) == (after.better == "lower") else "worse", difference)


def as_json(grading: Grading) -> dict[str, Any]:
    """Return a grading as it is stored."""
    ends = list(grading.range) if grading.range else None
    return {
        "rule_set": VERSION,
        "scale": grading.scale,
        "version": grading.version,
        "score": grading.score,
        "range": ends,
        "better": grading.better,
    }


def _step(values: Mapping[str, int], key: str, item: Item) -> int:
    field, bounds = f"values.{key}", f"Send a whole number from {item.least} to {item.most}."
    if key not in values:
        raise InputError(field, f"This is missing. {bounds}")
    value: Any = values[key]
    if type(value) is not int or not item.least <= value <= item.most:
        raise InputError(field, bounds)
    return value


def _score(chosen: Scale, steps: Mapping[str, int]) -> float:
    """Return the sum of the items or, by region, of weight times area times the sum of the other items."""
    if chosen.regions is None:
        return float(sum(steps.values()))
    others = [item.id for item in chosen.items if item.id != "area"]
    total = fsum(
        weight * steps[f"{region}-area"] * sum(steps[f"{region}-{other}"] for other in others)
        for region, weight in chosen.regions.items()
    )
    return round(total, chosen.decimals)


def _within(score: float, ends: tuple[float, float] | None) -> bool:
    return ends is None or ends[0] <= score <= ends[1]


def _bounds(ends: tuple[float, float] | None) -> str:
    return f" from {ends[0]:g} to {ends[1]:g}" if ends else ""


def _direction(chosen: Scale, better: str | None) -> str:
    if chosen.better != "stated":
        if better not in {None, chosen.better}:
            raise InputError("better", f"On this scale {chosen.better} is better. Check the form that was used.")
        return chosen.better
    if better not in {"lower", "higher"}:
        raise InputError("better", "Say whether lower or higher is better on the form that was used.")
    return better


def load(entries: Mapping[str, Any]) -> Mapping[str, Scale]:
    """Return the scales of a document, or say which is wrong and what to do about it."""
    return {key: _scale(key, entry) for key, entry in entries.items()}


def _scale(key: str, entry: Mapping[str, Any]) -> Scale:
    kept = {name: value for name, value in entry.items() if name not in {"facts", "licence_facts", "from"}}
    lists = {name: tuple(value) for name, value in kept.items() if isinstance(value, list)}
    items = tuple(_item(key, item) for item in entry.get("items", ()))
    made_of = {
        "sources": _read_in(key, entry.get("facts", ()), entry.get("sources", ())),
        "licence_sources": _read_in(key, entry.get("licence_facts", ()), ()),
        "obtained_from": entry.get("from"),
    }
    values = {**kept, **lists, "items": items, **made_of, "id": key}
    made = backing.made(Scale, values, file=FILE, key=key, keys="The keys are those of Scale.")
    for sentence in filter(None, (check(made) for check in CHECKS)):
        raise DataError(FILE, key, sentence)
    return made


def _item(key: str, entry: Mapping[str, Any]) -> Item:
    rest: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    made = Item(**rest)
    if made.levels and len(made.levels) != made.most - made.least + 1:
        raise DataError(FILE, f"{key}.{made.id}", "Each step needs its words: give as many levels as there are steps.")
    return made


def _read_in(key: str, named: Collection[str], own: Collection[str]) -> tuple[Source, ...]:
    behind = backing.read(named, file=FILE, key=key, otherwise=NOT_READ)
    return cite(dict.fromkeys([*(fact.source.id for fact in behind), *own]), file=FILE, key=key)


def _words(made: Scale) -> str:
    allowed = (("use", USES), ("kind", KINDS), ("better", BETTER), ("licence", tuple(LICENCES)))
    for name, words in allowed:
        if getattr(made, name) not in words:
            return f"{name} is not known. Use one of: {', '.join(words)}."
    strange = {*made.concerns} - {*CONCERNS} or {*made.rated_by} - {*RATERS}
    return f"{sorted(strange)[0]!r} is not known. Name concerns and raters of the terms." if strange else ""


def _use(made: Scale) -> str:
    if (made.use == "graded") != bool(made.items) or (made.use == "stored") != bool(made.obtained_from):
        return "A graded scale has items; a stored one says where it is had from; a described one has neither."
    same = (made.kind == "descriptor") == (made.better == "none")
    return "" if same else "A descriptor, and nothing else, has no better."


def _licence(made: Scale) -> str:
    needs = made.licence not in {"ours", "not read"}
    same = needs == bool(made.licence_sources)
    return "" if same else "A licence that was read names its facts; one that was not, none."


def _range(made: Scale) -> str:
    if made.use != "graded":
        return ""
    ends = tuple(_score(made, steps) for steps in _extremes(made))
    return "" if ends == made.range else f"Its items reach from {ends[0]:g} to {ends[1]:g}: mend range or items."


def _extremes(made: Scale) -> tuple[dict[str, int], dict[str, int]]:
    asked = made.asked
    return {key: item.least for key, item in asked.items()}, {key: item.most for key, item in asked.items()}


CHECKS = (_words, _use, _licence, _range)
