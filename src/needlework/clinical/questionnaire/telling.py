"""What was answered, in the patient's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from needlework.clinical.questionnaire.loading import questionnaire
from needlework.clinical.questionnaire.page import ANSWER, DECLARED, STILL, Page, Said, is_day
from needlework.evidence.days import in_words

WORDS = {"yes": "Yes", "no": "No", "unsure": "Not sure"}
NOT_SURE = " (not sure)"


@dataclass(frozen=True, slots=True)
class Row:
    """One question and what was answered to it."""

    page: str
    question: str
    answers: tuple[str, ...]


def row(page: Page, found: Mapping[str, Any]) -> Row:
    """Return a page and what was answered on it; a checklist without a tick says so."""
    if page.kind == "checklist":
        told = tuple(_ticked(line.text, found.get(line.id)) for line in page.lines if found.get(line.id) in DECLARED)
        return Row(page.id, page.question, told or (questionnaire().none,))
    return Row(page.id, page.question, _value(page, found[ANSWER]))


def statements(said: Said) -> dict[tuple[str, str], str]:
    """Return what somebody declared, a sentence for each question that says more than no."""
    by_id = questionnaire().by_id
    found: dict[tuple[str, str], str] = {}
    for name, values in said.items():
        found |= {(name, question): text for question, text in _statements(by_id[name], values)}
    return found


def reminders(before: Said) -> list[str]:
    """Return what a patient is reminded of: all that was declared and is not asked again in any case.

    What has a day is told by its day: "in the last two weeks" would not hold any longer.
    """
    lasting: set[str] = set()
    dated: set[tuple[str, str]] = set()
    for page in questionnaire().pages:
        if _lasts(page, lasting) and page.id in before:
            lasting.add(page.id)
            if page.kind in {"date", "ended"} and is_day(before[page.id][ANSWER]):
                dated |= {(one.page, one.question) for one in page.when}
    told = statements({page.id: before[page.id] for page in questionnaire().pages if page.id in lasting})
    return [text for key, text in told.items() if key not in dated]


def declares(page: Page, said: Said) -> bool:
    """Say whether anything was declared on a page."""
    return page.id in said and bool(statements({page.id: said[page.id]}))


def _lasts(page: Page, lasting: set[str]) -> bool:
    if page.when:
        return any(one.page in lasting for one in page.when)
    return not (page.lasting or page.always_again or page.only_again)


def _statements(page: Page, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if page.kind == "checklist":
        ticked = [line for line in page.lines if values.get(line.id) in DECLARED]
        return [(line.id, _ticked(line.text, values[line.id])) for line in ticked]
    if values[ANSWER] in ("", "no"):
        return []
    return [(ANSWER, f"{page.question} {', '.join(_value(page, values[ANSWER]))}")]


def _ticked(text: str, value: Any) -> str:
    return text + (NOT_SURE if value == "unsure" else "")


def _value(page: Page, value: Any) -> tuple[str, ...]:
    if page.kind == "zones":
        return tuple(questionnaire().places[zone] for zone in value)
    if page.kind == "choice":
        return tuple(line.text for line in page.lines if line.id == value)
    if is_day(value) and page.kind != "text":
        return (in_words(date.fromisoformat(value)),)
    if value == STILL and page.still:
        return (page.still,)
    return (value if page.kind == "text" else WORDS[value],)
