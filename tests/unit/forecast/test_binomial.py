"""The interval of a share that was counted."""

import pytest

from needlework.forecast.binomial import interval


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    [(4, 6, 0.2228, 0.9567), (0, 10, 0.0, 0.3085), (10, 10, 0.6915, 1.0), (18, 20, 0.6830, 0.9877)],
)
def test_the_interval_of_a_share_is_that_of_the_tables(found, of, low, high):
    assert interval(found, of) == pytest.approx((low, high), abs=5e-5)
