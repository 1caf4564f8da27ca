"""What people would have been measured at, beside what was measured.

A share s of the score takes s times the grade before of Goodman and Baron, 5 s grades of Lemperle (no more than there
were), and 100 g s percent of a measure of photographs, where the slope g is a prior alone. A rating is the class that
the grade falls into with the error of a rater; other measurements scatter normally. Where there are two ratings, each
has its error, and that of the first is the same in every later measurement.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from scipy.special import expit, ndtr

from needlework.forecast.concerns import LEMPERLE_GRADES
from needlework.forecast.expecting.course import Course
from needlework.forecast.expecting.drawn import PEOPLE_PER_ROW, SEED, Drawn
from needlework.forecast.expecting.measured import LEAST_GRADE, PERCENT, WORST_GRADE, Measured
from needlework.forecast.model.parameters import Floats

PHOTO_SLOPE_SPREAD = 1.0
"""Of the logarithm of the slope: nine in ten from a fifth to five. No study that was read had both measures; the
irregularity of replicas falls about as far as scores do, hence a middle of 1."""
HALF_A_GRADE = 0.5


@dataclass(frozen=True, slots=True)
class People:
    """People of the draws on one day: (m,) each."""

    shares: Floats
    """Of the score that has gone."""
    rater_grades: Floats
    first_error: Floats
    """Of the first rating, in its own standard deviations."""
    photo_slope: Floats


@dataclass(frozen=True, slots=True)
class Seen:
    """How a measurement lies beside what each person would have been measured at: (m,) each."""

    below: Floats
    """Probability to be measured at less of a change."""
    at_most: Floats
    """Probability to be measured at as little of a change, or less."""
    log_density: Floats
    """Of what was measured; of its probability where it is a class."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A measurement, people on its day, and how it lies beside what they would have been measured at."""

    measured: Measured
    people: People
    seen: Seen


def beside(drawn: Drawn, course: Course, measured: Sequence[Measured]) -> tuple[Beside, ...]:
    """Return each measurement beside all people of the draws, who are the same for all measurements."""
    days = np.array([(one.on - course.first).days for one in measured], float)
    unique, place = np.unique(days, return_inverse=True)
    odds = drawn.log_odds(course, unique)[place]
    first, slope = np.random.default_rng(SEED).standard_normal((2, drawn.people.size))
    rater, slopes = np.tile(drawn.values["rater_grades"], PEOPLE_PER_ROW), np.exp(PHOTO_SLOPE_SPREAD * slope)
    crowds = [People(expit(row + drawn.people).ravel().astype(float), rater, first, slopes) for row in odds]
    return tuple(Beside(one, people, seen(one, people)) for one, people in zip(measured, crowds, strict=True))


def seen(one: Measured, people: People) -> Seen:
    """Return how a measurement lies beside what people of that day would have been measured at."""
    return WAYS[one.scale](one, people)


def _share(one: Measured, people: People) -> Seen:
    return _normal(one.value, people.shares, one)


def _photo(one: Measured, people: People) -> Seen:
    return _normal(-one.value, PERCENT * people.photo_slope * people.shares, one)


def _lemperle(one: Measured, people: People) -> Seen:
    drop = np.minimum(LEMPERLE_GRADES * people.shares, one.first)
    return _normal(one.first - one.value, drop + _error(one, people) * people.first_error, one)


def _normal(value: float, middle: Floats, one: Measured) -> Seen:
    apart = (value - middle) / cast(float, one.sd)
    below = ndtr(apart)
    return Seen(below, below, -0.5 * apart**2)


def _goodman_baron(one: Measured, people: People) -> Seen:
    error = _error(one, people)
    grade = one.first - one.most * people.shares + error * people.first_error
    worse, no_better = (_above(one.value + half, grade, error) for half in (HALF_A_GRADE, -HALF_A_GRADE))
    with np.errstate(divide="ignore"):
        return Seen(worse, no_better, np.log(no_better - worse))


def _above(cut: float, grade: Floats, error: Floats | float) -> Floats:
    """Return the probability to be rated above a cut between grades; the end classes are open."""
    if not LEAST_GRADE < cut < WORST_GRADE:
        return np.full_like(grade, float(cut < LEAST_GRADE))
    above: Floats = ndtr((grade - cut) / error)
    return above


def _error(one: Measured, people: People) -> Floats | float:
    return people.rater_grades if one.sd is None else one.sd


WAYS: Mapping[str, Callable[[Measured, People], Seen]] = {
    "share": _share,
    "goodman-baron": _goodman_baron,
    "lemperle": _lemperle,
    "photo": _photo,
}
