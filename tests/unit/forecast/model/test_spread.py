"""How clinics and people differ, on the scale of log odds."""

import numpy as np
import pytest

from needlework.forecast.model import spread

ROWS = 40_000
VALUES = {"between_studies": np.full(ROWS, 0.6), "between_people": np.full(ROWS, 0.7)}


def quantiles(found, *shares):
    return np.quantile(found, shares)


def test_clinics_differ_by_a_student_t_of_four():
    """Its quartile is 0.741 and its 95th percentile 2.132 (tables)."""
    found = spread.clinics(VALUES, np.random.default_rng(1)) / 0.6
    assert quantiles(found, 0.25, 0.5, 0.75) == pytest.approx([-0.741, 0, 0.741], abs=0.02)
    assert quantiles(found, 0.05, 0.95) == pytest.approx([-2.132, 2.132], abs=0.06)


def test_people_differ_by_a_normal():
    found = spread.people(VALUES, np.random.default_rng(1)) / 0.7
    assert quantiles(found, 0.05, 0.5, 0.95) == pytest.approx([-1.645, 0, 1.645], abs=0.03)


def test_each_row_has_its_own_scale():
    values = {"between_people": np.array([0.0, 1.0])}
    assert spread.people(values, np.random.default_rng(1))[0] == 0


def test_a_share_moves_on_the_scale_of_log_odds():
    assert spread.shifted(np.array([0.5]), np.log(3)) == pytest.approx([0.75])
    assert spread.log_odds(np.array([0.75])) == pytest.approx([np.log(3)])


def test_no_shift_leaves_a_share_as_it_is():
    shares = np.linspace(0.001, 0.999, 11)
    assert spread.shifted(shares, 0.0) == pytest.approx(shares)


def test_nothing_and_all_are_kept_off_the_ends():
    found = spread.shifted(np.array([0.0, 1.0]), 0.0)
    assert found == pytest.approx([spread.LEAST, 1 - spread.LEAST])
