"""Scores of draws against what was reported, beside closed forms and published values."""

import numpy as np
import pytest
from scipy.special import erf, ndtri

from needlework.forecast.validation.scores import band, brier, crps, held, place, within

INFINITE = float("inf")
NORMAL = ndtri((np.arange(200_000) + 0.5) / 200_000)
"""The standard normal, as evenly as so many draws can be it."""


def crps_of_a_normal(z: float) -> float:
    """Gneiting & Raftery 2007, equation 5."""
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    return z * erf(z / np.sqrt(2)) + 2 * density - 1 / np.sqrt(np.pi)


@pytest.mark.parametrize("z", [-3.0, -0.4, 0.0, 1.0, 2.5])
def test_crps_is_that_of_the_closed_form(z):
    assert crps(NORMAL, z) == pytest.approx(crps_of_a_normal(z), abs=1e-4)


def test_crps_of_one_draw_is_its_error():
    assert crps(np.array([2.0]), 5.0) == 3.0


def test_crps_is_that_of_all_pairs():
    draws = np.random.default_rng(5).gamma(2.0, size=60)
    pairs = np.abs(draws[:, None] - draws).mean()
    assert crps(draws, 1.3) == pytest.approx(np.abs(draws - 1.3).mean() - pairs / 2, rel=1e-12)


def test_crps_keeps_the_unit():
    assert crps(60 * NORMAL, 60 * 1.2) == pytest.approx(60 * crps(NORMAL, 1.2))


def test_places_of_what_the_draws_themselves_foretell_are_even():
    chance = np.random.default_rng(7)
    draws = chance.gamma(2.0, size=4_000)
    places = np.sort([place(draws, (seen, seen)) for seen in chance.gamma(2.0, size=2_000)])
    even = (np.arange(len(places)) + 0.5) / len(places)
    assert np.abs(places - even).max() < 1.63 / np.sqrt(len(places)) + 1.63 / np.sqrt(len(draws))
    for share in (0.5, 0.9):
        assert np.mean([within(one, share) for one in places]) == pytest.approx(share, abs=0.04)


def test_the_place_of_a_count_is_the_middle_of_its_step():
    assert place(np.array([0.0, 1.0, 1.0, 2.0]), (1.0, 1.0)) == 0.5
    assert place(np.array([0.0, 0.0, 1.0, 1.0]), (0.0, 0.0)) == 0.25


@pytest.mark.parametrize(
    ("reported", "probability", "where"),
    [((-INFINITE, 24.0), 0.3, 0.15), ((24.0, INFINITE), 0.7, 0.65), ((0.0, INFINITE), 1.0, 0.5)],
)
def test_a_bound_stands_in_the_middle_of_what_it_leaves_open(reported, probability, where):
    draws = np.linspace(0.5, 79.5, 80)
    assert held(draws, reported) == pytest.approx(probability, abs=1e-12)
    assert place(draws, reported) == pytest.approx(where, abs=1e-12)
    assert brier(draws, reported) == pytest.approx((1 - probability) ** 2)


def test_a_bound_is_in_the_middle_nine_tenths_where_the_draws_hold_it_with_one_in_ten():
    draws = np.arange(100.0)
    assert within(place(draws, (-INFINITE, 9.5)), 0.9)
    assert not within(place(draws, (-INFINITE, 8.5)), 0.9)
    assert within(place(draws, (90.0, INFINITE)), 0.9)
    assert not within(place(draws, (91.0, INFINITE)), 0.9)


def test_a_band_leaves_the_same_share_on_both_sides():
    assert band(NORMAL, 0.9) == pytest.approx((-1.6449, 1.6449), abs=1e-3)
    assert band(NORMAL, 0.5) == pytest.approx((-0.6745, 0.6745), abs=1e-3)
