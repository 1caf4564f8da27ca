"""Wrinkles, stretch marks, and the one trial of spacing, which is of a laser."""

from functools import partial

import numpy as np
from scipy.special import ndtri

from needlework.forecast.calibration.errors import Counts, Normal
from needlework.forecast.calibration.observation import Observation
from needlework.forecast.calibration.ordinal import class_shares
from needlework.forecast.calibration.skin import Schedule, Skin
from needlework.forecast.calibration.studies.courses import (
    MONTH_DAYS,
    MONTHLY_DAYS,
    after_last,
    errors,
    log_odds_sd,
    numbers,
    people_of,
    x,
)
from needlework.forecast.concerns import LEMPERLE_GRADES
from needlework.forecast.model import spread
from needlework.forecast.model.parameters import Floats

WRINKLES, MARKS, LIFE, SPACING = "wr_ablon2018", "striae_jewds2017", "striae_dlqi2019", "space_bjorn2014"
SCORE_SD = 0.5
"""Points of a quality-of-life score by which the model itself may be wrong. Assumed."""
LASER_DOSE = 3.0
"""Of a fractional CO2 laser session, in reference doses. Assumed: an analogue, read for spacing and timing alone."""


def _wrinkles() -> Observation:
    (grades,), ((low, high),) = numbers(WRINKLES, "wrinkles"), errors(WRINKLES, "wrinkles")
    share, sd = grades / LEMPERLE_GRADES, (high - low) / 2 / ndtri(0.995) / LEMPERLE_GRADES
    course = Schedule(x(WRINKLES, "sessions"), x(WRINKLES, "interval_days"), (x(WRINKLES, "days"),))
    data, scatter = spread.log_odds(np.array([share])), Normal((log_odds_sd(share, sd),))
    return Observation(WRINKLES, data, partial(_log_odds, course=course), scatter, (course,), shifted=True)


def _log_odds(skin: Skin, *, course: Schedule) -> Floats:
    found: Floats = spread.log_odds(skin.shares("most_wrinkles", course)) + skin.shift
    return found


def _marks() -> Observation:
    """Return how many people were rated into each class: lowest first, between the classes' own bounds."""
    people = numbers(MARKS, "people")[::-1]
    bounds = sorted(x(MARKS, "class_from"))[1:]
    days = [x(MARKS, "months_after_last") * MONTH_DAYS]
    course = after_last(x(MARKS, "sessions"), x(MARKS, "interval_days"), days)
    expected = partial(_classes, course=course, cut_offs=tuple(spread.log_odds(np.array(bounds))))
    return Observation(MARKS, people, expected, Counts(int(people.sum())), (course,), shifted=True)


def _classes(skin: Skin, *, course: Schedule, cut_offs: tuple[float, ...]) -> Floats:
    (share,) = skin.shares("most_stretch_marks", course)
    return class_shares(spread.log_odds(share) + skin.shift, skin.values["between_people"], cut_offs)


def _life() -> Observation:
    """Return a quality-of-life score after three and five sessions, each a visit later."""
    before, *after = numbers(LIFE)
    _, *sessions = x(LIFE, "sessions")
    courses = tuple(after_last(count, x(LIFE, "interval_days"), [MONTHLY_DAYS]) for count in sessions)
    expected = partial(_scores, most="most_quality_of_life", baseline=before, courses=courses)
    scatter = Normal(tuple(np.hypot(errors(LIFE)[1:], SCORE_SD)))
    return Observation(LIFE, np.array(after), expected, scatter, courses)


def _spacing() -> Observation:
    """Return scores after two sessions a month or three apart, at two visits each, in the same people."""
    (before,) = numbers(SPACING, "baseline")
    rows = ("interval_1_month", "interval_3_months")
    looked = np.array(x(SPACING, "months_after_last")) * MONTH_DAYS
    courses = tuple(
        after_last(x(SPACING, "sessions"), months * MONTH_DAYS, looked, LASER_DOSE)
        for months in x(SPACING, "interval_months")
    )
    after = np.concatenate([numbers(SPACING, row) for row in rows])
    sd = np.concatenate([errors(SPACING, row) for row in rows]) / people_of(SPACING) ** 0.5
    expected = partial(_scores, most="co2_against_needles", baseline=before, courses=courses)
    return Observation(SPACING, after, expected, Normal(tuple(sd)), courses)


def _scores(skin: Skin, *, most: str, baseline: float, courses: tuple[Schedule, ...]) -> Floats:
    gone = np.concatenate([skin.shares(most, course) for course in courses])
    left: Floats = baseline * (1 - gone)
    return left


OBSERVATIONS = (_wrinkles(), _marks(), _life(), _spacing())
