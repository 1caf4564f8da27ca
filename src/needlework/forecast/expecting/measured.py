"""What was measured, and the scales on which it may be.

share          the share of the score that has gone, as it stands
goodman-baron  grades 1 to 4 of acne scars, whole, before and now. The share is the drop by the grade before, as in
               the fit of studies that report grades: nobody is rated below 1, so nobody loses all of it
lemperle       grades 0 to 5 of wrinkles, before and now; the share is of the whole scale, so five grades are all
photo          percent change of a measure of photographs, as `needlework measure` prints it: −12.1. How it maps
               onto a share of the score is not known; −100 is taken for all of it, give or take a lot. Its
                   standard deviation is the width of its 95 % interval by 3.92
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from needlework.evidence.errors import InputError
from needlework.forecast.concerns import LEMPERLE_GRADES
from needlework.forecast.expecting.course import LONGEST_DAYS, Course, check_day, check_number

Span = tuple[float, float]
LEAST_GRADE, WORST_GRADE = 1, 4
PERCENT = 100.0
RATINGS = 2
MOST_MEASURED = 50
"""More than anybody measures of one zone in three years."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A value on a scale on some day, with the standard deviation of one measurement and, for grades, the first one."""

    on: date
    value: float
    sd: float | None
    """None for grades of Goodman and Baron: the error of raters, as far as it is known, then holds."""
    scale: str
    before: float | None = None

    @property
    def share(self) -> float:
        """Return the value as a share of the score."""
        change = self.first - self.value if SCALES[self.scale].before else self.value
        return change / self.most

    def error(self, rater_grades: float) -> float:
        """Return the standard deviation of the share; a change of grades has two ratings, each with its error.

        `rater_grades` is that of one rating where nobody said one.
        """
        sd = rater_grades if self.sd is None else self.sd
        return sd / abs(self.most) * (1.0 if self.before is None else RATINGS**0.5)

    @property
    def most(self) -> float:
        """Return how many units of the scale are all of the score; fewer than none where less is better."""
        return SCALES[self.scale].most or self.first

    @property
    def first(self) -> float:
        """Return the grade before treatment, which scales of grades have."""
        return cast(float, self.before)

    def as_json(self) -> dict[str, Any]:
        """Return it as it was sent."""
        first = {} if self.before is None else {"before": self.before}
        return {"on": self.on.isoformat(), "value": self.value, "sd": self.sd, "scale": self.scale, **first}


@dataclass(frozen=True, slots=True)
class Scale:
    """What a scale accepts, in its own unit."""

    unit: str
    values: Span
    errors: Span
    most: float | None = None
    """How many units are all of the score; None where that depends on the first grade."""
    before: Span | None = None
    concern: str | None = None
    """The only one that it is a scale of."""
    whole: bool = False
    error_known: bool = False
    """Whether an error may be left out, as the model has one."""


ERROR_GRADES = (0.01, 10.0)
SCALES: Mapping[str, Scale] = {
    "share": Scale("as a share of the score", (-1.0, 1.0), (0.001, 10.0), most=1.0),
    "goodman-baron": Scale(
        "grades",
        (LEAST_GRADE, WORST_GRADE),
        ERROR_GRADES,
        before=(LEAST_GRADE + 1, WORST_GRADE),
        concern="acne-scars",
        whole=True,
        error_known=True,
    ),
    "lemperle": Scale(
        "grades",
        (0, LEMPERLE_GRADES),
        ERROR_GRADES,
        most=LEMPERLE_GRADES,
        before=(0.5, LEMPERLE_GRADES),
        concern="wrinkles",
    ),
    "photo": Scale("percent", (-PERCENT, 3 * PERCENT), (0.1, 10 * PERCENT), most=-PERCENT),
}


def check_all(measured: Sequence[Measured], course: Course) -> None:
    """Refuse what cannot be placed beside a course."""
    check_number(len(measured), "measured", "measurements", least=0, most=MOST_MEASURED)
    for place, one in enumerate(measured):
        check(one, course, f"measured[{place}]")


def check(one: Measured, course: Course, at: str) -> None:
    """Refuse a measurement that cannot be placed beside a course.

    Raises InputError with the field (behind `at`), its unit and the accepted range.
    """
    scale = _scale(one.scale, course.concern, f"{at}.scale")
    _check_day(one.on, course, f"{at}.on")
    _check_value(one.value, scale, f"{at}.value", scale.values)
    if one.sd is not None or not scale.error_known:
        _check_error(one.sd, scale, f"{at}.sd")
    if scale.before:
        _check_value(one.before, scale, f"{at}.before", scale.before)
    elif one.before is not None:
        raise InputError(f"{at}.before", "This scale needs no grade from before. Leave it out.")


def _scale(name: Any, concern: str, field: str) -> Scale:
    fit = [known for known, one in SCALES.items() if one.concern in {None, concern}]
    if name not in fit:
        raise InputError(field, f"That is no scale of this concern. Send one of: {', '.join(fit)}.")
    return SCALES[name]


def _check_day(on: Any, course: Course, field: str) -> None:
    check_day(on, field)
    if not 1 <= (on - course.first).days <= LONGEST_DAYS:
        raise InputError(
            field, f"Send a day from 1 to {LONGEST_DAYS} days after the first session, {course.first.isoformat()}."
        )


def _check_value(value: Any, scale: Scale, field: str, span: Span) -> None:
    check_number(value, field, scale.unit, least=span[0], most=span[1])
    if scale.whole and value != value // 1:
        raise InputError(field, f"Send a whole number from {span[0]:g} to {span[1]:g} {scale.unit}.")


def _check_error(sd: Any, scale: Scale, field: str) -> None:
    least, most = scale.errors
    try:
        check_number(sd, field, scale.unit, least=least, most=most)
    except InputError as wrong:
        raise InputError(field, f"Every measurement has an error. {wrong.sentence}") from None
