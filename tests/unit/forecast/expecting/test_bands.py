"""Bands: a median with the ranges in which half, and nine in ten, lie."""

import numpy as np
import pytest

from needlework.forecast.expecting.bands import QUANTILES, band, quantiles, reached, rounded, single, weighted

ROWS = np.random.default_rng(3).standard_normal((4, 1001))


def test_quantiles_lie_between_neighbours_in_proportion():
    rows = ROWS[:, :998]
    assert np.allclose(quantiles(rows), np.quantile(rows, QUANTILES, axis=1).T)


def test_quantiles_of_one_value_are_that_value():
    assert quantiles(np.full((1, 1), 0.25)).tolist() == [[0.25] * 5]


def test_values_that_weigh_alike_have_the_quantiles_of_values_without_weights():
    assert weighted(ROWS[0], np.full(1001, 1 / 1001)) == pytest.approx(quantiles(ROWS)[0], abs=0.01)


def test_a_heavy_value_draws_the_band_to_itself():
    weights = np.where(np.arange(1001) == 7, 1.0, 0.0)
    assert weighted(ROWS[0], weights) == pytest.approx([ROWS[0, 7]] * 5, abs=0.01)


def test_rows_with_infinity_have_quantiles_of_their_own_values():
    row = np.array([[1.0, 2.0, 3.0, np.inf, np.inf]])
    assert reached(row).tolist() == [[2.0, 2.0, 3.0, np.inf, np.inf]]


def test_a_band_is_told_with_four_decimals_or_as_asked():
    told = band(np.array([0.00004, 0.2, 0.3, 0.4, 0.98765]))
    assert told.as_json() == {"median": 0.3, "band_50": [0.2, 0.4], "band_90": [0.0, 0.9877]}
    assert told.as_json(str)["band_50"] == ["0.2", "0.4"]


def test_nothing_is_told_as_less_than_nothing():
    assert str(rounded(-0.00001)) == "0.0"


def test_single_precision_is_not_copied_twice():
    once = single(ROWS)
    assert once.dtype == np.float32
    assert single(once) is once
