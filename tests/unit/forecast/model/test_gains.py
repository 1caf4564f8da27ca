"""The signal of each session: it saturates with the dose, and skin treated lately answers less."""

import numpy as np
import pytest

from needlework.forecast.model.gains import gains

HALVED = 10 * np.log(2)
"""Days in which skin with a time constant of ten recovers by half."""


def signals(days, *doses, lost=0.5, half=1.0):
    """Return the signals of sessions on skin that recovers with a time constant of ten days."""
    values = {name: np.array([value]) for name, value in zip(NAMES, (half, lost, 10.0), strict=True)}
    return gains(values, np.array([days], float).T, np.array([doses], float).T)[:, 0]


NAMES = ("half_dose", "refractory_share", "refractory_days")


def test_a_reference_dose_on_rested_skin_is_one_signal():
    for half in (0.2, 1.0, 7.0):
        assert signals([0], 1, half=half) == pytest.approx([1.0])


def test_a_dose_saturates():
    found = [signals([0], dose)[0] for dose in (0, 0.5, 1, 2, 1e9)]
    assert found == pytest.approx([0, 2 / 3, 1, 4 / 3, 2])


def test_half_of_the_most_is_done_by_half_dose():
    assert signals([0], 3, half=3) / signals([0], 1e12, half=3) == pytest.approx(0.5)


def test_sessions_at_once_each_lose_a_share_of_what_is_left():
    assert signals([0, 0, 0], 1, 1, 1) == pytest.approx([1, 0.5, 0.25])


def test_skin_answers_again_with_its_time_constant():
    assert signals([0, HALVED, 2 * HALVED], 1, 1, 1) == pytest.approx([1, 0.75, 1 - (0.25 + 0.5 * 0.75) / 2])


def test_a_session_a_year_later_finds_rested_skin():
    assert signals([0, 365], 1, 1) == pytest.approx([1, 1])


def test_a_strong_session_makes_skin_no_more_refractory_than_a_reference_session():
    assert signals([0, 0], 50, 1)[1] == pytest.approx(signals([0, 0], 1, 1)[1])


def test_a_weak_session_makes_skin_less_refractory():
    assert signals([0, 0], 0.5, 1) == pytest.approx([2 / 3, 1 - 0.5 * 2 / 3])


def test_rows_have_their_own_days_and_doses_or_share_them():
    values = {name: np.array([one, other]) for name, one, other in zip(NAMES, (1, 0.5, 10), (3, 0.2, 5), strict=True)}
    days, doses = np.array([[0.0], [7.0]]), np.array([[1.0], [2.0]])
    shared = gains(values, days, doses)
    own = gains(values, np.repeat(days, 2, 1), np.repeat(doses, 2, 1))
    np.testing.assert_array_equal(shared, own)
    assert shared.shape == (2, 2)
    assert shared[1, 0] != shared[1, 1]
