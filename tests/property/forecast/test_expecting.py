"""What holds for every course, and for everything that may be measured of it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needlework.forecast.concerns import CONCERNS
from needlework.forecast.expecting import Course, expect
from needlework.forecast.expecting.course import DENSITY_PER_CM2, SHALLOWEST_MM
from needlework.forecast.expecting.drawn import drawn
from needlework.forecast.expecting.placing import places
from needlework.forecast.expecting.seen import beside
from needlework.forecast.expecting.series import series, weeks
from needlework.forecast.expecting.updating import updated
from tests.expecting import FIRST, LIMITS, course, days, measured

FEW = settings(max_examples=12, deadline=None)
ROUNDING = 1e-6
MEDIAN = 2


@st.composite
def courses(draw):
    """Courses of one to six sessions, as the limits allow them."""
    intervals = draw(st.lists(st.integers(LIMITS.shortest_interval_days, 120), max_size=5))
    return Course(
        concern=draw(st.sampled_from(list(CONCERNS))),
        dates=days(*np.cumsum([0, *intervals]).tolist()),
        depth_mm=draw(st.floats(SHALLOWEST_MM, LIMITS.deepest_mm)),
        punctures_per_cm2=draw(st.floats(*DENSITY_PER_CM2)),
    )


def levels(of):
    return series(drawn(), of, weeks(of))[0].levels


def five(band):
    return [band.band_90[0], band.band_50[0], band.median, band.band_50[1], band.band_90[1]]


@FEW
@given(courses())
def test_bands_are_shares_in_order_and_lie_within_each_other(of):
    for found in levels(of).values():
        assert (np.diff(found, axis=1) >= 0).all()
        assert ((found >= 0) & (found <= 1)).all()


@FEW
@given(courses())
def test_people_differ_at_least_as_much_as_populations(of):
    found = levels(of)
    widths = {name: (one[1:, -1] - one[1:, 0]) for name, one in found.items()}
    assert (widths["person"] >= widths["population"]).all()
    assert (widths["clinic"] >= widths["population"]).all()


@FEW
@given(courses(), st.integers(LIMITS.shortest_interval_days, 120))
def test_one_more_session_is_never_less_in_a_population(of, interval):
    longer = replace(of, dates=(*of.dates, days(of.length_days + interval)[0]))
    grid = weeks(longer)
    fewer, more = (drawn().log_odds(one, grid) for one in (of, longer))
    assert (more >= fewer - 1e-4).all()


@FEW
@given(courses())
def test_every_answer_about_a_course_is_in_order(of):
    found = expect(of, LIMITS)
    bands = [found.untreated, *found.delivered_by_day, found.redness.gone_after_hours, found.first_change.days]
    assert all(five(band) == sorted(five(band)) for band in bands)
    assert found.first_change.people <= found.most_of_change.people <= 1
    assert found.next_session.adds.median >= -ROUNDING
    assert 0.024 <= found.next_session.told_apart <= 1


@FEW
@given(courses(), st.integers(0, 400), st.floats(0.01, 0.5), st.lists(st.floats(-1, 1), min_size=2, max_size=4))
def test_a_place_rises_with_what_was_measured(of, day, sd, values):
    ones = [measured(day + 1, value, sd) for value in sorted(values)]
    found = [place.percentile for place in places(beside(drawn(), of, ones), FIRST)]
    assert found == sorted(found)
    assert all(0 <= one <= 1 for one in found)


@FEW
@given(st.sampled_from([2, 3, 4]), st.none() | st.floats(0.1, 1.0))
def test_a_place_rises_as_the_grade_falls(before, sd):
    ones = [measured(264, grade, sd, "goodman-baron", before) for grade in (4, 3, 2, 1)]
    found = [place.percentile for place in places(beside(drawn(), course(), ones), FIRST)]
    assert found == sorted(found)


@FEW
@given(courses(), st.floats(-1, 1))
def test_what_is_measured_with_a_huge_error_changes_nothing(of, value):
    told, odds = series(drawn(), of, weeks(of))
    now = updated(drawn(), beside(drawn(), of, [measured(84, value, 10.0)]), told, odds)
    assert now.effective_draws > 0.98 * drawn().people.size
    assert now.series.levels["person"] == pytest.approx(told.levels["person"], abs=0.03)


@FEW
@given(courses(), st.permutations([measured(60, 0.1), measured(120, 0.3, 0.05), measured(180, -12.0, 4.0, "photo")]))
def test_the_order_of_measurements_does_not_matter(of, shuffled):
    told, odds = series(drawn(), of, np.array([0.0, 264.0]))
    ordered = sorted(shuffled, key=lambda one: one.on)
    one, other = (updated(drawn(), beside(drawn(), of, ones), told, odds) for ones in (ordered, shuffled))
    assert (one is None) == (other is None)
    if one and other:
        assert one.series.levels["person"] == pytest.approx(other.series.levels["person"], abs=1e-9)
