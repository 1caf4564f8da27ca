"""When the first change is likely to be seen, and most of it."""

from datetime import date

import numpy as np

from needlework.forecast.expecting.timing import crossed, first_change, most_of_change
from tests.expecting import FIRST

DAYS = np.array([0.0, 7.0, 14.0])
PEOPLE = np.array([[0.1, 0.1, 0.1, 0.1], [0.1, 0.2, 0.3, 0.1], [0.15, 0.3, 0.5, 0.2]])
"""Shares of four people on three days."""


def test_a_goal_is_reached_between_two_days_in_proportion():
    assert np.allclose(crossed(DAYS, PEOPLE[:, 1:3], np.array([0.25, 0.2])), [10.5, 3.5])


def test_a_goal_may_be_reached_at_once_or_never():
    assert crossed(DAYS, PEOPLE[:, :2], np.array([0.1, 0.31])).tolist() == [0.0, np.inf]


def test_the_first_change_is_what_treatment_adds():
    timing = first_change(FIRST, DAYS, PEOPLE)
    assert timing.people == 0.75
    assert timing.as_json() == {
        "median": "2026-12-15",
        "band_50": ["2026-12-08", None],
        "band_90": ["2026-12-08", None],
    }


def test_most_of_the_change_is_that_of_each_persons_own():
    timing = most_of_change(FIRST, DAYS, PEOPLE, PEOPLE[-1])
    assert timing.people == 1.0
    assert timing.median == date(2026, 12, 14)


def test_who_never_changes_never_has_most_of_it():
    timing = most_of_change(FIRST, DAYS, PEOPLE[[0, 0, 0]], PEOPLE[0])
    assert (timing.median, timing.people) == (None, 0.0)
