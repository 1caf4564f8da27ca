"""Where a measurement stands in what was to be expected.

The place is a percentile among people, each measured with the error of the measurement. Too early to tell is what lies
before the day by which half of people show a noticeable change, or half have most of their own, if that is sooner:
fewer than half may ever show a noticeable change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from needlework.evidence.days import in_words
from needlework.forecast.expecting.bands import rounded
from needlework.forecast.expecting.measured import Measured
from needlework.forecast.expecting.seen import Beside, People, Seen
from needlework.forecast.expecting.timing import Timing

FEWEST = 0.10
"""Fewer than one in ten would be measured at as little, or at as much."""
SENTENCES = {
    "too-early": "Too early to tell: only by {day} do half of people show a noticeable change, or most of their own.",
    "below-nine-in-ten": "Below what nine in ten would show by this day. Talk it over before another session.",
    "as-expected": "As expected: about {hundredths} in 100 people would show less by this day.",
    "above-nine-in-ten": "Above what nine in ten would show by this day. One measurement may mislead: measure again.",
}
PHOTO = "How a measure of photographs maps onto a share of the score is not known: this rests on an assumed slope."
COARSE = "Its error is larger than the differences between people, so it says little."


@dataclass(frozen=True, slots=True)
class Place:
    """A measurement with its percentile among people, what that means, and why."""

    measured: Measured
    percentile: float
    verdict: str
    sentence: str

    def as_json(self) -> dict[str, Any]:
        """Return it as the forecast writes it."""
        return {
            **self.measured.as_json(),
            "share": rounded(self.measured.share),
            "percentile": rounded(self.percentile),
            "verdict": self.verdict,
            "sentence": self.sentence,
        }


def telling_day(first_change: Timing, most_of_change: Timing) -> date:
    """Return the day before which it is too early to tell: the first session's where there is nothing to wait for."""
    days = [day for day in (first_change.median, most_of_change.median) if day]
    return min(days, default=first_change.first)


def places(measurements: Sequence[Beside], telling: date) -> tuple[Place, ...]:
    """Return where each measurement stands; before the `telling` day it is too early."""
    return tuple(_place(one.measured, one.people, one.seen, telling) for one in measurements)


def _place(one: Measured, people: People, found: Seen, telling: date) -> Place:
    verdict = _verdict(one.on, found, telling)
    percentile = float(found.below.mean() + found.at_most.mean()) / 2
    sentence = SENTENCES[verdict].format(day=in_words(telling), hundredths=round(100 * percentile))
    beside = [PHOTO] * (one.scale == "photo") + [COARSE] * _coarse(one, people)
    return Place(one, percentile, verdict, " ".join([sentence, *beside]))


def _verdict(on: date, found: Seen, telling: date) -> str:
    if on < telling:
        return "too-early"
    if found.at_most.mean() < FEWEST:
        return "below-nine-in-ten"
    return "above-nine-in-ten" if found.below.mean() > 1 - FEWEST else "as-expected"


def _coarse(one: Measured, people: People) -> bool:
    """Say whether the error of a measurement, as a share, is larger than the differences between people."""
    return bool(one.error(float(np.median(people.rater_grades))) > people.shares.std())
