"""Redness and swelling by day, and how much of a session's response is delivered."""

import numpy as np
import pytest
from scipy.special import ndtr

from needlework.forecast.expecting.drawn import drawn
from needlework.forecast.expecting.healing import delivered_by_day, redness


def test_redness_and_swelling_go_day_by_day_and_swelling_first():
    found = redness(drawn(), 1.5)
    assert len(found.still_red) == len(found.still_swollen) == 14
    assert (np.diff(found.still_red) <= 0).all()
    assert (found.still_swollen <= found.still_red).all()


def test_redness_is_told_in_hours_and_in_shares_of_people():
    told = redness(drawn(), 1.5).as_json()
    assert set(told) == {"gone_after_hours", "by_day"}
    assert set(told["by_day"][0]) == {"day", "still_red", "still_swollen"}
    assert [one["day"] for one in told["by_day"]] == list(range(1, 15))
    assert told["gone_after_hours"]["median"] == round(told["gone_after_hours"]["median"], 1)


def test_people_are_red_for_as_many_days_as_their_hours_make():
    """At 1.5 mm redness has gone after `redness_hours`, give or take; swelling after two thirds of that."""
    found, values = redness(drawn(), 1.5), drawn().values
    for day in (1, 3, 7):
        for part, still in ((1.0, found.still_red), (1.5, found.still_swollen)):
            beyond = np.log(values["redness_hours"] / part / (24 * day)) / values["redness_spread"]
            assert still[day - 1] == pytest.approx(ndtr(beyond).mean(), abs=0.02)


def test_deeper_needles_redden_for_longer():
    shallow, deep = (redness(drawn(), depth).gone_after_hours.median for depth in (0.5, 2.5))
    assert shallow < deep


def test_a_response_is_delivered_bit_by_bit():
    medians = [day.median for day in delivered_by_day()]
    assert len(medians) == 60
    assert medians == sorted(medians)
    assert 0 < medians[0] < 0.5 < medians[-1] <= 1
