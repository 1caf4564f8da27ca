"""Two courses beside each other, for the same people in the same clinics: one more session, or another course instead.

One rating is wrong by `rater_grades` of the scale on which a concern is usually rated, and a change needs two.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from scipy.special import expit, ndtr

from needlework.forecast.concerns import CONCERNS
from needlework.forecast.expecting.bands import Band, Singles, band_of, rounded
from needlework.forecast.expecting.course import LONGEST_DAYS, MOST_SESSIONS, Course
from needlework.forecast.expecting.drawn import Drawn
from needlework.forecast.expecting.evidence import SPACING_ALONE, differences
from needlework.forecast.expecting.series import AFTER_LAST_DAYS
from needlework.forecast.model.parameters import Floats

UNLIKELY, LIKELY = 0.1, 0.9
"""Between these probabilities of being better, two courses cannot be told apart."""
SURELY = 1.96
"""Standard errors that a change of unchanged skin stays within 95 times in 100."""
SPACING = "The data show no gain from any spacing; the interval is a safety rule."
SENTENCES = {
    "better": "This course is likely to look better.",
    "worse": "This course is likely to look less good.",
    "not-distinguishable": "Nobody could tell the two apart from one measurement after each.",
}


@dataclass(frozen=True, slots=True)
class NextSession:
    """What one more session is likely to add, half a year later, beside the same day without it."""

    on: date
    adds: Band
    told_apart: float

    def as_json(self) -> dict[str, Any]:
        """Return it as the forecast writes it."""
        told_apart = rounded(self.told_apart)
        return {
            "on": self.on.isoformat(),
            "adds": self.adds.as_json(),
            "told_apart_by_one_measurement": told_apart,
        }


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another course, and the probability that it looks better than the one that was asked about."""

    course: Course
    probability_better: float
    spacing_alone: bool

    @property
    def verdict(self) -> str:
        """Return better, worse or not-distinguishable."""
        if UNLIKELY <= self.probability_better <= LIKELY:
            return "not-distinguishable"
        return "better" if self.probability_better > LIKELY else "worse"

    @property
    def sentence(self) -> str:
        """Return the verdict in words; where only the days differ, what is known of spacing."""
        return " ".join([SENTENCES[self.verdict], *([SPACING] if self.spacing_alone else [])])

    def as_json(self) -> dict[str, Any]:
        """Return it as the forecast writes it."""
        return {
            "course": self.course.as_json(),
            "probability_better": rounded(self.probability_better),
            "verdict": self.verdict,
            "sentence": self.sentence,
        }


def rating_error(drawn: Drawn, concern: str) -> Floats:
    """Return by how much one rating is wrong, as a share of the scale it is on: (n,), a standard deviation."""
    error: Floats = drawn.values["rater_grades"] / CONCERNS[concern].grades
    return error


def next_session(drawn: Drawn, course: Course, interval_days: int) -> NextSession | None:
    """Return what one more session adds, one interval after the last; None where the model reaches no further."""
    when = course.dates[-1] + timedelta(days=interval_days)
    if len(course.dates) == MOST_SESSIONS or course.length_days + interval_days > LONGEST_DAYS:
        return None
    longer = replace(course, dates=(*course.dates, when))
    day = np.array([longer.length_days + AFTER_LAST_DAYS], float)
    without, with_it = drawn.log_odds(course, day)[0], drawn.log_odds(longer, day)[0]
    added = _shifted(with_it, drawn) - _shifted(without, drawn)
    error = np.sqrt(2) * rating_error(drawn, course.concern)
    told_apart = float(ndtr(added / error - SURELY).mean())
    return NextSession(when, band_of(expit(with_it) - expit(without)), told_apart)


def alternatives(drawn: Drawn, course: Course, instead: Sequence[Course]) -> tuple[Alternative, ...]:
    """Return each other course beside this one; people are measured once, half a year after the last session."""
    ours = _at_the_end(drawn, course)
    error = np.sqrt(2) * rating_error(drawn, course.concern)
    better = [float(ndtr((_at_the_end(drawn, other) - ours) / error).mean()) for other in instead]
    spacing = [differences(course, other) == SPACING_ALONE for other in instead]
    return tuple(map(Alternative, instead, better, spacing))


def _at_the_end(drawn: Drawn, course: Course) -> Singles:
    return _shifted(drawn.log_odds(course, np.array([course.length_days + AFTER_LAST_DAYS], float))[0], drawn)


def _shifted(odds: Singles, drawn: Drawn) -> Singles:
    found: Singles = expit(odds + drawn.people[0])
    return found
