"""A course: what it keeps to, and the sentence for whatever lies outside."""

from dataclasses import replace
from datetime import UTC, datetime
from math import inf, nan

import pytest

from needlework.evidence.errors import InputError
from needlework.forecast.expecting import Course
from needlework.forecast.expecting.course import check, check_interval, check_length, check_sessions
from tests.expecting import FIRST, LIMITS, course, days

NUMBER_MM = "Send a number from 0.05 to 2.5 mm."
NUMBER_DENSITY = "Send a number from 10 to 10000 punctures per cm²."
SESSIONS = "Send from 1 to 12 sessions: the model reaches no further."
APART = "Sessions stand at least 14 days apart: that is a rule of safety. Send whole days, from 14 to 1096 days."
ORDER = "This day is not after the one before. Send each day once, in order."
LENGTH = (
    "A course lasts from 0 to 1096 days (three years), from the first session to the last. "
    "Send fewer sessions, or sessions nearer to each other."
)
CONCERNS = "Send one of: acne-scars, wrinkles, stretch-marks."
MONTHLY = tuple(28 * place for place in range(100))

REFUSED = {
    "no sessions": ({"dates": ()}, "dates", SESSIONS),
    "13 sessions": ({"dates": days(*MONTHLY[:13])}, "dates", SESSIONS),
    "100 sessions": ({"dates": days(*MONTHLY)}, "dates", SESSIONS),
    "sessions out of order": ({"dates": days(0, 56, 28)}, "dates[2]", ORDER),
    "two sessions on a day": ({"dates": days(0, 0)}, "dates[1]", ORDER),
    "sessions nearer than the rules allow": ({"dates": days(0, 28, 41)}, "dates[2]", APART),
    "dates a century apart": ({"dates": days(0, 36_525)}, "dates[1]", APART),
    "a course of more than three years": ({"dates": days(0, 700, 1097)}, "dates[2]", LENGTH),
    "a moment": ({"dates": (datetime(2026, 12, 1, tzinfo=UTC),)}, "dates[0]", "Send a day, as 2026-12-01."),
    "a text for a day": ({"dates": ("2026-12-01",)}, "dates[0]", "Send a day, as 2026-12-01."),
    "a slip of the year": (
        {"dates": (FIRST.replace(year=202),)},
        "dates[0]",
        "Check the year: send one from 1900 to 2199.",
    ),
    "no depth": ({"depth_mm": 0}, "depth_mm", NUMBER_MM),
    "a negative depth": ({"depth_mm": -1.0}, "depth_mm", NUMBER_MM),
    "a depth beyond the limit": ({"depth_mm": 2.6}, "depth_mm", NUMBER_MM),
    "a depth that is no number": ({"depth_mm": nan}, "depth_mm", NUMBER_MM),
    "a text for a depth": ({"depth_mm": "1.5"}, "depth_mm", NUMBER_MM),
    "true for a depth": ({"depth_mm": True}, "depth_mm", NUMBER_MM),
    "no punctures": ({"punctures_per_cm2": 0}, "punctures_per_cm2", NUMBER_DENSITY),
    "a thousand million punctures": ({"punctures_per_cm2": 1e9}, "punctures_per_cm2", NUMBER_DENSITY),
    "endless punctures": ({"punctures_per_cm2": inf}, "punctures_per_cm2", NUMBER_DENSITY),
    "a concern without numbers": (
        {"concern": "melasma"},
        "concern",
        f"No numbers were read for it, so there is nothing to expect. {CONCERNS}",
    ),
    "a concern that is nearly known": (
        {"concern": "wrinkle"},
        "concern",
        f"That is not known here. Did you mean 'wrinkles'? {CONCERNS}",
    ),
    "an unknown concern": ({"concern": "freckles"}, "concern", f"That is not known here. {CONCERNS}"),
    "a list of concerns": ({"concern": ["wrinkles"]}, "concern", f"That is not known here. {CONCERNS}"),
}
KEPT = {
    "one session": {"dates": days(0)},
    "twelve sessions": {"dates": days(*MONTHLY[:12])},
    "two weeks apart": {"dates": days(0, 14)},
    "three years": {"dates": days(0, 1096)},
    "the shallowest": {"depth_mm": 0.05},
    "the deepest": {"depth_mm": 2.5},
    "the sparsest": {"punctures_per_cm2": 10},
    "the densest": {"punctures_per_cm2": 10_000},
}


@pytest.mark.parametrize(("changes", "field", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_lies_outside_is_refused_with_its_field_unit_and_range(changes, field, sentence):
    with pytest.raises(InputError) as wrong:
        check(replace(course(), **changes), LIMITS, "compare_with[0].")
    assert str(wrong.value) == f"compare_with[0].{field}: {sentence}"


@pytest.mark.parametrize("changes", KEPT.values(), ids=KEPT)
def test_what_lies_within_is_taken(changes):
    check(replace(course(), **changes), LIMITS)


@pytest.mark.parametrize("number", [None, 2.5, "4", True, inf, nan])
def test_a_number_of_sessions_or_days_is_whole(number):
    with pytest.raises(InputError, match=r"^sessions: Send from 1 to 12"):
        check_sessions(number)
    with pytest.raises(InputError, match=r"^interval_days: Sessions stand at least 14 days apart"):
        check_interval(number if number != 2.5 else 28.5, LIMITS)


def test_a_length_is_complained_about_where_it_was_sent():
    with pytest.raises(InputError, match=r"^interval_days: A course lasts"):
        check_length(1097, "interval_days")


def test_days_count_from_the_first_session():
    four = course()
    assert four.days.ravel().tolist() == [0, 28, 56, 84]
    assert four.length_days == 84
    assert four.intervals == (28, 28, 28)
    assert course(0).intervals == ()
    assert four.as_json() == {
        "dates": ["2026-12-01", "2026-12-29", "2027-01-26", "2027-02-23"],
        "depth_mm": 1.5,
        "punctures_per_cm2": 250.0,
    }


def test_a_course_is_not_checked_when_it_is_made():
    assert Course("freckles", (), 0, 0).dates == ()
