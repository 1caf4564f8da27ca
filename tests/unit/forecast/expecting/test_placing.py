"""Where a measurement stands in what was to be expected."""

import numpy as np
import pytest

from needlework.forecast.expecting.drawn import drawn
from needlework.forecast.expecting.placing import COARSE, PHOTO, places, telling_day
from needlework.forecast.expecting.seen import beside
from needlework.forecast.expecting.timing import first_change, most_of_change
from tests.expecting import FIRST, course, days, measured

TELLING = days(60)[0]


def place(*args, **kinds):
    (found,) = places(beside(drawn(), course(), [measured(*args, **kinds)]), TELLING)
    return found


def test_before_half_of_people_show_a_change_it_is_too_early_to_tell():
    early, in_time = place(59, -0.5), place(60, -0.5)
    assert early.verdict == "too-early"
    assert early.sentence == (
        "Too early to tell: only by 30 January 2027 do half of people show a noticeable change, or most of their own."
    )
    assert in_time.verdict == "below-nine-in-ten"


def test_a_measurement_is_below_within_or_above_what_nine_in_ten_would_show():
    verdicts = [place(264, value, 0.02).verdict for value in (-0.05, 0.4, 0.99)]
    assert verdicts == ["below-nine-in-ten", "as-expected", "above-nine-in-ten"]


def test_a_percentile_is_told_in_people():
    found = place(264, 0.4)
    assert (
        found.sentence
        == f"As expected: about {round(100 * found.percentile)} in 100 people would show less by this day."
    )
    assert found.as_json() == {
        "on": "2027-08-22",
        "value": 0.4,
        "sd": 0.1,
        "scale": "share",
        "share": 0.4,
        "percentile": round(found.percentile, 4),
        "verdict": "as-expected",
        "sentence": found.sentence,
    }


def test_a_grade_is_below_nine_in_ten_only_if_nine_in_ten_have_a_better_one():
    worse, same, best = (place(264, grade, None, "goodman-baron", 4) for grade in (4, 3, 1))
    assert worse.percentile < same.percentile < best.percentile
    (crowd,) = beside(drawn(), course(), [measured(264, 4, None, "goodman-baron", 4)])
    as_bad = crowd.seen.at_most.mean()
    assert (worse.verdict == "below-nine-in-ten") == (as_bad < 0.1)


def test_the_error_of_a_measurement_counts():
    precise, rough = place(264, 0.0, 0.01), place(264, 0.0, 0.4)
    assert precise.percentile < rough.percentile
    assert precise.verdict == "below-nine-in-ten"
    assert rough.verdict == "as-expected"


def test_an_error_larger_than_the_differences_between_people_is_told():
    assert place(264, 0.4, 0.5).sentence.endswith(COARSE)
    assert COARSE not in place(264, 0.4, 0.1).sentence
    assert place(264, 2, 2.0, "goodman-baron", 3).sentence.endswith(COARSE)


def test_a_measure_of_photographs_says_that_its_slope_is_assumed():
    assert PHOTO in place(264, -12.1, 4.0, "photo").sentence


def test_the_telling_day_is_that_of_the_first_change_or_of_most_of_it():
    grid = np.array([0.0, 100.0])
    people = np.array([[0.0] * 3, [0.05, 0.2, 0.4]])
    most = most_of_change(FIRST, grid, people, people[1])
    assert telling_day(first_change(FIRST, grid, people), most) == days(50)[0]
    nobody = people / 10
    never = first_change(FIRST, grid, nobody)
    assert never.median is None
    assert telling_day(never, most_of_change(FIRST, grid, nobody, nobody[1])) == days(80)[0]


def test_where_treatment_does_nothing_there_is_nothing_to_wait_for():
    grid, people = np.array([0.0, 100.0]), np.zeros((2, 3))
    assert telling_day(first_change(FIRST, grid, people), most_of_change(FIRST, grid, people, people[1])) == FIRST


@pytest.mark.parametrize("sd", [0.01, 0.1])
def test_more_of_a_change_has_a_higher_place(sd):
    found = [place(264, value, sd).percentile for value in (-0.2, 0.0, 0.2, 0.4, 0.8)]
    assert found == sorted(found)
