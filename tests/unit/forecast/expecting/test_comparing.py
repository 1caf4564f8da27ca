"""One more session, and other courses beside one."""

from dataclasses import replace

import pytest

from needlework.forecast.expecting.comparing import SPACING, Alternative, alternatives, next_session, rating_error
from needlework.forecast.expecting.drawn import drawn
from tests.expecting import course, days

FOUR = course()


def alternative(*since, **changes):
    (found,) = alternatives(drawn(), FOUR, [replace(FOUR, dates=days(*since) if since else FOUR.dates, **changes)])
    return found


@pytest.mark.parametrize(
    ("probability", "verdict"),
    [
        (0.0999, "worse"),
        (0.1, "not-distinguishable"),
        (0.5, "not-distinguishable"),
        (0.9, "not-distinguishable"),
        (0.9001, "better"),
    ],
)
def test_two_courses_are_told_apart_only_beyond_one_in_ten(probability, verdict):
    assert Alternative(FOUR, probability, False).verdict == verdict


def test_a_course_is_as_good_as_itself():
    assert alternative().probability_better == 0.5


def test_fewer_sessions_rarely_look_better_and_more_rarely_worse():
    assert alternative(0).probability_better < 0.5 < alternative(*range(0, 12 * 28, 28)).probability_better


def test_two_courses_change_places():
    one, four = course(0), FOUR
    (there,), (back,) = alternatives(drawn(), one, [four]), alternatives(drawn(), four, [one])
    assert there.probability_better + back.probability_better == pytest.approx(1)


def test_a_course_that_differs_in_spacing_alone_is_told_what_is_known_of_spacing():
    assert alternative(0, 42, 84, 126).sentence.endswith(SPACING)
    assert alternative(0, 14, 28, 42).verdict == "not-distinguishable"
    assert SPACING not in alternative().sentence
    assert SPACING not in alternative(0, 28, 56).sentence
    assert SPACING not in alternative(0, 42, 84, 126, depth_mm=1.0).sentence


def test_an_alternative_is_told_with_its_course():
    told = alternative(0, depth_mm=1.0).as_json()
    assert told["course"] == {"dates": ["2026-12-01"], "depth_mm": 1.0, "punctures_per_cm2": 250.0}
    assert set(told) == {"course", "probability_better", "verdict", "sentence"}


def test_one_more_session_adds_less_the_more_there_were():
    first, fifth = (next_session(drawn(), one, 28) for one in (course(0), FOUR))
    assert first.adds.median > fifth.adds.median >= 0
    assert first.told_apart > fifth.told_apart
    assert fifth.as_json()["on"] == "2027-03-23"


def test_one_more_session_that_adds_nothing_is_seen_once_in_forty_by_chance():
    shallow = replace(FOUR, depth_mm=0.05)
    assert next_session(drawn(), shallow, 28).told_apart == pytest.approx(0.025, abs=1e-4)


@pytest.mark.parametrize("since", [range(0, 12 * 28, 28), (0, 1080)])
def test_there_is_no_next_session_where_the_model_reaches_no_further(since):
    assert next_session(drawn(), course(*since), 28) is None


def test_an_error_in_grades_is_smaller_on_a_longer_scale():
    error = {name: rating_error(drawn(), name).mean() for name in ("acne-scars", "stretch-marks", "wrinkles")}
    assert error["acne-scars"] > error["stretch-marks"] > error["wrinkles"]
