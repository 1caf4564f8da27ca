"""Reads what somebody answered on a page: what may be kept, or for each question the sentence to show."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from needlework.clinical.questionnaire.loading import questionnaire
from needlework.clinical.questionnaire.page import ANSWER, NONE, OFFERED, ON, STILL, Page, is_day
from needlework.evidence.errors import InputError

TICKED, UNSURE = "ticked", "unsure"
"""What a list of lines sends: the ids ticked (or `none`), and those ticked as not sure."""

Values = dict[str, Any]


def check(page: Page, form: Mapping[str, Any], *, on: date) -> tuple[Values, tuple[InputError, ...]]:
    """Return what is given on a page, to be kept under its id, and what is wrong; one of the two is empty.

    A checklist sends `ticked` and `unsure`, a page of places `ticked`, any other page `answer` (a day as YYYY-MM-DD).
    `on` is the day of answering.
    """
    try:
        return READERS[page.kind](page, form, on), ()
    except InputError as wrong:
        return {}, (wrong,)


def _checklist(page: Page, form: Mapping[str, Any], on: date) -> Values:
    ticked, unsure = _texts(page, form, TICKED), _texts(page, form, UNSURE)
    lines = {line.id: line for line in page.lines}
    if not ticked | unsure or not ticked <= {*lines, NONE} or not unsure <= {key for key in lines if lines[key].unsure}:
        raise InputError(TICKED, page.enter)
    if NONE in ticked and len(ticked | unsure) > 1:
        raise InputError(TICKED, _sentence("none_and_more"))
    if both := next((key for key in lines if key in ticked & unsure), None):
        raise InputError(both, _sentence("both"))
    values: Values = {key: "yes" if key in ticked else "unsure" if key in unsure else "no" for key in lines}
    values |= {ON: on.isoformat()} if page.dated else {}
    return values | ({OFFERED: list(page.offered)} if page.offered else {})


def _yes_no(page: Page, form: Mapping[str, Any], _: date) -> Values:
    return _one_of(page, form, {"yes", "no", "unsure"} if page.unsure else {"yes", "no"})


def _choice(page: Page, form: Mapping[str, Any], _: date) -> Values:
    return _one_of(page, form, {line.id for line in page.lines})


def _one_of(page: Page, form: Mapping[str, Any], allowed: set[str]) -> Values:
    value = form.get(ANSWER)
    if not isinstance(value, str) or value not in allowed:
        raise InputError(ANSWER, page.enter)
    return {ANSWER: value}


def _date(page: Page, form: Mapping[str, Any], on: date) -> Values:
    value = form.get(ANSWER)
    if not isinstance(value, str) or not value.strip():
        raise InputError(ANSWER, page.enter)
    day = _day(value.strip())
    if day > on and not page.ahead:
        raise InputError(ANSWER, _sentence("ahead"))
    if on.year - day.year > questionnaire().oldest_age_years:
        raise InputError(ANSWER, _sentence("too_early"))
    if day.year - on.year > questionnaire().most_years_ahead:
        raise InputError(ANSWER, _sentence("too_late"))
    return {ANSWER: day.isoformat()}


def _day(value: str) -> date:
    try:
        if is_day(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise InputError(ANSWER, _sentence("no_such_day"))


def _ended(page: Page, form: Mapping[str, Any], on: date) -> Values:
    return {ANSWER: STILL} if form.get(ANSWER) == STILL else _date(page, form, on)


def _text(_page: Page, form: Mapping[str, Any], _: date) -> Values:
    most = questionnaire().most_characters
    value = form.get(ANSWER, "")
    if not isinstance(value, str) or len(value.strip()) > most:
        raise InputError(ANSWER, _sentence("text_too_long").format(most=most))
    return {ANSWER: value.strip()}


def _places(page: Page, form: Mapping[str, Any], _: date) -> Values:
    ticked = _texts(page, form, TICKED)
    if not ticked or not ticked <= {line.id for line in page.lines}:
        raise InputError(TICKED, page.enter)
    zones = [zone for line in page.lines if line.id in ticked for zone in line.zones]
    return {ANSWER: zones, OFFERED: list(page.offered)}


def _texts(page: Page, form: Mapping[str, Any], key: str) -> set[str]:
    value = form.get(key, [])
    if not isinstance(value, list | tuple | set | frozenset) or not all(isinstance(one, str) for one in value):
        raise InputError(TICKED, page.enter)
    return set(value)


def _sentence(key: str) -> str:
    return questionnaire().sentences[key]


READERS: Mapping[str, Callable[[Page, Mapping[str, Any], date], Values]] = {
    "checklist": _checklist,
    "yes_no": _yes_no,
    "choice": _choice,
    "date": _date,
    "ended": _ended,
    "text": _text,
    "zones": _places,
}
