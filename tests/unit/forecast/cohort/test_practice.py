"""A virtual practice: many people, each with knowledge, a clinic and sessions of their own."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.special import expit, logit

from needlework.forecast.cohort import practice
from needlework.forecast.cohort.practice import People, Practice, drawn, shares, simulate
from needlework.forecast.cohort.protocol import Protocol
from needlework.forecast.model import courses, dose, kinetics, parameters
from needlework.forecast.model.gains import gains

VALUES = parameters.values(parameters.from_prior(40, np.random.default_rng(5)))
PROTOCOL = Protocol("four sessions", 4, 28, 1.5, 1000.0)


def a_practice(**changes):
    given = {"values": VALUES, "concern": "acne-scars", "protocol": PROTOCOL, "after_last": (30.0, 180.0)}
    return Practice(**given | changes)


def everybody(one, number, **options):
    return np.concatenate(list(shares(one, number, **options)))


def solved(row, signals, days, output):
    """Return organised collagen at a day by a general solver, from session to session."""
    one = {name: own[[row]] for name, own in VALUES.items()}
    system = kinetics.matrices(one, kinetics.rates_of(one, one["pace"]), np.array([0]))[0]
    state = np.zeros(7)
    for signal, day, until in zip(signals, days, [*days[1:], output], strict=True):
        state[0] += signal
        state = solve_ivp(lambda _, x: system @ x, (day, until), state, "DOP853", rtol=1e-11, atol=1e-13).y[:, -1]
    return state[6]


def test_each_person_is_who_the_equations_say():
    chance = np.random.default_rng(2)
    people = drawn(a_practice(late_days=3.0), 6, chance)
    output = people.days[-1:] + 90.0
    found = simulate(VALUES, "acne-scars", people, output)
    for person, row in enumerate(people.rows):
        one = {name: own[[row]] for name, own in VALUES.items()}
        days, strength = people.days[:, [person]], people.dose[:, [person]]
        signals = gains(one, days, strength)[:, 0]
        unit = solved(row, [1.0], [0.0], courses.YARDSTICK_DAYS)
        worth = solved(row, signals, days[:, 0], output[0, person]) / unit
        treated = one["most_acne_scars"] * (1 - np.exp(-one["per_session"] * worth))
        share = 1 - (1 - treated) * (1 - one["untreated_share"])
        assert found[person, 0] == pytest.approx(expit(logit(share) + people.shifts[person])[0], rel=1e-6)


def test_days_and_doses_that_all_share_are_as_those_of_each():
    people = drawn(a_practice(), 50, np.random.default_rng(3))
    assert people.days.shape == (4, 1)
    own = People(people.rows, people.shifts, np.repeat(people.days, 50, 1), people.dose)
    outputs = np.array([[0.0], [100.0], [300.0]])
    found = simulate(VALUES, "wrinkles", people, outputs)
    assert found.shape == (50, 3)
    assert found.dtype == np.float32
    np.testing.assert_allclose(simulate(VALUES, "wrinkles", own, np.repeat(outputs, 50, 1)), found, rtol=1e-6)
    doses = [np.ones((4, width)) for width in (1, 50)]
    alike, each = (People(people.rows, people.shifts, people.days, dose) for dose in doses)
    np.testing.assert_array_equal(
        simulate(VALUES, "wrinkles", alike, outputs), simulate(VALUES, "wrinkles", each, outputs)
    )


def test_more_people_than_a_block_are_the_same_people(monkeypatch):
    people = drawn(a_practice(late_days=2.0), 30, np.random.default_rng(4))
    outputs = people.days[-1] + np.array([[0.0], [60.0]])
    whole = simulate(VALUES, "acne-scars", people, outputs)
    monkeypatch.setattr(courses, "BLOCK", 7)
    np.testing.assert_array_equal(simulate(VALUES, "acne-scars", people, outputs), whole)


def test_who_comes_late_never_shortens_an_interval():
    people = drawn(a_practice(late_days=3.0), 2000, np.random.default_rng(5))
    late = np.diff(people.days, axis=0) - 28.0
    assert (people.days[0] == 0).all()
    assert (late >= 0).all()
    assert late.mean() == pytest.approx(3.0, rel=0.05)


def test_people_are_of_all_rows_clinics_and_needles():
    people = drawn(a_practice(), 20_000, np.random.default_rng(6))
    assert set(people.rows) == set(range(40))
    np.testing.assert_array_equal(people.dose[0], people.dose[3])
    ends = dose.relative(1.5, 1000.0, np.array([dose.LEAST_REACHED, dose.MOST_REACHED]))
    assert sorted(ends) == pytest.approx([people.dose.min(), people.dose.max()], rel=0.05)
    ours = people.shifts[people.rows == 7]
    clinic, person = VALUES["between_studies"][7], VALUES["between_people"][7]
    assert np.median(ours) == pytest.approx(0, abs=0.15)
    assert ours.var() == pytest.approx(2 * clinic**2 + person**2, rel=0.4)  # of a Student t with 4 degrees: 2


def test_the_same_seed_gives_the_same_people_through_any_executor(monkeypatch):
    monkeypatch.setattr(practice, "AT_A_TIME", 16)
    one = a_practice(late_days=1.0)
    here = list(shares(one, 40, seed=9))
    assert [len(piece) for piece in here] == [16, 16, 8]
    with ThreadPoolExecutor(2) as pool:
        np.testing.assert_array_equal(everybody(one, 40, seed=9, executor=pool), np.concatenate(here))
    assert not np.array_equal(everybody(one, 40, seed=10), np.concatenate(here))
    assert not np.array_equal(here[0], here[1])
