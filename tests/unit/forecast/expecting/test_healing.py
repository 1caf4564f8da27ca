"""Redness and swelling by day, and how much of a session's response is delivered."""

import numpy as np

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
    hours = told["gone_after_hours"]
    assert hours["median"] == round(hours["median"], 1)
    still = {one["day"]: one["still_red"] for one in told["by_day"]}
    assert still[1] >= 0.5 if hours["median"] > 24 else still[1] <= 0.5


def test_deeper_needles_redden_for_longer():
    shallow, deep = (redness(drawn(), depth).gone_after_hours.median for depth in (0.5, 2.5))
    assert shallow < deep


def test_a_response_is_delivered_bit_by_bit():
    medians = [day.median for day in delivered_by_day()]
    assert len(medians) == 60
    assert medians == sorted(medians)
    assert 0 < medians[0] < 0.5 < medians[-1] <= 1
