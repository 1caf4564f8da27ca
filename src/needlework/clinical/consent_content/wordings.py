"""The statements as the rule set holds them: the words, how often, whom each is for, and what it was read in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any

from needlework.clinical import backing
from needlework.clinical.backing import rule_table
from needlework.clinical.devices import devices
from needlework.clinical.terms import CONCERNS, SKIN_TYPES, Verified
from needlework.evidence.errors import DataError, InputError
from needlework.evidence.nations import NATIONS, provisions
from needlework.evidence.sources import Source, cite
from needlework.evidence.zones import expand

FILE = "consent.toml"
NOT_READ = "The fact '{id}' was not read. Patients see none from memory: take it out."

NUMBING = ("none", "EMLA", "LMX4", "Lidiam", "Pliaglis", "another cream", "a prescribed cream")
"""What may be planned to numb the skin; `none` is no cream."""

PRESCRIBED = ("Pliaglis", "a prescribed cream")
"""Those that count as prescribed before the law; for Pliaglis that is policy: its British licence was not read."""

CIRCUMSTANCES = {
    "depth-stated": "a depth is planned",
    "depth-open": "no depth is planned yet",
    "label-limit": "the device's label names the depth it was evaluated to",
    "no-label-limit": "no such depth is known",
    "above-label-limit": "the planned depth is greater than that",
    "cleared-for-this": "the device is cleared in the United States for every concern and zone, to no greater depth",
    "cleared-for-other": "it is cleared there, but not for all of that",
    "clearance-unknown": "what it is cleared for there was not read",
    "cream": "a numbing cream is planned",
    "no-cream": "no numbing cream is planned",
}
"""What can be so about a plan, apart from the words that it is made of."""

BLANKS = ("device", "depth", "label_limit", "cleared_for", "numbing", "reflection_hours")
"""What a text may leave open for the plan to fill."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How often, in counted people, and what that was read in."""

    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """One statement of the rule set; an empty condition holds for every plan."""

    id: str
    section: str
    text: str
    sources: tuple[Source, ...]
    text_before: str | None = None
    frequency: str | None = None
    rates: tuple[Rate, ...] = ()
    facts: tuple[str, ...] = ()
    only_concerns: tuple[str, ...] = ()
    only_zones: tuple[str, ...] = ()
    only_skin_types: tuple[str, ...] = ()
    only_devices: tuple[str, ...] = ()
    only_nations: tuple[str, ...] = ()
    only_numbing: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    from_depth_mm: float | None = None
    provision: str | None = None

    @property
    def verified(self) -> Verified:
        """Say how much of it was read: policy and what was searched for in vain were not."""
        read = {source.url is not None for source in self.sources}
        if read == {True}:
            return Verified.SEEN
        return Verified.PARTIAL if True in read else Verified.UNVERIFIED


@dataclass(frozen=True, slots=True)
class Question:
    """What a practitioner asks to hear in the patient's own words; it is never scored and never blocks."""

    id: str
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Book:
    """All of it: sections in order, statements in order, questions, and how long to think."""

    sections: Mapping[str, str]
    statements: tuple[Wording, ...]
    questions: tuple[Question, ...]
    reflection_hours: int


@cache
def book() -> Book:
    """Return the rule set's statements, checked."""
    return load(document())


@cache
def document() -> Mapping[str, Any]:
    """Return the file as it stands."""
    return rule_table(FILE)


def load(entries: Mapping[str, Any]) -> Book:
    """Return the statements of a document, or say which is wrong and what to do about it."""
    made = Book(
        sections=entries["sections"],
        statements=tuple(_wording(entry) for entry in entries["statement"]),
        questions=tuple(Question(**entry) for entry in entries["question"]),
        reflection_hours=entries["reflection_hours"],
    )
    seen: set[str] = set()
    every: tuple[Wording | Question, ...] = (*made.statements, *made.questions)
    for one in every:
        if one.section not in made.sections:
            raise DataError(FILE, one.id, "There is no such section. Name one of [sections].")
        key = f"{type(one).__name__} {one.id}"
        if key in seen:
            raise DataError(FILE, one.id, "This id is taken. Give the new entry its own.")
        seen.add(key)
    return made


def _wording(entry: Mapping[str, Any]) -> Wording:
    key = entry.get("id", "statement")
    rest: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    rest["sources"] = read_in(entry, key)
    rest["rates"] = tuple(Rate(one["text"], read_in(one, key)) for one in entry.get("rates", ()))
    rest["only_zones"] = zones_of(entry.get("only_zones", ()), key)
    made = backing.made(Wording, rest, file=FILE, key=key, keys="The keys are those of Wording.")
    _check_words(made)
    return made


def read_in(entry: Mapping[str, Any], key: str) -> tuple[Source, ...]:
    """Return what an entry was read in: its facts' sources, then its own; none of it from memory."""
    behind = backing.read(entry.get("facts", ()), file=FILE, key=key, otherwise=NOT_READ)
    named = [fact.source.id for fact in behind] + list(entry.get("sources", ()))
    cited = cite(dict.fromkeys(named), file=FILE, key=key)
    if not cited or any(source.strength_class == "memory" for source in cited):
        raise DataError(FILE, key, "Say what it was read in. Memory is no source for a patient: name one, or policy.")
    return cited


def zones_of(names: Iterable[str], key: str) -> tuple[str, ...]:
    """Return the zones that an entry names, all of which can be treated."""
    try:
        return expand(names, field=key, planned=True)
    except InputError as wrong:
        raise DataError(FILE, key, wrong.sentence) from None


def _check_words(made: Wording) -> None:
    allowed = {
        "only_concerns": CONCERNS,
        "only_skin_types": SKIN_TYPES,
        "only_devices": tuple(devices()),
        "only_nations": NATIONS,
        "only_numbing": NUMBING,
        "when": tuple(CIRCUMSTANCES),
    }
    for name, words in allowed.items():
        _check_known(made.id, name, getattr(made, name), words)
    _check_known(made.id, "provision", filter(None, [made.provision]), tuple(provisions()))
    _check_known(made.id, "text", filter(None, (part[1] for part in Formatter().parse(made.text))), BLANKS)


def _check_known(key: str, name: str, given: Iterable[str], words: tuple[str, ...]) -> None:
    for one in given:
        if one not in words:
            raise DataError(FILE, key, f"{name} names {one!r}, which is not known. Use one of: {', '.join(words)}.")
