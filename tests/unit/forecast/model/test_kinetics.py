"""The closed form of the cell chain and of collagen, beside a general solver: for any rates, equal ones included."""

import numpy as np
import pytest
from scipy.integrate import simpson

from needlework.forecast.model import kinetics, parameters
from needlework.forecast.model.courses import states
from needlework.forecast.model.kinetics import STATES
from tests.integrated import changes, integrated

SESSIONS = np.array([0.0, 7.0, 28.0, 60.0])
SIGNALS = np.array([1.0, 0.7, 0.9, 0.4])
OUTPUTS = np.array([0.0, 1.0, 5.0, 7.0, 20.0, 28.0, 61.0, 120.0, 400.0])
CHAIN = ("acute_days", "macrophage_days", "recruitment_days", "synthesis_days")
SLOW = ("collagen_3_days", "collagen_1_days", "organising_days")
EQUAL = {"two": CHAIN[:2], "the chain": CHAIN, "collagen and organisation": SLOW, "all seven": CHAIN + SLOW}
APART = [0.0, 1e-15, 1e-12, 1e-9, 1e-6, 1e-4, 1e-2, 0.1]
"""Relative distances of neighbouring times, through both ways of solving and the change between them."""


def drawn(rows, seed=5):
    """Return values drawn from the priors."""
    return parameters.values(parameters.from_prior(rows, np.random.default_rng(seed)))


def row(values, index=0):
    """Return one row of values as plain numbers."""
    return {name: float(column[index]) for name, column in values.items()}


def near(names, apart):
    """Return one row in which these times differ by so much from each other."""
    values = drawn(1)
    values["pace"][:] = 1.0
    for index, name in enumerate(names):
        values[name][:] = 9.0 * (1 + apart) ** index
    return values


def worst(values):
    """Return the largest distance of any state from the solver's, relative to the state's largest value."""
    rows = len(values["pace"])
    told = np.array([integrated(row(values, index), SIGNALS, SESSIONS, OUTPUTS) for index in range(rows)])
    found = np.stack(
        [
            states(
                kinetics.answer(values, name), np.repeat(SIGNALS[:, None], rows, 1), SESSIONS[:, None], OUTPUTS[:, None]
            )
            for name in STATES
        ]
    )
    return (np.abs(found.transpose(2, 1, 0) - told).max(1) / told.max(1)).max()


def test_every_state_is_that_of_a_general_solver():
    assert worst(drawn(25)) < 1e-9


@pytest.mark.parametrize("apart", APART)
@pytest.mark.parametrize("names", EQUAL.values(), ids=EQUAL)
def test_equal_and_nearly_equal_rates_are_those_of_a_general_solver(names, apart):
    assert worst(near(names, apart)) < 1e-9


def test_both_ways_of_solving_are_tested():
    met = [len(kinetics.answer(near(CHAIN + SLOW, apart), "organisation").near) for apart in APART]
    assert met[0] == 1
    assert met[-1] == 0


def test_a_row_with_near_rates_does_not_touch_the_others():
    values = drawn(3)
    alone = kinetics.answer(values, "organisation").after(40.0)
    values["macrophage_days"][1] = values["acute_days"][1]
    found = kinetics.answer(values, "organisation")
    assert found.near.tolist() == [1]
    np.testing.assert_array_equal(found.after(40.0)[[0, 2]], alone[[0, 2]])
    assert found.after(40.0)[1] == pytest.approx(integrated(row(values, 1), [1.0], [0.0], [40.0])[0, 6], rel=1e-8)


def test_rows_are_taken_in_any_order_and_more_than_once():
    values = drawn(4)
    values["macrophage_days"][[1, 3]] = values["acute_days"][[1, 3]]
    whole = kinetics.answer(values, "organisation")
    rows = np.array([3, 0, 3, 2, 1])
    taken = whole.take(rows)
    assert taken.near.tolist() == [0, 2, 4]
    np.testing.assert_allclose(taken.after(33.0), whole.after(33.0)[rows], rtol=1e-12)


def test_pace_scales_the_times_of_the_chain_alone():
    values = drawn(3)
    full = kinetics.answer(values, "synthesising", pace=1.0)
    own = kinetics.answer(values, "synthesising")
    np.testing.assert_allclose(own.rates[:4] * values["pace"], full.rates[:4])
    np.testing.assert_array_equal(own.rates[4:], full.rates[4:])


def test_the_signal_halves_with_its_half_life():
    values = drawn(3)
    half_life = float(values["acute_days"][0] * values["pace"][0] * np.log(2))
    assert kinetics.answer(values, "signal").after(half_life)[0] == pytest.approx(0.5)


@pytest.mark.parametrize("state", STATES[1:])
def test_only_the_signal_is_there_at_once(state):
    assert np.abs(kinetics.answer(drawn(20), state).after(0.0)).max() < 1e-8


def test_what_leaves_the_chain_is_delivered():
    """The share delivered by a day is all that fibroblasts have passed on until then."""
    values = drawn(4)
    pace = values["synthesis_days"] * values["pace"]
    days = np.linspace(0.0, 40.0, 801)
    working = np.array([kinetics.answer(values, "synthesising").after(day) for day in days])
    passed = simpson(working, x=days, axis=0) / pace
    assert passed == pytest.approx(kinetics.delivered(values, np.array([40.0]))[0], abs=1e-5)


def test_delivered_rises_from_nothing_to_all():
    found = kinetics.delivered(drawn(50), np.array([0.0, 1.0, 7.0, 14.0, 28.0, 60.0, 2000.0]))
    assert np.abs(found[0]).max() < 1e-12
    assert (np.diff(found, axis=0) > 0).all()
    assert np.abs(found[-1] - 1).max() < 1e-6


def test_new_collagen_is_all_that_was_laid_down():
    """Where nothing goes, both types together are the collagen of one reference session."""
    values = drawn(5)
    values["collagen_3_days"][:], values["collagen_1_days"][:] = 1e9, 1e10
    both = kinetics.answer(values, "collagen_3").after(1000.0) + kinetics.answer(values, "collagen_1").after(1000.0)
    assert both == pytest.approx(values["collagen_percent"], rel=1e-5)


def test_the_two_types_share_new_collagen():
    values = drawn(5)
    third, first = kinetics.yields(values)
    assert third + first == pytest.approx(values["collagen_percent"])
    assert third / (third + first) == pytest.approx(values["share_3"])


def test_the_matrices_hold_the_equations():
    values = drawn(2)
    rates = kinetics.rates_of(values, values["pace"])
    system = kinetics.matrices(values, rates, np.arange(2))
    state = np.arange(1.0, 8.0)
    assert system[1] @ state == pytest.approx(changes(row(values, 1), state))
