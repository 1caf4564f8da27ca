"""The text alternative: calm sentences that say what the picture shows, from its numbers alone."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from needlework.evidence.errors import InputError
from needlework.forecast.pictures import text
from tests.unit.forecast.pictures.answers import answer, measured, never_noticed, zones

NEVER_SAID = re.compile("prediction|predict|result|guarantee|will |optimal|better", re.IGNORECASE)
EVERY = {
    "a course": answer(),
    "a course with a measurement": measured(),
    "a course that few notice": never_noticed(),
    "three zones": zones("cheek-left", "chin", "upper-lip"),
}
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


def test_a_course_in_words():
    assert text(answer()) == (
        "What to expect of a course for acne scars: 4 sessions from 1 December 2026 to 23 February 2027. "
        "It is told as the share of the acne scar score that has gone; about 5% goes without treatment too. "
        "Treated 1.5 mm deep, 1000 punctures per cm²: on 30 November 2027 half of people would be between 18% and 48%, "
        "nine in ten between 5% and 61%, and the middle is 33%. "
        "Half of people have a change that can be noticed, 10% by treatment, by 11 January 2027; "
        "in all the time shown 91 in 100 people have one. "
        "Half of people have most of their own change, 80% of it, by 23 March 2027. "
        "Still red: on day 1 75 in 100 people, on day 3 42 in 100 people, on day 7 14 in 100 people. "
        "28 days after a session 83% of its response is done, between 70% and 90% for nine in ten. "
        "The share that has gone is measured in microneedling: six trials of scars; one had an untreated side. "
        "Redness is assumed, not measured: nobody counted days. "
        "Swelling is assumed, not measured: nobody looked. "
        "What is done is borrowed, not measured in microneedling: wounds of other kinds. "
        "These are numbers from studies of other people: "
        "one in ten would be above or below what is told for nine in ten."
    )


def test_a_measurement_is_told_with_its_place_and_what_it_changes():
    told = text(measured())
    assert (
        "Measured on 23 February 2027: 10% gone. "
        "Too early to tell: half of people show a noticeable change by 2 March 2027." in told
    )
    assert "Of people in whom this was measured, nine in ten would be between 8% and 32% on" in told


def test_a_change_that_few_notice_has_no_day():
    told = text(never_noticed())
    assert "10% by treatment, not in the time shown; in all the time shown 22 in 100 people have one." in told


def test_every_zone_is_told_and_redness_where_it_lasts_longest():
    told = text(zones("cheek-left", "chin"))
    assert "The left cheek, treated 0.5 mm deep" in told
    assert "The chin, treated 1 mm deep" in told
    assert "Still red (longest here: the chin)" in told


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"dates": ["2026-12-01"]}, "1 session on 1 December 2026."),
        ({"depth_mm": 0.25}, "Treated 0.25 mm deep"),
    ],
)
def test_courses_of_other_kinds(changed: dict[str, Any], said: str):
    known = answer()
    assert said in text({**known, "course": {**known["course"], **changed}})


@pytest.mark.parametrize("known", EVERY.values(), ids=EVERY)
def test_every_number_in_the_text_stands_in_the_answer(known: dict[str, Any]):
    told = re.sub(r"in 100 people", "people", text(known))
    assert set(re.findall(r"\d[\d.]*\d|\d", told)) - set(numbers(known)) == set()


@pytest.mark.parametrize("known", EVERY.values(), ids=EVERY)
def test_the_text_is_short_and_claims_nothing(known: dict[str, Any]):
    told = text(known)
    sentences = re.split(r"(?<=[.])\s+(?=[A-Z0-9])", told)
    assert 6 <= len(sentences) <= 13 + 3 * (len(known.get("zones", {"": 0})) - 1) + 3 * bool(known.get("place"))
    assert not NEVER_SAID.search(told)


def test_zones_of_which_all_is_alike_are_told_together():
    known = zones("forehead-left", "chin")
    known["zones"] |= dict.fromkeys(["forehead-right", "cheek-left"], known["zones"]["forehead-left"])
    told = text(known)
    assert "The left forehead, the right forehead and the left cheek, treated 0.5 mm deep" in told
    assert "The chin, treated 1 mm deep" in told
    assert told.count(", treated ") == 2


def test_more_zones_than_a_picture_holds_are_refused():
    many = zones("forehead-left", "forehead-right", "cheek-left", "cheek-right", "nose", "chin", "upper-lip")
    with pytest.raises(
        InputError, match=r"zones: One picture holds 1 to 6 zones that differ, not 7\. Draw some at a time\."
    ):
        text(many)


def numbers(of: Any) -> Iterator[str]:
    """Yield every number of an answer as a text may tell it: plain, in percent, as parts of a date, or counted."""
    if isinstance(of, dict):
        for value in of.values():
            yield from numbers(value)
    elif isinstance(of, list):
        yield str(len(of))
        for value in of:
            yield from numbers(value)
    elif isinstance(of, str):
        days = map(date.fromisoformat, re.findall(r"\d{4}-\d\d-\d\d", of))
        yield from (str(part) for day in days for part in (day.day, day.year))
        yield from re.findall(r"[\d.]*\d", of)
    elif isinstance(of, int | float):
        yield from (f"{of:g}", f"{abs(of) * 100:.0f}")
