"""What to expect over a course: every answer about it, from one call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit

from needlework.evidence.errors import InputError
from needlework.forecast.concerns import CONCERNS
from needlework.forecast.expecting import evidence, healing, timing
from needlework.forecast.expecting.bands import Band, Singles, band_of, rounded
from needlework.forecast.expecting.cautions import cautions
from needlework.forecast.expecting.comparing import Alternative, NextSession, alternatives, next_session
from needlework.forecast.expecting.course import Course, Limits, check, check_number
from needlework.forecast.expecting.drawn import Drawn, drawn
from needlework.forecast.expecting.measured import Measured, check_all
from needlework.forecast.expecting.placing import Place, places, telling_day
from needlework.forecast.expecting.seen import Beside, beside
from needlework.forecast.expecting.series import AFTER_LAST_DAYS, Series, series, weeks
from needlework.forecast.expecting.updating import CANNOT, Updated, updated
from needlework.forecast.model.parameters import Floats

MODEL = "1.0"
"""Changes with the equations or the published numbers."""
MOST_COMPARED = 20
"""Other courses beside one: more than anybody weighs."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What published studies let one expect of a course, with bands."""

    course: Course
    series: Series
    untreated: Band
    first_change: timing.Timing
    most_of_change: timing.Timing
    delivered_by_day: tuple[Band, ...]
    redness: healing.Redness
    next_session: NextSession | None
    alternatives: tuple[Alternative, ...]
    place: tuple[Place, ...]
    updated: Updated | None
    evidence: tuple[Mapping[str, Any], ...]
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as the command writes it."""
        first = {"noticeable": timing.NOTICEABLE, "people": rounded(self.first_change.people)}
        days = enumerate(self.delivered_by_day, start=1)
        return {
            "model": MODEL,
            "concern": self.course.concern,
            "share_of": CONCERNS[self.course.concern].share_of,
            "course": self.course.as_json(),
            "series": self.series.as_json(),
            "untreated": self.untreated.as_json(),
            "first_change": first | self.first_change.as_json(),
            "most_of_change": {"share": timing.MOST, **self.most_of_change.as_json()},
            "delivered_by_day": [{"day": day, **of.as_json()} for day, of in days],
            "redness": self.redness.as_json(),
            "next_session": self.next_session and self.next_session.as_json(),
            "alternatives": [one.as_json() for one in self.alternatives],
            "place": [one.as_json() for one in self.place],
            "updated": self.updated and self.updated.as_json(),
            "evidence": list(self.evidence),
            "warnings": list(self.warnings),
        }


def expect(
    course: Course, limits: Limits, *, measured: Sequence[Measured] = (), instead: Sequence[Course] = ()
) -> Expectation:
    """Return what to expect over a course, where what was measured of one person stands, and other courses beside it.

    Raises InputError naming the field, its unit and the accepted range for what lies outside the limits; `instead`
    must keep to them as well, and be for the same concern.
    """
    check(course, limits)
    check_all(measured, course)
    check_number(len(instead), "compare_with", "courses", least=0, most=MOST_COMPARED)
    for place, other in enumerate(instead):
        check(other, limits, f"compare_with[{place}].")
        if other.concern != course.concern:
            raise InputError(f"compare_with[{place}].concern", f"Send a course for the same one, {course.concern}.")
    draws, days = drawn(), weeks(course)
    told, odds = series(draws, course, days)
    first, most = _timings(draws, course, days, odds)
    measurements, telling = beside(draws, course, measured), telling_day(first, most)
    telling_ones = [one for one in measurements if one.measured.on >= telling]
    now = updated(draws, telling_ones, told, odds) if telling_ones else None
    return Expectation(
        course=course,
        series=told,
        untreated=band_of(draws.values["untreated_share"]),
        first_change=first,
        most_of_change=most,
        delivered_by_day=healing.delivered_by_day(),
        redness=healing.redness(draws, course.depth_mm),
        next_session=next_session(draws, course, limits.usual_interval_days),
        alternatives=alternatives(draws, course, instead),
        place=places(measurements, telling),
        updated=now,
        evidence=tuple(evidence.told(course, instead, _scales(measurements), _scales(telling_ones) if now else ())),
        warnings=cautions(course, limits) + (CANNOT,) * bool(telling_ones and not now),
    )


def _scales(measurements: Sequence[Beside]) -> list[str]:
    return [one.measured.scale for one in measurements]


def _timings(draws: Drawn, course: Course, days: Floats, odds: Singles) -> tuple[timing.Timing, timing.Timing]:
    """Return when people's first change, and most of it, can be seen."""
    people = expit(odds + draws.people[0])
    end = draws.log_odds(course, np.array([course.length_days + AFTER_LAST_DAYS], float))
    first = timing.first_change(course.first, days, people)
    return first, timing.most_of_change(course.first, days, people, expit(end + draws.people[0])[0])
