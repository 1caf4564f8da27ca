"""Sentences that stand on a picture and in its text alternative: numbers of the answer, in a patient's words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from needlework.evidence.days import in_words

RESTS_ON = {
    "measured": "measured in microneedling",
    "analogue": "borrowed, not measured in microneedling",
    "prior-only": "assumed, not measured",
}
"""A tag of evidence → what it means."""
NOT_YOU = (
    "These are numbers from studies of other people: one in ten would be above or below what is told for nine in ten."
)


def written(day: str) -> str:
    """Return a date of an answer as people write it.

    >>> written("2026-12-01")
    '1 December 2026'
    """
    return in_words(date.fromisoformat(day))


def percent(share: float) -> str:
    """Return a share in whole percent, and never as nothing or all where it is not.

    >>> percent(0.314), percent(0.002), percent(0.998), percent(0)
    ('31%', 'less than 1%', 'more than 99%', '0%')
    """
    whole = round(share * 100)
    if whole == 0 < share:
        return "less than 1%"
    return "more than 99%" if share < 1 and whole == 100 else f"{whole}%".replace("-", "−")


def brief(share: float) -> str:
    """Return a share as it stands beside a line, where there is no room for words.

    >>> brief(0.314), brief(0.002), brief(0.998)
    ('31%', '<1%', '>99%')
    """
    return percent(share).replace("less than ", "<").replace("more than ", ">")


def people(share: float) -> str:
    """Return a share of people, of a hundred.

    >>> people(0.42), people(0.001)
    ('42 in 100 people', 'fewer than 1 in 100 people')
    """
    whole = round(share * 100)
    return "fewer than 1 in 100 people" if whole == 0 < share else f"{whole} in 100 people"


def between(band: Sequence[float]) -> str:
    """Return a band of shares, as it stands in a sentence."""
    low, high = map(percent, band)
    return f"at {low}" if low == high else f"between {low} and {high}"


def concern(answer: dict[str, Any]) -> str:
    """Return the concern as it stands in a sentence."""
    return str(answer["concern"]).replace("-", " ")


def measured(place: dict[str, Any]) -> str:
    """Return what was measured, and its place in what was to be expected."""
    share = place["share"]
    found = f"worse by {percent(-share)}" if share < 0 else f"{percent(share)} gone"
    return f"Measured on {written(place['on'])}: {found}. {place['sentence']}"


def planned(course: dict[str, Any]) -> str:
    """Return how many sessions there are, and when."""
    first, last = course["dates"][0], course["dates"][-1]
    if first == last:
        return f"1 session on {written(first)}"
    return f"{len(course['dates'])} sessions from {written(first)} to {written(last)}"


def settings(course: dict[str, Any]) -> str:
    """Return depth and density of a course."""
    return f"{course['depth_mm']:g} mm deep, {course['punctures_per_cm2']:g} punctures per cm²"


def noticing(first: dict[str, Any]) -> str:
    """Return when half of people would have a change that can be noticed, and how many get there at all."""
    return f"{by(first['median'])}; in all the time shown {people(first['people'])} have one"


def by(day: str | None) -> str:
    """Return the day by which something is reached, if it is.

    >>> by("2026-12-01"), by(None)
    ('by 1 December 2026', 'not in the time shown')
    """
    return f"by {written(day)}" if day else "not in the time shown"


def rests_on(expected: dict[str, Any], curve: str) -> str:
    """Return what a curve rests on: its tag in words, and why it has it."""
    known = next(entry for entry in expected["evidence"] if entry["of"] == curve)
    return f"{RESTS_ON[known['tag']]}: {known['because'][0].lower()}{known['because'][1:]}"
