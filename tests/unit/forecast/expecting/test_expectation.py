"""What to expect over a course: every answer about it, from one call."""

import json
from dataclasses import replace

import pytest

from needlework.evidence.errors import InputError
from needlework.forecast.concerns import CONCERNS
from needlework.forecast.expecting import expect
from needlework.forecast.expecting.comparing import SPACING
from needlework.forecast.expecting.updating import CANNOT
from tests.expecting import LIMITS, course, days, measured

KEYS = [
    "model", "concern", "share_of", "course", "series", "untreated", "first_change", "most_of_change",
    "delivered_by_day", "redness", "next_session", "alternatives", "place", "updated", "evidence", "warnings",
]  # fmt: skip


def warnings(*since, limits=LIMITS, **changes):
    return expect(course(*since, **changes), limits).warnings


@pytest.mark.parametrize("concern", CONCERNS)
def test_an_expectation_is_one_json_document(concern):
    told = expect(course(concern=concern), LIMITS).as_json()
    assert list(told) == KEYS
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert told["share_of"] == CONCERNS[concern].share_of
    assert told["updated"] is None
    assert [len(told[key]) for key in ("series", "delivered_by_day", "alternatives", "place")] == [53, 60, 0, 0]


def test_first_and_most_of_the_change_say_what_they_are_of():
    told = expect(course(), LIMITS).as_json()
    assert told["first_change"]["noticeable"] == 0.10
    assert 0 < told["first_change"]["people"] <= 1
    assert told["most_of_change"]["share"] == 0.8
    assert told["most_of_change"]["median"] > "2026-12-01"
    assert set(told["most_of_change"]) == {"share", "median", "band_50", "band_90"}


def test_the_same_course_gives_the_same_numbers():
    asked = {"measured": [measured(84, 0.3)], "instead": [course(0)]}
    assert expect(course(), LIMITS, **asked).as_json() == expect(course(), LIMITS, **asked).as_json()


def test_what_was_measured_is_placed_and_updates_what_to_expect():
    found = expect(course(), LIMITS, measured=[measured(84, 0.3), measured(84, 2, None, "goodman-baron", 3)])
    assert [one.measured.scale for one in found.place] == ["share", "goodman-baron"]
    assert found.updated.effective_draws > 200
    assert CANNOT not in found.warnings


def test_what_was_measured_too_early_moves_no_band():
    late, early = measured(84, 0.3), measured(10, 0.01)
    found = expect(course(), LIMITS, measured=[early])
    assert found.place[0].verdict == "too-early"
    assert found.updated is None
    assert CANNOT not in found.warnings
    assert "updated" not in {one["of"] for one in found.evidence}
    both = expect(course(), LIMITS, measured=[early, late]).updated
    assert both.as_json() == expect(course(), LIMITS, measured=[late]).updated.as_json()


def test_what_cannot_be_updated_is_said():
    found = expect(course(), LIMITS, measured=[measured(84, 0.9, 0.001), measured(85, 0.1, 0.001)])
    assert found.updated is None
    assert found.warnings[-1] == CANNOT


def test_no_expectation_speaks_of_elastin():
    told = expect(course(), LIMITS, measured=[measured(84, 0.3)], instead=[course(0)]).as_json()
    assert "elastin" not in json.dumps(told)


def test_other_courses_keep_to_the_limits_as_well():
    with pytest.raises(InputError, match=r"^compare_with\[1\]\.dates\[1\]: Sessions stand at least 14 days apart"):
        expect(course(), LIMITS, instead=[course(0), course(0, 7)])
    with pytest.raises(InputError, match=r"^compare_with: Send a number from 0 to 20 courses"):
        expect(course(), LIMITS, instead=[course(0)] * 21)


def test_other_courses_are_for_the_same_concern():
    with pytest.raises(InputError, match=r"^compare_with\[1\]\.concern: Send a course for the same one, acne"):
        expect(course(), LIMITS, instead=[course(), course(concern="wrinkles")])


def test_the_course_and_what_was_measured_are_checked():
    with pytest.raises(InputError, match=r"^depth_mm: "):
        expect(course(depth_mm=3.0), LIMITS)
    with pytest.raises(InputError, match=r"^measured\[0\]\.sd: "):
        expect(course(), LIMITS, measured=[measured(84, 0.3, 0)])


def test_what_is_always_said_is_said_of_every_concern():
    for concern in CONCERNS:
        said = " ".join(warnings(concern=concern))
        assert "without an untreated side" in said or "had no untreated side" in said
        assert "is swelling" in said
        assert "2.5 mm did more than 1.5 mm" in said
        assert SPACING in said


def test_how_far_clinics_lie_apart_is_said_to_be_that_of_acne_scars():
    told = "Studies of acne scars report from a tenth to seven tenths of the score gone; "
    assert f"{told}a clinic may lie anywhere between." in warnings()
    assert f"{told}how far clinics lie apart is taken from them." in warnings(concern="wrinkles")


def test_sessions_nearer_than_usual_are_pointed_out():
    said = "Sessions stand 14 days apart, nearer than the usual 28: check with the rules that this is meant."
    assert said in warnings(0, 28, 42)
    assert said not in warnings(0, 28, 42, limits=replace(LIMITS, usual_interval_days=14))
    assert not any("apart" in one for one in warnings(0))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"punctures_per_cm2": 1000.0}, "Most studies needled about 250 punctures per cm². 1000 is far from that"),
        ({"punctures_per_cm2": 99.0}, "Most studies needled about 250 punctures per cm². 99 is far from that"),
        ({"since": (0, 93)}, "Sessions stand 93 days apart, further than in any study that was read"),
        ({"since": range(0, 8 * 28, 28)}, "8 sessions are more than in any study that was read"),
    ],
)
def test_what_lies_beyond_the_studies_is_called_extrapolated(asked, sentence):
    assert f"{sentence}: extrapolated." in warnings(*asked.pop("since", ()), **asked)


def test_what_lies_within_the_studies_is_not():
    assert not any("extrapolated" in one for one in warnings(punctures_per_cm2=250.0))


def test_a_year_ends_nothing_that_goes_on():
    assert expect(course(0, 365, 730), LIMITS).as_json()["series"][-1]["date"] >= days(730 + 180)[0].isoformat()
