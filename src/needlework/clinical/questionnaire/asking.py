"""Which page comes next: what is called for follows from what was answered, and from nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from needlework.clinical.questionnaire import telling
from needlework.clinical.questionnaire.loading import questionnaire
from needlework.clinical.questionnaire.page import OFFERED, Page, Said
from needlework.clinical.questionnaire.places import places

BEFORE = "before"
"""Where a short form keeps what was said last time."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a questionnaire stands: the pages that are called for, those unanswered, and all that holds."""

    asked: tuple[Page, ...]
    missing: tuple[Page, ...]
    said: Said


def pages() -> tuple[Page, ...]:
    """Return every page there is, follow-ups too, in the order of asking."""
    return questionnaire().pages


def asked(given: Mapping[str, Any], *, zones: Sequence[str]) -> tuple[Page, ...]:
    """Return the pages that are called for, answered or not; `zones` are the planned ones."""
    return walk(given, zones=zones).asked


def missing(given: Mapping[str, Any], *, zones: Sequence[str]) -> tuple[Page, ...]:
    """Return the pages that are called for and not answered."""
    return walk(given, zones=zones).missing


def next_page(given: Mapping[str, Any], *, zones: Sequence[str]) -> Page | None:
    """Return the first page that is called for and not answered, or None when all are."""
    return next(iter(missing(given, zones=zones)), None)


def walk(given: Mapping[str, Any], *, zones: Sequence[str]) -> Walk:
    """Go through the pages in order; an answer whose page is not called for counts for nothing."""
    before: Said = given.get(BEFORE, {})
    again = BEFORE in given
    called: list[Page] = []
    missed: list[Page] = []
    said: dict[str, Mapping[str, Any]] = {}
    for plain in pages():
        if plain.when and not any(one.holds(said) for one in plain.when):
            continue
        page = _put(plain, tuple(zones), before)
        if not _called(page, given):
            continue
        now = _now(page, said, before, {one.id for one in called}) if again else not page.only_again
        store = given if now else before
        if now:
            called.append(page)
        if _answered(page, store):
            said[page.id] = store[page.id]
        elif now:
            missed.append(page)
    return Walk(tuple(called), tuple(missed), said)


def _put(page: Page, zones: tuple[str, ...], before: Said) -> Page:
    if page.kind == "zones" or page.local:
        lines = places(zones, elsewhere=page.elsewhere) if page.kind == "zones" else page.lines
        return replace(page, lines=lines, offered=zones)
    return replace(page, told=tuple(telling.reminders(before))) if page.reminds and before else page


def _called(page: Page, given: Mapping[str, Any]) -> bool:
    if page.reminds:
        return bool(page.told)
    if page.kind != "zones":
        return True
    return len(page.lines) > 1 or page.id in given or page.id in given.get(BEFORE, {})


def _now(page: Page, said: Said, before: Said, called: set[str]) -> bool:
    if page.only_again or page.always_again or not _answered(page, before):
        return True
    if any(one.holds(said) for one in page.again):
        return True
    if any(one.page in called for one in page.when):
        return True
    doubted = said.get("still", {}).get("answer") == "no"
    return doubted and not page.lasting and telling.declares(page, before)


def _answered(page: Page, store: Mapping[str, Any]) -> bool:
    if page.id not in store:
        return False
    found = store[page.id]
    return set(page.text) <= set(found) and set(page.offered) <= set(found.get(OFFERED, page.offered))
