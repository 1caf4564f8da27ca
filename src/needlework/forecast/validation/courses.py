"""Checks of what a course takes from scars, wrinkles and stretch marks, by studies that were not fitted.

Depth and density of the protocols are mostly unseen: one reference dose per session, unless a sentence says otherwise.
A study lies by a shift of its own from the middle of the literature, as in the fit; a mean of its people scatters by
their spread over the root of their number.
"""

from dataclasses import replace

import numpy as np

from needlework.forecast.calibration.ordinal import class_shares
from needlework.forecast.calibration.skin import Schedule, skin
from needlework.forecast.calibration.studies.courses import MONTHLY_DAYS, after_last
from needlework.forecast.data.entries import Entry, entry
from needlework.forecast.model import spread
from needlework.forecast.model.dose import MEAN_REACHED, REFERENCE_PUNCTURES_PER_CM2, relative
from needlework.forecast.model.parameters import Floats, Values
from needlework.forecast.validation.checks import MEAN_CLASS, Check, at_most, exactly, people

MODERATE = 3.0
"""Goodman–Baron grade at the start where none was seen, as in most studies of acne scars. Assumed."""
MODERATE_SPREAD = 0.3
"""Standard deviation of that assumption, in grades: means of 2.5 to 3.5 are usual. Assumed."""
MISSED = 0.11
"""Share of the score that some 40 people can miss: 1.96 standard errors of 1 / √40 grades, of 2.87. Assumed."""
ARMS = 3
"""Of the trial with peels: a third of its people were only needled."""
OWN_WRINKLES = 0.6
"""Share of the Lemperle scale that people have at the start: grade 3 of 5. Assumed."""
WIDTH_95 = 3.92
"""Of a 95 % interval, in standard errors."""
THREE_MONTHS = 90.0
"""Days from the last session to the rating by classes, where an abstract does not say. Assumed."""
AFTER_A_MONTH = f"Rated {MONTHLY_DAYS:g} days after the last session."
AFTER_THREE_MONTHS = f"Rated {THREE_MONTHS:g} days after the last session."


def checks() -> tuple[Check, ...]:
    """Return the checks of acne scars, wrinkles and stretch marks."""
    return (*_acne(), *_wrinkles(), _stretch_marks())


def mean_class(key: str) -> float:
    """Return the mean class of the people of an entry, 0 for the least."""
    counts = entry(key).numbers("people")[::-1]
    return float(np.dot(np.arange(len(counts)), counts) / sum(counts))


def _acne() -> tuple[Check, ...]:
    dalwig, tirmizi, rusek = "acne_vondalwig2020", "acne_tirmizi2021", "acne_rusek_rct"
    drop, grade = "drop of the Goodman–Baron grade", f"Grade {MODERATE:g} at the start."
    missed = f"No significant improvement is taken as at most {MISSED:g} of the score, which some 40 people can miss."
    return (
        Check(dalwig, drop, "grades", exactly(*entry(dalwig).numbers()), _dalwig, grade),
        Check(tirmizi, drop, "grades", exactly(*entry(tirmizi).numbers()), _tirmizi, f"{grade} {AFTER_A_MONTH}"),
        Check(rusek, "share of the score that went", "share", at_most(MISSED), _rusek, f"{missed} {AFTER_A_MONTH}"),
    )


def _wrinkles() -> tuple[Check, ...]:
    lasting, classes = "wr_nct03803059", "wr_dermapen_aging2018"
    sooner, later = entry(lasting).numbers()
    late = "people who improved, day 90 after the last session to day 30"
    together = "The share of people who improved is taken to move with the improvement."
    own = f"Quarters of a person's own wrinkles, {100 * OWN_WRINKLES:g} % of the scale at the start; density not seen."
    return (
        Check(lasting, late, "ratio", exactly(later / sooner), _lasting, together),
        Check(classes, MEAN_CLASS, "classes", exactly(mean_class(classes)), _mohamed, f"{own} {AFTER_THREE_MONTHS}"),
    )


def _stretch_marks() -> Check:
    key = "striae_alster2020"
    some = f"One session or two, {MONTHLY_DAYS:g} days apart."
    return Check(key, MEAN_CLASS, "classes", exactly(mean_class(key)), _alster, f"{some} {AFTER_THREE_MONTHS}")


def _dalwig(values: Values, chance: np.random.Generator) -> Floats:
    one = entry("acne_vondalwig2020")
    low, high = one.error["values"]
    share = _study(values, "most_acne_scars", _schedule(one, one.x["days_after_last"]), chance)
    grade = MODERATE + MODERATE_SPREAD * chance.standard_normal(len(share))
    drop: Floats = grade * share + (high - low) / WIDTH_95 * chance.standard_normal(len(share))
    return drop


def _tirmizi(values: Values, chance: np.random.Generator) -> Floats:
    one = entry("acne_tirmizi2021")
    return MODERATE * _mean(values, "most_acne_scars", _schedule(one, MONTHLY_DAYS), people(one), chance)


def _rusek(values: Values, chance: np.random.Generator) -> Floats:
    one = entry("acne_rusek_rct")
    return _mean(values, "most_acne_scars", _schedule(one, MONTHLY_DAYS), people(one) / ARMS, chance)


def _lasting(values: Values, chance: np.random.Generator) -> Floats:
    one = entry("wr_nct03803059")
    schedule, shares = _schedule(one, *one.x["days_after_last"]), np.array(one.numbers())
    sooner, later = skin(values, [schedule]).shares("most_wrinkles", schedule)[..., 0]
    error = np.sqrt(((1 - shares) / (shares * people(one))).sum())
    ratio: Floats = later / sooner * np.exp(error * chance.standard_normal(len(later)))
    return ratio


def _mohamed(values: Values, chance: np.random.Generator) -> Floats:
    one = entry("wr_dermapen_aging2018")
    strength = float(relative(one.x["depth_mm"], REFERENCE_PUNCTURES_PER_CM2, MEAN_REACHED))
    schedule = replace(_schedule(one, THREE_MONTHS), dose=strength)
    own = _study(values, "most_wrinkles", schedule, chance) / OWN_WRINKLES
    return _rated(_classes(values, own), people(one), chance)


def _alster(values: Values, chance: np.random.Generator) -> Floats:
    one = entry("striae_alster2020")
    shift = spread.clinics(values, chance)
    once, twice = (
        _classes(values, _in(values, "most_stretch_marks", after_last(sessions, MONTHLY_DAYS, [THREE_MONTHS]), shift))
        for sessions in (1, 2)
    )
    share = one.x["sessions"] - 1
    return _rated((1 - share) * once + share * twice, people(one), chance)


def _classes(values: Values, share: Floats) -> Floats:
    """Return the share of people in each quarter of improvement, least first, around a study's middle (n,): (4, n)."""
    cut_offs = spread.log_odds(np.array(entry("striae_alster2020").x["class_from"][-2::-1]))
    return class_shares(spread.log_odds(share), values["between_people"], tuple(cut_offs))


def _rated(shares: Floats, number: int, chance: np.random.Generator) -> Floats:
    """Return the mean class of so many people with these shares (k, n): (n,)."""
    counts = chance.multinomial(number, shares.T)
    mean: Floats = counts @ np.arange(len(shares)) / number
    return mean


def _schedule(one: Entry, *after: float) -> Schedule:
    """Return an entry's course, looked at so many days after the last session."""
    return after_last(one.x["sessions"], one.x["interval_days"], after)


def _in(values: Values, most: str, schedule: Schedule, shift: Floats) -> Floats:
    """Return the share of a score that goes in studies with these shifts, by the last look: (n,)."""
    share: Floats = replace(skin(values, [schedule]), shift=shift[:, None]).reported(most, schedule)[-1, :, 0]
    return share


def _study(values: Values, most: str, schedule: Schedule, chance: np.random.Generator) -> Floats:
    return _in(values, most, schedule, spread.clinics(values, chance))


def _mean(values: Values, most: str, schedule: Schedule, number: float, chance: np.random.Generator) -> Floats:
    """Return the same as so many people show it on average."""
    scatter = spread.people(values, chance) / np.sqrt(number)
    return spread.shifted(_study(values, most, schedule, chance), scatter)
