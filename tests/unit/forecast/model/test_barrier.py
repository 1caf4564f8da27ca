"""What heals within hours and days."""

import numpy as np
import pytest

from needlework.forecast.model import barrier

VALUES = {
    "channel_hours": np.array([1.0]),
    "channel_depth": np.array([0.5]),
    "channel_covered": np.array([8.0]),
    "channel_seen": np.array([4.0]),
    "redness_hours": np.array([30.0]),
    "redness_depth": np.array([1.0]),
}
THREE_TIMES = np.log(20)
"""Time constants until a twentieth is left: nearly three."""


def test_a_channel_of_the_reference_length_closes_in_three_time_constants():
    assert barrier.closing_hours(VALUES, 0.75) == pytest.approx(THREE_TIMES)


def test_a_longer_channel_closes_later_by_its_power():
    assert barrier.closing_hours(VALUES, 3.0) == pytest.approx(2 * THREE_TIMES)


def test_a_covered_channel_and_a_dye_take_longer_each_by_its_factor():
    assert barrier.closing_hours(VALUES, 0.75, covered=True) == pytest.approx(8 * THREE_TIMES)
    assert barrier.closing_hours(VALUES, 0.75, by_dye=True) == pytest.approx(4 * THREE_TIMES)
    assert barrier.closing_hours(VALUES, 0.75, covered=True, by_dye=True) == pytest.approx(32 * THREE_TIMES)


def test_redness_lasts_longer_the_longer_the_needles():
    assert barrier.redness_hours(VALUES, 1.5) == pytest.approx(30.0)
    assert barrier.redness_hours(VALUES, 0.5) == pytest.approx(10.0)


def test_swelling_goes_before_redness():
    """Redness exp(−k t) falls to a tenth after 30 h; its power 1.5 after 20 h."""
    assert barrier.swelling_hours(np.array([30.0])) == pytest.approx(20.0)
