"""What the questionnaire is made of: pages, their lines, and what calls for them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Said = Mapping[str, Mapping[str, Any]]
"""What was answered: page id → question id → value."""

ANSWER = "answer"
"""The question of a page that asks one thing."""

KINDS = ("checklist", "yes_no", "choice", "date", "ended", "text", "zones")
DECLARED = ("yes", "unsure")
STILL = "still"
NONE = "none"
ELSEWHERE = "elsewhere"
ON = "on"
"""The day of answering, kept beside the answers of a page where it matters."""
OFFERED = "offered"
"""The planned zones that a page was answered for, kept beside its answers: a plan that grows has it asked again."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Condition:
    """An answer that calls for something; without a value, yes and not sure both do."""

    page: str
    question: str
    value: str | None = None

    def holds(self, said: Said) -> bool:
        """Say whether that was answered."""
        found = said.get(self.page, {}).get(self.question)
        if self.value is None:
            return found in DECLARED
        if self.value == "date":
            return is_day(found)
        return bool(found == self.value)


@dataclass(frozen=True, slots=True)
class Line:
    """One line to tick or to choose; `zones` are those that a place stands for, `becomes` is where a yes is kept."""

    id: str
    text: str
    unsure: bool = False
    why: str | None = None
    zones: tuple[str, ...] = ()
    becomes: Condition | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One question, or one checklist with "None of these"; `told` is what it reminds the patient of.

    A `local` page asks about the skin to be treated: `offered` are the planned zones that it is put for. A `dated` page
    keeps the day of answering.
    """

    id: str
    kind: str
    question: str
    why: str
    enter: str
    title: str | None = None
    hint: str | None = None
    note: str | None = None
    lines: tuple[Line, ...] = ()
    unsure: bool = False
    still: str | None = None
    ahead: bool = False
    elsewhere: bool = False
    when: tuple[Condition, ...] = ()
    again: tuple[Condition, ...] = ()
    always_again: bool = False
    only_again: bool = False
    lasting: bool = False
    becomes: Condition | None = None
    stays: bool = False
    reminds: bool = False
    dated: bool = False
    local: bool = False
    told: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()

    @property
    def kept(self) -> tuple[tuple[str, Condition], ...]:
        """Return its questions whose yes is kept for later forms, each with the place where."""
        lines = tuple((line.id, line.becomes) for line in self.lines if line.becomes)
        return (*lines, (ANSWER, self.becomes)) if self.becomes else lines

    @property
    def text(self) -> dict[str, str]:
        """Return what it asks, by question id: each line of a checklist is a question of its own."""
        if self.kind == "checklist":
            return {line.id: line.text for line in self.lines}
        return {ANSWER: self.question}


@dataclass(frozen=True, slots=True)
class Trigger:
    """What raises a rule: answers that hold together, and where its zones and its date were asked."""

    rule: str
    when: tuple[Condition, ...]
    zones: str | None = None
    date: str | None = None
    same_day: bool = False


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The whole of it, in the order of asking."""

    pages: tuple[Page, ...]
    triggers: tuple[Trigger, ...]
    places: Mapping[str, str]
    together: tuple[Mapping[str, tuple[str, ...]], ...]
    sentences: Mapping[str, str]
    none: str
    most_characters: int
    oldest_age_years: int
    most_years_ahead: int

    @property
    def by_id(self) -> Mapping[str, Page]:
        """Return the pages by id."""
        return {page.id: page for page in self.pages}


def is_day(value: Any) -> bool:
    """Say whether a value is written as a day."""
    return isinstance(value, str) and DAY.fullmatch(value) is not None
