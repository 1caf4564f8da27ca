"""The series: week by week, for populations, clinics and people."""

from datetime import date

import numpy as np
import pytest
from scipy.special import expit

from needlework.forecast.expecting.drawn import drawn, prepared
from needlework.forecast.expecting.series import after, series, weeks
from needlework.forecast.model import courses, dose, parameters
from tests.expecting import FIRST, course

MEDIAN = 2


def test_a_series_is_weekly_for_a_year():
    assert weeks(course()).tolist() == list(range(0, 365, 7))


def test_a_series_ends_half_a_year_after_the_last_session_where_that_is_later():
    long = course(0, 100, 200, 300)
    assert weeks(long)[-2] < 300 + 180 <= weeks(long)[-1]


def test_nothing_has_gone_on_the_day_of_the_first_session():
    told, _ = series(drawn(), course(), np.array([0.0, 7.0]))
    first, week = told.as_json()
    nothing = {"median": 0.0, "band_50": [0.0, 0.0], "band_90": [0.0, 0.0]}
    assert first == {"date": "2026-12-01", "population": nothing, "clinic": nothing, "person": nothing}
    assert week["date"] == "2026-12-08"
    assert week["person"]["median"] > 0


def test_single_precision_tells_what_double_precision_does():
    draws, four = drawn(), course()
    days = np.array([[30.0], [264.0]])
    strength = dose.relative(four.depth_mm, four.punctures_per_cm2, draws.entering)
    doses = np.tile(strength, (4, 1))
    share = courses.scored(draws.values, courses.seen(draws.values, "most_acne_scars", four.days, doses, days))
    assert expit(draws.log_odds(four, days[:, 0])) == pytest.approx(share, abs=1e-5)


def test_levels_are_wider_the_nearer_they_are_to_one_person():
    told, _ = series(drawn(), course(), weeks(course()))
    low, high = ({name: of[-1, end] for name, of in told.levels.items()} for end in (0, -1))
    assert low["person"] < low["clinic"] < low["population"]
    assert high["population"] < high["clinic"] < high["person"]


def test_clinics_and_people_are_shifted_around_the_middle_of_the_literature():
    told, _ = series(drawn(), course(), weeks(course()))
    medians = [of[-1, MEDIAN] for of in told.levels.values()]
    assert medians == pytest.approx([medians[0]] * 3, abs=0.03)


def test_the_same_rows_give_the_same_people():
    values = parameters.values(parameters.from_prior(50, np.random.default_rng(1)))
    one, other = prepared(values), prepared(values)
    assert (one.people == other.people).all()
    assert (one.entering == other.entering).all()


def test_a_part_of_a_day_counts_whole():
    assert after(FIRST, 6.01) == date(2026, 12, 8)
    assert after(FIRST, 7.0) == date(2026, 12, 8)
