"""Courses: what sessions add to, for many rows at once."""

import numpy as np
import pytest

from needlework.forecast.model import courses, kinetics, parameters
from needlework.forecast.model.gains import gains

DAYS = np.array([[0.0], [28.0], [56.0]])
DOSE = np.array([[1.0], [0.5], [2.0]])
OUTPUTS = np.array([[-5.0], [0.0], [10.0], [28.0], [60.0], [400.0]])
ROWS = 7


@pytest.fixture
def values():
    drawn = parameters.values(parameters.from_prior(ROWS, np.random.default_rng(11)))
    drawn["macrophage_days"][2] = drawn["acute_days"][2]
    return drawn


def own(shared, rows=ROWS):
    """Return for each row what all share."""
    return np.repeat(shared, rows, 1)


def test_nothing_is_there_before_the_first_session(values):
    assert (courses.seen(values, "most_acne_scars", DAYS, DOSE, OUTPUTS)[0] == 0).all()


@pytest.mark.parametrize("own_days", [False, True])
@pytest.mark.parametrize("own_outputs", [False, True])
def test_rows_with_their_own_days_and_outputs_find_the_same(values, own_days, own_outputs):
    shared = courses.organised(values, DAYS, DOSE, OUTPUTS)
    days, dose = (own(DAYS), own(DOSE)) if own_days else (DAYS, DOSE)
    found = courses.organised(values, days, dose, own(OUTPUTS) if own_outputs else OUTPUTS)
    np.testing.assert_allclose(found, shared, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("own_days", [False, True])
@pytest.mark.parametrize("own_outputs", [False, True])
def test_rows_differ_by_their_own_days_and_outputs(values, own_days, own_outputs):
    """Each row is what it is alone, whatever the others were asked; some outputs lie before a session, some after."""
    apart = 9 * np.arange(ROWS)
    days, outputs = own(DAYS) + own_days * apart, own(OUTPUTS) + own_outputs * apart
    shared = (days if own_days else DAYS, DOSE, outputs if own_outputs else OUTPUTS)
    found = courses.organised(values, *shared)
    for row in range(ROWS):
        alone = {name: column[[row]] for name, column in values.items()}
        one = courses.organised(alone, days[:, [row]], DOSE, outputs[:, [row]])
        np.testing.assert_allclose(found[:, row], one[:, 0], rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("block", [1, 3, ROWS])
def test_blocks_do_not_matter(values, block, monkeypatch):
    whole = courses.organised(values, own(DAYS), own(DOSE), own(OUTPUTS))
    monkeypatch.setattr(courses, "BLOCK", block)
    np.testing.assert_allclose(
        courses.organised(values, own(DAYS), own(DOSE), own(OUTPUTS)), whole, rtol=1e-12, atol=1e-13
    )
    shared = courses.organised(values, DAYS, DOSE, OUTPUTS)
    np.testing.assert_allclose(shared, whole, rtol=1e-12, atol=1e-13)


def test_states_add_over_sessions(values):
    """Linear in the signals: a course is the sum of its sessions, each alone."""
    response = kinetics.answer(values, "organisation")
    signals = gains(values, DAYS, DOSE)
    whole = courses.states(response, signals, DAYS, OUTPUTS)
    parts = [courses.states(response, signals[[session]], DAYS[[session]], OUTPUTS) for session in range(len(signals))]
    np.testing.assert_allclose(whole, sum(parts), rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(courses.states(response, 3 * signals, DAYS, OUTPUTS), 3 * whole, rtol=1e-10, atol=1e-12)


def test_one_session_is_worth_one_session_after_half_a_year(values):
    found = courses.organised(values, np.array([[10.0]]), np.array([[1.0]]), np.array([[190.0]]))
    assert found[0] == pytest.approx(np.ones(ROWS))


def test_sessions_on_one_day_are_both_there(values):
    """The second finds skin that answers less."""
    found = courses.organised(values, np.zeros((2, 1)), np.ones((2, 1)), np.array([[180.0]]))
    assert found[0] == pytest.approx(2 - values["refractory_share"])


def test_what_is_seen_saturates(values):
    worth = np.array([[-1e-12], [0.0], [1.0], [1e6]]) * np.ones(ROWS)
    found = courses.saturated(values, "most_wrinkles", worth)
    most, pace = values["most_wrinkles"], values["per_session"]
    assert (found[:2] == 0).all()
    assert found[2] == pytest.approx(most * (1 - np.exp(-pace)))
    assert found[3] == pytest.approx(most)


def test_more_sessions_are_seen_more_and_each_adds_less(values):
    after = [
        courses.seen(values, "most_acne_scars", DAYS[:count], np.ones((count, 1)), np.array([[300.0]]))[0]
        for count in (1, 2, 3)
    ]
    first, second, third = np.diff([np.zeros(ROWS), *after], axis=0)
    assert (third > 0).all()
    assert (first > second).all()
    assert (second > third).all()


def test_a_score_holds_the_change_without_treatment_too():
    values = {"untreated_share": np.array([0.1, 0.2])}
    assert courses.scored(values, np.array([[0.0, 0.0], [0.5, 0.5], [1.0, 1.0]])) == pytest.approx(
        np.array([[0.1, 0.2], [0.55, 0.6], [1.0, 1.0]])
    )


def test_no_outputs_are_no_states(values):
    response = kinetics.answer(values, "organisation")
    assert len(response.near)
    assert courses.states(response, own(DOSE), DAYS, np.empty((0, 1))).shape == (0, ROWS)
