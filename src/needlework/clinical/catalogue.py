"""Everything known or ruled, under one id each: facts, screening rules, signs and law, and who leans on what."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from needlework.clinical.screening import Rule, rules
from needlework.clinical.signs import Sign, signs
from needlework.clinical.terms import Verified
from needlework.evidence import toml
from needlework.evidence.conflicts import conflicts_of
from needlework.evidence.errors import InputError
from needlework.evidence.facts import Fact, facts
from needlework.evidence.nations import Provision, provisions
from needlework.evidence.near import nearest
from needlework.evidence.reviewing import reading
from needlework.evidence.search import Hit, Index, index
from needlework.evidence.search import search as found_in
from needlework.evidence.sources import WITHOUT_ADDRESS, Source, sources

NAMING = {"source", "sources", "supply_sources", "sign", "signs", "rule", "rules", "provision"}
"""Keys of the rule files whose texts are ids of sources, signs, rules or provisions; a fact's id stands for itself."""

CATALOGUED = {"screening.toml", "signs.toml"}
"""Rule files whose entries are known by their own ids; those of the others have the file's word before them."""
SUBJECT = 3
"""How often a word of what an entry is about counts in a search, beside a word of its text."""
SAYING = ("label", "name", "text", "when", "do", "reason", "words")
"""Keys of a rule file's entry that say what it is, the first that is there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact, rule, sign or provision of law, or what another rule file holds.

    `bears` is what it comes to: an outcome, a tier, or nothing.
    """

    id: str
    kind: str
    statement: str
    verified: bool | str
    sources: tuple[Source, ...]
    review_by: date
    text: str
    primary_read: bool | None = None
    value: float | str | None = None
    unit: str | None = None
    range: tuple[float, float] | None = None
    range_of: str | None = None
    range_unit: str | None = None
    note: str | None = None
    bears: str | None = None
    conflicts: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """Where something is leaned on: a rule file, and the path of the entry in it."""

    file: str
    entry: str

    def as_json(self) -> dict[str, str]:
        """Return it as every command writes it."""
        return {"file": self.file, "entry": self.entry}


@cache
def entries() -> Mapping[str, Entry]:
    """Return every entry by id: facts, then rules, signs and provisions, each in the order of its file."""
    known = [*map(of_fact, facts().values()), *map(of_rule, rules().values()), *map(of_sign, signs().values())]
    return {one.id: one for one in [*known, *map(of_provision, provisions().values())]}


@cache
def others() -> Mapping[str, Entry]:
    """Return what the other rule files hold by id: the file's word, a full stop and the path of the entry in it."""
    found = (
        of_table(file, *one) for file, document in rule_files() if file not in CATALOGUED for one in tables(document)
    )
    return {one.id: one for one in found if one}


def entry(named: str) -> Entry:
    """Return one entry; upper and lower case are one. The file's word may be left out where one entry alone is left.

    Raises InputError with the nearest ids for one that is not there.
    """
    known = {**others(), **entries()}
    folded = {one.casefold(): one for one in known}
    asked = named.strip().casefold()
    bare = [one for one in others() if one.partition(".")[2].casefold() == asked]
    if asked in folded or (asked and len(bare) == 1):
        return known[folded.get(asked) or bare[0]]
    near = [folded[one] for one in nearest(asked, folded, most=3)]
    hint = f"Did you mean {', '.join(near)}?" if near else "Look for it with `needlework evidence search`."
    raise InputError("id", f"There is no such fact, rule or sign. {hint}")


def search(query: str, *, limit: int = 10) -> tuple[Hit, ...]:
    """Return the entries that answer a query, best first; InputError for a query without a word."""
    return found_in(_index(), query, limit=limit)


def used_by(named: str) -> tuple[Use, ...]:
    """Return the entries of the rule files that name a fact, source, rule, sign or provision."""
    return _uses().get(named, ())


def as_json(one: Entry) -> dict[str, Any]:
    """Return an entry as `needlework evidence show` writes it; an infinite end of a range is null."""
    other = {"range_of": one.range_of, "range_unit": one.range_unit} if one.range_of else {}
    return {
        "id": one.id,
        "kind": one.kind,
        "statement": one.statement,
        "value": one.value,
        "unit": one.unit,
        "range": [end if math.isfinite(end) else None for end in one.range] if one.range else None,
        **other,
        "verified": one.verified,
        "primary_read": one.primary_read,
        "sources": [source.as_json() for source in one.sources],
        "conflicts": list(one.conflicts),
        "used_by": [use.as_json() for use in used_by(one.id)],
        "review_by": one.review_by.isoformat(),
    }


def rule_files() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Return the name and content of every rule file, in the order of their names."""
    folder = files("needlework.clinical") / "rules"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        yield file.name, toml.read(file)


def tables(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Return every table of a document with its path; in a list it has its id, its rule or its place from 1."""
    yield ".".join(path), table
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from tables(value, (*path, key))
        for place, one in enumerate(value if isinstance(value, list) else (), start=1):
            if isinstance(one, Mapping):
                yield from tables(one, (*path, key, str(one.get("id") or one.get("rule") or place)))


@cache
def _index() -> Index:
    return index((one.id, one.text) for one in entries().values())


@cache
def _uses() -> Mapping[str, tuple[Use, ...]]:
    found: dict[str, dict[Use, None]] = {}
    for file, document in rule_files():
        for path, table in tables(document):
            for named in _named(table):
                found.setdefault(named, {})[Use(file, path or "the whole file")] = None
    return {named: tuple(uses) for named, uses in found.items()}


def _named(table: Mapping[str, Any]) -> Iterator[str]:
    """Return the ids that one table names itself, not in the tables inside it."""
    for key, value in table.items():
        texts = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
        yield from (one for one in texts if one in facts() or key in NAMING)
        if isinstance(value, Mapping):
            yield from (one for one in value if one in facts())
            yield from (one for one in value if key in NAMING and one in entries())


def _subject(name: str) -> str:
    """Return what an entry is about so often that a search finds it before entries that only mention it."""
    return " ".join([name] * SUBJECT)


def of_fact(fact: Fact) -> Entry:
    """Return a fact as an entry."""
    return Entry(
        id=fact.id,
        kind="fact",
        statement=fact.statement,
        verified=fact.verified,
        sources=(fact.source,),
        review_by=reading().due([fact.strength_class]),
        text=f"{fact.statement} {_subject(fact.applies_to)} {fact.topic} {fact.note or ''}",
        primary_read=fact.primary_read,
        value=fact.value,
        unit=fact.unit,
        range=fact.range,
        range_of=fact.range_of,
        range_unit=fact.range_unit,
        note=fact.note,
        conflicts=tuple(one.as_json() for one in conflicts_of(fact.id)),
    )


def of_rule(rule: Rule) -> Entry:
    """Return a screening rule as an entry; its wait is its value."""
    differing: dict[str, Any] = {"id": None, "about": rule.conflicts, "facts": [], "handled": rule.action}
    return Entry(
        id=rule.id,
        kind="rule",
        statement=f"{rule.label}: {rule.rationale}",
        verified=str(rule.verified),
        sources=rule.sources,
        review_by=reading().due(source.strength_class for source in rule.sources),
        text=f"{_subject(rule.label)} {rule.group} {rule.rationale} {rule.action} {rule.conflicts or ''}",
        value=rule.wait.number if rule.wait else None,
        unit=rule.wait.unit if rule.wait else None,
        note=rule.action,
        bears=str(rule.outcome),
        conflicts=(differing,) if rule.conflicts else (),
    )


def of_sign(sign: Sign) -> Entry:
    """Return a sign as an entry."""
    return Entry(
        id=sign.id,
        kind="sign",
        statement=f"{sign.label}: {sign.action}",
        verified=str(sign.verified),
        sources=sign.sources,
        review_by=reading().due(source.strength_class for source in sign.sources),
        text=f"{_subject(sign.label)} {sign.onset} {sign.action} {sign.patient_text} {sign.frequency}",
        note=sign.patient_text,
        bears=str(sign.tier),
    )


def of_table(file: str, path: str, table: Mapping[str, Any]) -> Entry | None:
    """Return a table of another rule file as an entry, or None where it only holds others or is a part of one."""
    leaned = [facts()[one].source for one in _named(table) if one in facts()]
    if not leaned and not {"sources", "verified"} & set(table):
        return None
    cited = [sources()[one] for one in table.get("sources", ())]
    weak = {one.id for one in cited or leaned} <= WITHOUT_ADDRESS
    kind = file.removesuffix(".toml")
    said = next((table[key] for key in SAYING if isinstance(table.get(key), str)), path)
    return Entry(
        id=f"{kind}.{path}" if path else kind,
        kind=kind,
        statement=said,
        verified=str(table.get("verified", Verified.UNVERIFIED if weak else Verified.SEEN)),
        sources=tuple(dict.fromkeys([*cited, *leaned])),
        review_by=reading().due([source.strength_class for source in [*cited, *leaned]] or ["policy"]),
        text=said,
        bears=table.get("tier") or table.get("outcome"),
    )


def of_provision(provision: Provision) -> Entry:
    """Return a provision of law as an entry."""
    return Entry(
        id=provision.id,
        kind="law",
        statement=f"{provision.nation}: {provision.text}",
        verified=f"confidence {provision.confidence}",
        sources=provision.sources,
        review_by=provision.review_by,
        text=f"{provision.nation} law licence {provision.text}",
    )
