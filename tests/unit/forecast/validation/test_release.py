"""The release gate: what the package's forecasts hold of what they have not seen."""

import sys
from types import SimpleNamespace

import pytest

from needlework.forecast.validation import kept
from needlework.forecast.validation.release import LEAST, Tally, tally
from needlework.forecast.validation.words import gated


def test_at_least_eight_in_ten_reports_lie_in_the_middle_nine_tenths():
    pooled = tally(kept.checks())
    sys.stdout.write(gated(pooled))
    assert pooled.share >= 0.8, gated(pooled)


def test_the_gate_asks_for_eight_in_ten():
    assert LEAST == 0.8
    assert Tally(8, 10).passes
    assert not Tally(79, 100).passes


def test_only_what_counts_is_counted():
    checks = [
        SimpleNamespace(counted=counted, inside=lambda share, low=low: share > low)
        for counted, low in [(True, 0.0), (True, 0.7), (True, 0.95), (False, 0.0)]
    ]
    assert tally(checks) == Tally(2, 3)
    assert tally(checks, 0.5) == Tally(1, 3)


def test_the_share_has_its_exact_interval():
    assert Tally(4, 6).share == pytest.approx(2 / 3)
    assert Tally(4, 6).interval == pytest.approx((0.2228, 0.9567), abs=5e-5)


@pytest.mark.parametrize(("inside", "of", "spare"), [(32, 40, 0), (34, 40, 2), (28, 35, 0), (31, 40, 0), (10, 10, 2)])
def test_the_gate_says_how_many_more_misses_it_would_bear(inside, of, spare):
    assert Tally(inside, of).spare == spare


@pytest.mark.parametrize(("inside", "said"), [(31, "NOT PASSED"), (32, "passed, with none to spare")])
def test_the_gate_is_told_with_its_interval(inside, said):
    low, high = (f"{100 * end:.0f} %" for end in Tally(inside, 40).interval)
    assert gated(Tally(inside, 40)) == (
        f"{inside} of 40 lie in the middle nine tenths of a forecast that had not seen them: {inside / 0.4:.0f} % "
        f"(95 % interval {low} to {high}); of bands that are right it is 90 %. At least 80 % is asked: {said}."
    )


def test_the_gate_says_what_is_to_spare():
    assert gated(Tally(35, 40)).endswith("passed, with 3 to spare.")
