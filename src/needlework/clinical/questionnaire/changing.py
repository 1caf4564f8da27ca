"""From one time to the next: the short form, what has changed, and the list to check before sending."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from needlework.clinical.questionnaire.asking import BEFORE, pages, walk
from needlework.clinical.questionnaire.page import Said
from needlework.clinical.questionnaire.telling import Row, row, statements


@dataclass(frozen=True, slots=True)
class Difference:
    """What was said anew, what is said no longer, and what is said otherwise, for the practitioner."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


def short_form(before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the start of "What has changed since last time?": the answers that carry over, and no others."""
    said = _said(before)
    return {
        BEFORE: _kept({page.id: said[page.id] for page in pages() if page.id in said and not page.only_again}, said)
    }


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> Difference:
    """Return in words what differs between two times."""
    old, new = _statements(before), _statements(after)
    return Difference(
        added=tuple(text for key, text in new.items() if key not in old),
        removed=tuple(text for key, text in old.items() if key not in new),
        changed=tuple(f"{new[key]}; before: {old[key]}" for key in new if key in old and new[key] != old[key]),
    )


def check_your_answers(given: Mapping[str, Any]) -> tuple[Row, ...]:
    """Return every answer that counts, carried over or new, in the order of asking."""
    said = _said(given)
    return tuple(row(page, said[page.id]) for page in pages() if page.id in said)


def notes(given: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what stays in sight once it was called for, whatever is answered next: whom to call."""
    found = walk(given, zones=())
    called = {page.id for page in found.asked} | set(found.said)
    return tuple(page.note for page in pages() if page.id in called and page.stays and page.note)


def _said(given: Mapping[str, Any]) -> Said:
    return walk(given, zones=()).said


def _statements(given: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    asides = {page.id for page in pages() if page.only_again and not page.becomes}
    return statements({name: values for name, values in _said(given).items() if name not in asides})


def _kept(carried: dict[str, Mapping[str, Any]], said: Said) -> Said:
    for page in pages():
        for question, kept in page.kept:
            if said.get(page.id, {}).get(question) == "yes":
                carried[kept.page] = {**carried.get(kept.page, {}), kept.question: "yes"}
    return carried
