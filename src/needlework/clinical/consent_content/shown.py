"""A consent text as one patient was shown it: whole in itself, so that it can be read after the rules moved on."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from needlework.clinical.consent_content.wordings import Rate
from needlework.clinical.fields import Fields
from needlework.clinical.terms import Verified
from needlework.evidence.errors import InputError
from needlework.evidence.sources import STRENGTHS, Source

DIGITS = 12
"""How much of the digest a version carries."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that was said, how often it comes, and what that was read in."""

    id: str
    text: str
    sources: tuple[Source, ...]
    verified: str
    frequency: str | None = None
    rates: tuple[Rate, ...] = ()

    @property
    def whole(self) -> str:
        """Return all its words in the order they are read."""
        return " ".join([self.text, *filter(None, [self.frequency]), *(rate.text for rate in self.rates)])


@dataclass(frozen=True, slots=True)
class Section:
    """Statements under a heading."""

    id: str
    title: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for understanding, to be answered in the patient's own words."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that was shown, in order."""

    rule_set: str
    sections: tuple[Section, ...]
    questions: tuple[Asked, ...]
    reflection_hours: int

    @property
    def version(self) -> str:
        """Return the rule set's version and a digest of exactly what is shown: another text has another version."""
        words = json.dumps(_told(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return f"{self.rule_set}-{sha256(words.encode()).hexdigest()[:DIGITS]}"

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Return every statement in order."""
        return tuple(one for section in self.sections for one in section.statements)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return every source, in the order of first use, each once."""
        every = [
            source
            for one in self.statements
            for cited in (one.sources, *(rate.sources for rate in one.rates))
            for source in cited
        ]
        return tuple(dict.fromkeys(every))


def as_json(content: Content) -> dict[str, Any]:
    """Return a text as it is stored."""
    return {
        "rule_set": content.rule_set,
        "version": content.version,
        "reflection_hours": content.reflection_hours,
        "sections": [
            {"id": section.id, "title": section.title, "statements": [_statement(one) for one in section.statements]}
            for section in content.sections
        ],
        "questions": [{"id": one.id, "text": one.text} for one in content.questions],
    }


def read(document: Any) -> Content:
    """Return a stored text, whole and unchanged since, or say what to do.

    Raises InputError where the words do not belong to the version that stands beside them.
    """
    fields = Fields(document)
    content = Content(
        rule_set=fields.text("rule_set"),
        sections=tuple(_section_of(one) for one in fields.objects("sections")),
        questions=tuple(_asked_of(one) for one in fields.objects("questions")),
        reflection_hours=int(fields.number("reflection_hours", "hours", least=0, most=10_000)),
    )
    version = fields.text("version")
    fields.done()
    if version != content.version:
        raise InputError("version", "These words are not those of this version. Take the text from where it was kept.")
    return content


def _told(content: Content) -> list[Any]:
    """Return what a patient sees and nothing else: no ids, nothing about how sure we are of a rule."""
    return [
        [[section.title, [_words(one) for one in section.statements]] for section in content.sections],
        [one.text for one in content.questions],
        content.reflection_hours,
    ]


def _words(one: Statement) -> list[Any]:
    rates = [[rate.text, [_cited(source) for source in rate.sources]] for rate in one.rates]
    return [one.text, one.frequency, rates, [_cited(source) for source in one.sources]]


def _cited(source: Source) -> list[str | None]:
    return [source.title, source.url, source.strength]


def _statement(one: Statement) -> dict[str, Any]:
    return {
        "id": one.id,
        "text": one.text,
        "frequency": one.frequency,
        "rates": [{"text": rate.text, "sources": [_source(source) for source in rate.sources]} for rate in one.rates],
        "sources": [_source(source) for source in one.sources],
        "verified": one.verified,
    }


def _source(source: Source) -> dict[str, str | None]:
    return {"id": source.id, **source.as_json(), "strength_class": source.strength_class}


def _section_of(fields: Fields) -> Section:
    statements = tuple(_statement_of(one) for one in fields.objects("statements"))
    made = Section(fields.text("id"), fields.text("title"), statements)
    fields.done()
    return made


def _statement_of(fields: Fields) -> Statement:
    made = Statement(
        id=fields.text("id"),
        text=fields.text("text"),
        sources=_sources_of(fields),
        verified=fields.choice("verified", tuple(Verified)),
        frequency=fields.text("frequency", None),
        rates=tuple(_rate_of(one) for one in fields.objects("rates")),
    )
    fields.done()
    return made


def _rate_of(fields: Fields) -> Rate:
    made = Rate(fields.text("text"), _sources_of(fields))
    fields.done()
    return made


def _asked_of(fields: Fields) -> Asked:
    made = Asked(fields.text("id"), fields.text("text"))
    fields.done()
    return made


def _sources_of(fields: Fields) -> tuple[Source, ...]:
    return tuple(_source_of(one) for one in fields.objects("sources"))


def _source_of(fields: Fields) -> Source:
    made = Source(
        id=fields.text("id"),
        title=fields.text("title"),
        url=fields.text("url", None),
        strength=fields.text("strength"),
        strength_class=fields.choice("strength_class", tuple(STRENGTHS)),
    )
    fields.done()
    return made
