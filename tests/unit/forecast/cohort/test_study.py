"""A study of two protocols: how often a t test tells them apart."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from scipy.stats import nct, t, ttest_ind

from needlework.forecast.cohort import study
from needlework.forecast.cohort.protocol import Protocol
from needlework.forecast.cohort.study import MOST_PEOPLE, Study, Trials, needed, power, together, trials
from needlework.forecast.model import parameters

VALUES = parameters.values(parameters.from_prior(60, np.random.default_rng(5)))
MANY = Protocol("four sessions", 4, 28, 1.5, 1000.0)
FEW = Protocol("one shallow session", 1, 28, 0.5, 250.0)
SD = 0.1


def a_study(first=MANY, second=FEW, *, people=(5, 20), **changes):
    given = {"values": VALUES, "concern": "acne-scars", "sd": SD, "after_last": 180.0}
    return Study(**given | changes, protocols=(first, second), people=people)


def found(one, number=2000, **options):
    return together(list(trials(one, number, **{"seed": 1} | options)))


def alike(people):
    """Rows between which nothing differs, and nothing between clinics; people differ by so much."""
    one = {name: own[[0, 0]] for name, own in VALUES.items()}
    return one | {"between_studies": np.zeros(2), "between_people": np.full(2, people)}


def test_two_names_of_one_protocol_are_told_apart_by_chance_alone():
    same = found(a_study(MANY, MANY), 6000)
    assert (same.differences == 0).all()
    for one in power(a_study(MANY, MANY), same):
        assert one.share == pytest.approx(study.LEVEL, abs=0.01)
        assert one.wrong_way == 0
    assert needed(same) is None


def test_where_only_the_measurement_errs_the_power_is_that_of_the_t_test(monkeypatch):
    monkeypatch.setattr(study.dose, "reached", lambda rows, _: np.full(rows, 0.5))
    given = a_study(values=alike(0.0), people=(3, 8))
    one = found(given, 4000)
    difference = one.differences[0]
    assert difference > 0.02
    np.testing.assert_allclose(one.variances, 2 * SD**2, rtol=1e-9)
    for at in power(given, one):
        degrees, apart = 2 * at.people - 2, difference / (SD * np.sqrt(2 / at.people))
        beyond = t.ppf(0.975, degrees)
        exact = nct.sf(beyond, degrees, apart) + nct.cdf(-beyond, degrees, apart)
        assert at.interval[0] - 0.01 < exact < at.interval[1] + 0.01


def test_the_test_is_that_of_scipy():
    chance = np.random.default_rng(8)
    first, second = chance.normal(0.3, 1, (400, 6)), chance.normal(0, 1, (400, 6))
    theirs = ttest_ind(first, second, axis=1)
    expected = np.where(theirs.pvalue < study.LEVEL, np.sign(theirs.statistic), 0)
    assert set(expected) == {-1, 0, 1}
    np.testing.assert_array_equal(study._told(first, second), expected)


def test_the_true_difference_is_that_of_all_people(monkeypatch):
    monkeypatch.setattr(study.dose, "reached", lambda rows, _: np.full(rows, 0.5))
    given = a_study(values=alike(1.2), people=(2,))
    one = found(given, 1)
    chance = np.random.default_rng(1)
    odds = [study._log_odds(given, alike(1.2), protocol, np.full(2, 0.5))[0] for protocol in given.protocols]
    people = [study.expit(middle + 1.2 * chance.standard_normal(200_000)) for middle in odds]
    assert one.differences[0] == pytest.approx(people[0].mean() - people[1].mean(), abs=0.003)
    assert one.variances[0] == pytest.approx(people[0].var() + people[1].var() + 2 * SD**2, rel=0.01)


def test_one_trial_has_one_row_one_needle_and_one_clinic_for_both_groups():
    shallow = Protocol("the same, named otherwise", 4, 28, 1.5, 1000.0)
    wide = VALUES | {"between_studies": np.full(60, 5.0)}
    assert (found(a_study(MANY, shallow, values=wide), 50).differences == 0).all()


def test_more_people_and_less_error_tell_more():
    given = a_study(people=(5, 20, 80))
    shares = [one.share for one in power(given, found(given))]
    assert shares == sorted(shares)
    assert shares[0] + 0.2 < shares[2]
    coarse = a_study(people=(5, 20, 80), sd=0.5)
    assert power(coarse, found(coarse))[1].share < shares[1]


def test_the_first_takes_more_is_told_as_such_and_the_other_way_round():
    ahead, behind = found(a_study()), found(a_study(FEW, MANY))
    assert ahead.told.sum() > 0 > behind.told.sum()
    assert np.median(ahead.differences) > 0 > np.median(behind.differences)


def test_a_wrong_answer_is_counted():
    told = np.array([[1], [-1], [0], [1]], np.int8)
    only = Trials(np.array([0.1, 0.1, 0.1, -0.1]), np.ones(4), told)
    (one,) = power(a_study(people=(7,)), only)
    assert (one.people, one.share, one.wrong_way) == (7, 0.75, 0.5)
    assert one.interval == pytest.approx((0.1941, 0.9937), abs=1e-4)  # exact, of 3 in 4


def test_the_people_needed_are_the_fewest_with_whom_four_in_five_studies_tell():
    size = needed(Trials(np.array([0.05]), np.array([0.02]), np.zeros((1, 1), np.int8)))
    assert size == 63  # (1.96 + 0.84)² × 0.02 / 0.05², rounded up
    assert needed(Trials(np.array([1e-4]), np.array([0.02]), np.zeros((1, 1), np.int8))) is None
    assert needed(Trials(np.array([9.0]), np.array([0.02]), np.zeros((1, 1), np.int8))) == 2


def test_the_same_seed_gives_the_same_trials_through_any_executor(monkeypatch):
    monkeypatch.setattr(study, "CELLS", 200)
    given = a_study()
    pieces = study.parts(given, 25, 4)
    assert [piece.number for piece in pieces] == [10, 10, 5]
    here = found(given, 25, seed=4)
    with ThreadPoolExecutor(2) as pool:
        there = found(given, 25, seed=4, executor=pool)
    np.testing.assert_array_equal(there.told, here.told)
    np.testing.assert_array_equal(there.differences, here.differences)
    np.testing.assert_array_equal(there.variances, here.variances)
    assert not np.array_equal(found(given, 25, seed=5).differences, here.differences)
    assert study.parts(a_study(people=(MOST_PEOPLE,)), 2, 4)[0].number == 1
