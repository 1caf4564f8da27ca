"""What people would have been measured at, beside what was measured."""

import numpy as np
import pytest

from needlework.forecast.expecting.drawn import PEOPLE_PER_ROW, drawn
from needlework.forecast.expecting.seen import People, beside, seen
from tests.expecting import course, measured

CHANCE = np.random.default_rng(9)
MANY = 40_000


def people(share, *, first_error=0.0, rater=0.4, slope=1.0):
    """Return some people, all alike unless they are given."""
    return People(*(np.atleast_1d(np.asarray(one, float)) for one in (share, rater, first_error, slope)))


def rated(grade):
    """Return the class that a grade with an error is rated as."""
    return np.clip(np.round(grade), 1, 4)


def test_a_share_scatters_around_that_of_the_person():
    found = seen(measured(100, 0.3, 0.1), people([0.3, 0.2, 0.4]))
    assert found.below == pytest.approx([0.5, 0.8413, 0.1587], abs=1e-4)
    assert (found.below == found.at_most).all()
    assert found.log_density == pytest.approx([0.0, -0.5, -0.5])


def test_a_measure_of_photographs_falls_by_the_slope():
    found = seen(measured(100, -12.0, 4.0, "photo"), people([0.12, 0.12, 0.24], slope=[1.0, 2.0, 0.5]))
    assert found.below == pytest.approx([0.5, 0.00135, 0.5], abs=1e-4)


def test_wrinkles_fall_by_five_grades_for_all_and_no_further_than_there_were():
    found = seen(measured(100, 2.0, 0.5, "lemperle", 3.0), people([0.2, 0.1]))
    assert found.below == pytest.approx([0.5, 0.8413], abs=1e-4)
    nothing_left = seen(measured(100, 0.0, 0.5, "lemperle", 1.0), people([0.2, 0.9]))
    assert nothing_left.below == pytest.approx([0.5, 0.5])


def test_the_first_rating_has_its_error_as_well():
    found = seen(measured(100, 2.0, 0.5, "lemperle", 3.0), people([0.2], first_error=1.0))
    assert found.below == pytest.approx(0.1587, abs=1e-4)


@pytest.mark.parametrize("value", [1, 2, 3, 4])
@pytest.mark.parametrize("sd", [None, 0.7])
def test_a_grade_is_the_class_that_a_rater_puts_it_in(value, sd):
    errors = CHANCE.standard_normal(MANY)
    grades = rated(4 - 0.6 * 4 + 0.5 * (sd or 0.4) + (sd or 0.4) * errors)
    found = seen(measured(100, value, sd, "goodman-baron", 4), people(0.6, first_error=0.5))
    assert np.exp(found.log_density) == pytest.approx((grades == value).mean(), abs=0.01)
    assert found.below == pytest.approx((grades > value).mean(), abs=0.01)
    assert found.at_most == pytest.approx((grades >= value).mean(), abs=0.01)


def test_a_grade_is_one_of_four():
    who = people([0.0, 0.3, 0.9], first_error=[0.5, -2.0, 0.0])
    shares = [np.exp(seen(measured(100, value, None, "goodman-baron", 3), who).log_density) for value in (1, 2, 3, 4)]
    assert sum(shares) == pytest.approx([1, 1, 1])


def test_a_grade_that_nobody_can_be_rated_at_is_impossible():
    found = seen(measured(100, 4, 0.01, "goodman-baron", 2), people([0.5]))
    assert found.log_density == -np.inf


def test_the_same_people_stand_beside_every_measurement():
    ones = [measured(100, 0.3), measured(50, 0.2), measured(100, 0.3)]
    first, second, third = beside(drawn(), course(), ones)
    assert len(first.people.shares) == PEOPLE_PER_ROW * len(drawn().entering)
    assert (first.people.first_error == second.people.first_error).all()
    assert (first.people.shares == third.people.shares).all()
    assert first.people.shares.mean() > second.people.shares.mean()


@pytest.mark.parametrize(
    ("value", "sd", "scale", "before"),
    [(None, 0.1, "share", None), (None, None, "goodman-baron", 3), (None, 4.0, "photo", None)],
)
def test_people_measured_as_the_draws_say_lie_at_every_percentile(value, sd, scale, before):
    """Whoever is one of the draws has a percentile that is as likely low as high."""
    (crowd,) = beside(drawn(), course(), [measured(264, 0.0 if before is None else 2, sd, scale, before)])
    places = []
    for row in CHANCE.integers(0, len(crowd.people.shares), 60):
        share = crowd.people.shares[row]
        if scale == "goodman-baron":
            rater, first = crowd.people.rater_grades[row], crowd.people.first_error[row]
            value = float(rated(before - 2 * share + rater * first + rater * CHANCE.standard_normal()))
        elif scale == "photo":
            value = -100 * share * crowd.people.photo_slope[row] + sd * CHANCE.standard_normal()
        else:
            value = share + sd * CHANCE.standard_normal()
        found = seen(measured(264, value, sd, scale, before), crowd.people)
        places.append((found.below.mean() + found.at_most.mean()) / 2)
    assert np.mean(places) == pytest.approx(0.5, abs=0.15)
    assert np.std(places) == pytest.approx(0.29, abs=0.08)
