"""What to expect of a person who was measured."""

import numpy as np
import pytest

from needlework.forecast.expecting.drawn import drawn
from needlework.forecast.expecting.seen import beside
from needlework.forecast.expecting.series import series, weeks
from needlework.forecast.expecting.updating import updated
from tests.expecting import course, measured

FOUR = course()
DAYS = np.array([0.0, 84.0, 180.0, 264.0])
TOLD, ODDS = series(drawn(), FOUR, DAYS)
LOW, MEDIAN, HIGH = 0, 2, 4


def bands(*ones):
    found = updated(drawn(), beside(drawn(), FOUR, ones), TOLD, ODDS)
    return found and found.series.levels["person"]


def test_a_small_change_lowers_what_to_expect_and_a_large_one_raises_it():
    before = TOLD.levels["person"][-1, MEDIAN]
    assert bands(measured(84, 0.1, 0.05))[-1, MEDIAN] < before < bands(measured(84, 0.8, 0.05))[-1, MEDIAN]


def test_the_band_narrows_around_what_was_measured():
    now, before = bands(measured(180, 0.4, 0.05)), TOLD.levels["person"]
    assert now[2, MEDIAN] == pytest.approx(0.4, abs=0.03)
    assert now[-1, HIGH] - now[-1, LOW] < (before[-1, HIGH] - before[-1, LOW]) / 2


def test_two_measurements_tell_more_than_one():
    one, two = bands(measured(84, 0.4)), bands(measured(84, 0.4), measured(180, 0.45))
    assert two[-1, HIGH] - two[-1, LOW] < one[-1, HIGH] - one[-1, LOW]


def test_the_error_of_the_first_rating_does_not_go_by_rating_again():
    again = [measured(180, 2, None, "goodman-baron", 3)] * 20
    now = bands(*again)
    assert now[2, HIGH] - now[2, LOW] > 0.15


def test_nothing_has_gone_on_the_day_of_the_first_session():
    assert (bands(measured(84, 0.4))[0] == 0).all()


def test_what_hardly_anybody_would_be_measured_at_updates_nothing():
    assert bands(measured(84, 0.9, 0.001), measured(85, 0.1, 0.001)) is None
    assert bands(measured(84, 4, 0.01, "goodman-baron", 2)) is None


def test_weights_are_those_of_bayes():
    """Against rejection: people are kept as often as they would have been measured like that."""
    one = measured(84, 0.3, 0.1)
    (crowd,) = beside(drawn(), FOUR, [one])
    chance = np.random.default_rng(2)
    kept = chance.random(len(crowd.people.shares)) < np.exp(crowd.seen.log_density)
    row = np.flatnonzero(kept) % ODDS.shape[1]
    odds = ODDS[-1, row] + drawn().people.ravel()[kept]
    expected = 1 / (1 + np.exp(-np.quantile(odds, [0.05, 0.25, 0.5, 0.75, 0.95])))
    assert bands(one)[-1] == pytest.approx(expected, abs=0.02)


def test_an_update_is_told_by_date_for_one_person():
    found = updated(drawn(), beside(drawn(), FOUR, [measured(84, 0.3)]), *series(drawn(), FOUR, weeks(FOUR)))
    told = found.as_json()
    assert told["effective_draws"] > 200
    assert set(told["series"][-1]) == {"date", "person"}
    assert len(told["series"]) == 53
