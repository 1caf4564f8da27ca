"""What holds of every questionnaire, checked when it is loaded."""

from collections.abc import Collection, Mapping
from typing import Any

from needlework.clinical.questionnaire.page import ANSWER, KINDS, STILL, Condition, Page, Questionnaire
from needlework.clinical.screening.loading import rules
from needlework.evidence.errors import DataError
from needlework.evidence.zones import zones

FILE = "questionnaire.toml"
MOST_LINES = 8
"""A checklist longer than this is no short one (issue: at most eight, with "none of these")."""


def known(key: str, entry: Mapping[str, Any], allowed: Collection[str]) -> None:
    """Refuse a key that nobody reads."""
    for name in entry:
        if name not in allowed:
            raise DataError(FILE, key, f"There is no key {name!r} here. The keys are: {', '.join(sorted(allowed))}.")


def needed(key: str, entry: Mapping[str, Any], *names: str) -> None:
    """Refuse an entry that lacks something."""
    for name in names:
        if entry.get(name) in (None, ""):
            raise DataError(FILE, key, f"{name} is missing. Add it.")


def checked(made: Questionnaire) -> None:
    """Refuse a questionnaire that cannot be asked, or that speaks of what is not there."""
    seen: dict[str, Page] = {}
    for page in made.pages:
        _page(page, seen)
        seen[page.id] = page
    for page in made.pages:
        for one in [*page.again, *(place for _, place in page.kept)]:
            _condition(page.id, one, seen)
    _triggers(made, seen)
    _places(made)


def _page(page: Page, seen: Mapping[str, Page]) -> None:
    if page.id in seen:
        raise DataError(FILE, page.id, "There is such a page already. Give this one its own id.")
    if page.kind not in KINDS:
        raise DataError(FILE, page.id, f"kind {page.kind!r} is not one of: {', '.join(KINDS)}.")
    if page.kind in {"date", "ended"} and not page.enter:
        raise DataError(FILE, page.id, "A day that is missing needs its sentence: add enter.")
    if page.kind == "ended" and not page.still:
        raise DataError(FILE, page.id, "It may not be over yet: add still.")
    _lines(page)
    for one in page.when:
        _condition(page.id, one, seen)


def _lines(page: Page) -> None:
    if (page.kind in {"checklist", "choice"}) != bool(page.lines):
        raise DataError(FILE, page.id, "A checklist has items, a choice has choices, and no other page has any.")
    if len(page.lines) > MOST_LINES:
        raise DataError(FILE, page.id, f"A page has at most {MOST_LINES} lines. Move some to a page of their own.")
    if len({line.id for line in page.lines}) < len(page.lines):
        raise DataError(FILE, page.id, "Two lines have the same id. Give each its own.")


def _condition(key: str, one: Condition, seen: Mapping[str, Page]) -> None:
    page = seen.get(one.page)
    if page is None:
        raise DataError(FILE, key, f"There is no page {one.page!r} before it. Name one that is asked earlier.")
    if one.question not in page.text:
        raise DataError(FILE, key, f"Page {one.page!r} asks no {one.question!r}. Name a line of it, or {ANSWER!r}.")
    if one.value is not None and one.value not in _values(page):
        raise DataError(
            FILE, key, f"{one.value!r} is no answer to {one.page!r}. Name one of: {', '.join(_values(page))}."
        )


def _values(page: Page) -> tuple[str, ...]:
    if page.kind == "choice":
        return tuple(line.id for line in page.lines)
    return {"date": ("date",), "ended": ("date", STILL)}.get(page.kind, ("yes", "no", "unsure"))


def _triggers(made: Questionnaire, seen: Mapping[str, Page]) -> None:
    for trigger in made.triggers:
        rule = rules().get(trigger.rule)
        if rule is None or not rule.may_be_answered:
            raise DataError(FILE, trigger.rule, "There is no rule of this id that an answer decides. Name one.")
        for one in trigger.when:
            _condition(trigger.rule, one, seen)
        for page in filter(None, (trigger.zones, trigger.date)):
            if page not in seen:
                raise DataError(FILE, trigger.rule, f"There is no page {page!r}. Name one that is there.")


def _places(made: Questionnaire) -> None:
    table = zones()
    for zone in table.treatable:
        if zone not in made.places:
            raise DataError(FILE, "places", f"{zone!r} has no name in the patient's words. Add it.")
    for together in made.together:
        named = [zone for members in together.values() for zone in members]
        if len(set(named)) < len(named) or set(named) - set(table.treatable):
            raise DataError(FILE, "together", "Each zone stands in one place, and only zones that may be treated do.")
