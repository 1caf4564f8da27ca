"""Numbers in a patient's words."""

import pytest

from needlework.forecast.pictures.sentences import between, by, measured, people, percent


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "0%"), (0.004, "less than 1%"), (0.005, "less than 1%"), (0.314, "31%"), (0.994, "99%"),
        (0.998, "more than 99%"), (1.0, "100%"), (-0.04, "−4%"), (-0.001, "0%"),
    ],
)  # fmt: skip
def test_a_share_is_nothing_or_all_only_where_it_is(share: float, said: str):
    assert percent(share) == said


@pytest.mark.parametrize(
    ("share", "said"), [(0.0, "0 in 100 people"), (0.001, "fewer than 1 in 100 people"), (0.42, "42 in 100 people")]
)
def test_people_are_counted_of_a_hundred(share: float, said: str):
    assert people(share) == said


def test_a_band_without_width_is_one_number():
    assert between([0.301, 0.302]) == "at 30%"
    assert between([0.1, 0.3]) == "between 10% and 30%"


def test_what_is_not_reached_has_no_day():
    assert by(None) == "not in the time shown"
    assert by("2027-03-02") == "by 2 March 2027"


@pytest.mark.parametrize(("share", "said"), [(0.5, "50% gone"), (0.0, "0% gone"), (-2.0, "worse by 200%")])
def test_what_was_measured_is_gone_or_worse(share: float, said: str):
    place = {"on": "2027-03-30", "share": share, "sentence": "Measure again by 30 April 2027."}
    assert measured(place) == f"Measured on 30 March 2027: {said}. Measure again by 30 April 2027."
