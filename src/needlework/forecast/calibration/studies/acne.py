"""Acne scars: levels, a before and after in grades, the one untreated side, and comparisons within a study."""

import math
from functools import partial

import numpy as np
from scipy.special import stdtrit

from needlework.forecast.calibration.errors import Normal, YesOrNo
from needlework.forecast.calibration.observation import Observation
from needlework.forecast.calibration.ordinal import class_shares, moments
from needlework.forecast.calibration.skin import Schedule, Skin
from needlework.forecast.calibration.studies.courses import (
    MONTH_DAYS,
    MONTHLY_DAYS,
    WEEK_DAYS,
    after_last,
    errors,
    log_odds_sd,
    numbers,
    people_of,
    reported_course,
    x,
)
from needlework.forecast.model import dose, spread
from needlework.forecast.model.parameters import Floats

MOST = "most_acne_scars"
REPLICAS, PICROSIRIUS, ERYAG, SHARMA = (
    "acne_fabbrocini_photo",
    "acne_picrosirius",
    "acne_eryag_split2017",
    "acne_sharma_prp",
)
SOHAG, ALSTER, ALAM = "acne_sohag2018", "acne_alster2020", "acne_alam2014"
STOPS, DEPTHS = "acne_jocd2021", "acne_depth_25_vs_15"

RELATIVE_SD = {REPLICAS: 0.15, ERYAG: 0.2, SOHAG: 0.4, ALSTER: 0.15}
"""Standard deviation of a reported share, as a share of it, where none is given: by how many took part. Assumed."""
ALSTER_MONTHS = 6
"""Of the months at which ratings were made, the one that the printed classes are taken to hold for. Assumed."""
DEPTHS_SEEN_DAYS = 28.0
"""After the last session; not in the abstract. Assumed."""
RATIO_SD = 0.15
"""In logarithms: two ratings of one group, in part of different people. Assumed."""
TOLD_APART = 0.10
"""Raters see a difference of this ratio between two sides with the probability Φ(1) = 0.84. Assumed."""
GRADES = (1.0, 2.0, 3.0, 4.0)
"""Goodman and Baron's; people who were needled for scars stay in grade 1 at best."""
ALIKE_SD = 0.1
"""Grades by which trials differ in how alike their people are, and a spread worked out here is off. Assumed."""
CUT_OFFS = (1.5, 2.5, 3.5)


def _level(key: str, course: Schedule, share: float, sd: float, *others: Schedule) -> Observation:
    """Return a study of which a level is known: log odds of a share, around those of its course or two."""
    expected = partial(_log_odds, courses=(course, *others))
    data = spread.log_odds(np.array([share]))
    return Observation(key, data, expected, Normal((log_odds_sd(share, sd),)), (course, *others), shifted=True)


def _log_odds(skin: Skin, *, courses: tuple[Schedule, ...]) -> Floats:
    mean = np.mean([skin.shares(MOST, course) for course in courses], axis=0)
    found: Floats = spread.log_odds(mean) + skin.shift
    return found


def _reported_level(key: str, course: Schedule, *others: Schedule) -> Observation:
    (share,) = numbers(key)
    return _level(key, course, share, RELATIVE_SD[key] * share, *others)


def _before_and_after() -> Observation:
    """Return the level of two mean scores; its error as if before and after were different people (delta method)."""
    (before,), (after,) = numbers(PICROSIRIUS, "before"), numbers(PICROSIRIUS, "after")
    (sd_before,), (sd_after,) = errors(PICROSIRIUS, "before"), errors(PICROSIRIUS, "after")
    relative = np.hypot(sd_before / before, sd_after / after) / people_of(PICROSIRIUS) ** 0.5
    looked = x(PICROSIRIUS, "weeks")[1] * WEEK_DAYS
    course = Schedule(x(PICROSIRIUS, "sessions"), x(PICROSIRIUS, "interval_days"), (looked,))
    return _level(PICROSIRIUS, course, 1 - after / before, after / before * relative)


def _moments_after(skin: Skin, *, course: Schedule, shares: tuple[tuple[float, float], ...]) -> Floats:
    """Return mean and SD of the grades after: (2, n, J).

    Somebody of grade g before is at g (1 − share) after, give or take how people differ (delta method) and how raters
    do; the grade given is the nearest whole one.
    """
    share = skin.reported(MOST, course)[0]
    differing = skin.values["between_people"] * share * (1 - share)
    rated = skin.values["rater_grades"]
    after = np.sum(
        [
            people * class_shares(grade * (1 - share), np.hypot(grade * differing, rated), CUT_OFFS)
            for grade, people in shares
        ],
        axis=0,
    )
    return moments(after, GRADES)


def _graded() -> Observation:
    """Return a mean grade after, and its SD, as ordinal evidence: only means and SDs are published.

    Grades before that have a mean of 3.20 and an SD of 0.40 can only be 3 and 4, a fifth of them 4: whatever else has
    that mean spreads more. So the whole grades on either side of the mean are taken.
    """
    (before,), (after,), (sd,) = numbers(SHARMA, "before"), numbers(SHARMA, "after"), errors(SHARMA, "after")
    lower = math.floor(before)
    shares = ((lower, lower + 1 - before), (lower + 1, before - lower))
    course = reported_course(SHARMA)
    expected = partial(_moments_after, course=course, shares=shares)
    people = people_of(SHARMA)
    scatter = Normal((sd / people**0.5, float(np.hypot(sd / (2 * (people - 1)) ** 0.5, ALIKE_SD))))
    return Observation(SHARMA, np.array([after, sd]), expected, scatter, (course,), shifted=True)


def _two_sides(skin: Skin, *, course: Schedule) -> Floats:
    treated = skin.reported(MOST, course)
    untreated = np.broadcast_to(skin.values["untreated_share"], treated.shape)
    drops: Floats = skin.values["alam_baseline"] * np.concatenate([treated, untreated])
    return drops


def _untreated_side() -> Observation:
    """Return drops of a score on both sides, at two visits that are taken as independent."""
    course = Schedule(
        x(ALAM, "sessions"), x(ALAM, "interval_days"), tuple(month * MONTH_DAYS for month in x(ALAM, "months"))
    )
    ends = np.concatenate([errors(ALAM, "treated"), errors(ALAM, "untreated")])
    sd = np.diff(ends)[:, 0] / 2 / stdtrit(people_of(ALAM) - 1, 0.975)
    expected = partial(_two_sides, course=course)
    return Observation(ALAM, numbers(ALAM), expected, Normal(tuple(sd)), (course,), shifted=True)


def _ratio(skin: Skin, *, over: Schedule, under: Schedule) -> Floats:
    ratio: Floats = np.log(skin.shares(MOST, over) / skin.shares(MOST, under))
    return ratio


def _third_session() -> Observation:
    """Return how the second session compares with the third, by raters and by patients: the mean of their logarithms.

    Interval and visit are not in the abstract.
    """
    two, three = (after_last(sessions, MONTHLY_DAYS, [MONTHLY_DAYS]) for sessions in x(STOPS, "sessions"))
    raters, patients = numbers(STOPS, "raters"), numbers(STOPS, "patients")
    data = np.log([raters[0] / raters[1], patients[0] / patients[1]]).mean(keepdims=True)
    return Observation(STOPS, data, partial(_ratio, over=two, under=three), Normal((RATIO_SD,)), (two, three))


def _depths() -> Observation:
    """Return that the deeper side was better: a sign alone. Density and the share that enters are the usual ones."""
    shallow, deep = (
        after_last(x(DEPTHS, "sessions"), x(DEPTHS, "interval_days"), [DEPTHS_SEEN_DAYS], _dose(depth_mm))
        for depth_mm in x(DEPTHS, "depth_mm")
    )
    expected = partial(_told_apart, over=deep, under=shallow)
    return Observation(DEPTHS, np.ones(1), expected, YesOrNo(), (shallow, deep))


def _told_apart(skin: Skin, *, over: Schedule, under: Schedule) -> Floats:
    return _ratio(skin, over=over, under=under) / TOLD_APART


def _dose(depth_mm: float) -> float:
    return float(dose.relative(depth_mm, dose.REFERENCE_PUNCTURES_PER_CM2, dose.MEAN_REACHED))


def _alster() -> Observation:
    """Return the level after two and a half sessions: the mean of two and three."""
    days = [x(ALSTER, "months_after")[x(ALSTER, "months_after").index(ALSTER_MONTHS)] * MONTH_DAYS]
    mean, interval_days = x(ALSTER, "sessions"), x(ALSTER, "interval_days")
    two, three = (after_last(sessions, interval_days, days) for sessions in (math.floor(mean), math.ceil(mean)))
    return _reported_level(ALSTER, two, three)


OBSERVATIONS = (
    *(_reported_level(key, reported_course(key)) for key in (REPLICAS, ERYAG, SOHAG)),
    _before_and_after(),
    _alster(),
    _graded(),
    _untreated_side(),
    _third_session(),
    _depths(),
)
