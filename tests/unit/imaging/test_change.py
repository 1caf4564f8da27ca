"""From estimates to answers: errors pooled, intervals, corrections, words."""

import math

import pytest
from scipy import stats

from needlework.imaging.change.errors import Error, Scatter, error, scatter
from needlework.imaging.change.priors import Prior, priors, without_side
from needlework.imaging.change.verdicts import AMONG_MANY, beyond_error, judge
from needlework.imaging.measures.estimate import Estimate, Unmeasured
from needlework.imaging.measures.kinds import KINDS

PRIOR = Prior(one_sd=0.06, more_sd=0.02, scatter_sd=0.02, pixels=0.5, df=10)
LASTING = 0.4
NOTHING_SEEN = Scatter(1.0, 0)


def estimate(change=0.0, before=(0.0, 0.0), after=(0.0, 0.0), within=0.0):
    return Estimate(change, before, after, within)


def test_every_measure_has_a_prior_for_any_zone():
    relative = {"redness-relative", "tone-relative"}
    assert {kind.name for kind in KINDS} | relative == set(priors().measures)
    for measure in priors().measures:
        known = priors().of(measure, "abdomen")
        assert 0 < known.more_sd <= known.one_sd
        assert priors().of(measure, "cheek-left") == priors().of(measure, "cheek-right")


def test_sides_share_a_prior():
    assert without_side("cheek-left") == without_side("cheek-right") == "cheek"
    assert without_side("upper-lip") == "upper-lip"


def test_one_shot_at_a_visit_has_the_wider_error():
    assert error(estimate(before=(0.0,)), PRIOR, NOTHING_SEEN, LASTING).sd == pytest.approx(0.06)
    assert error(estimate(), PRIOR, NOTHING_SEEN, LASTING).sd == pytest.approx(0.02)


def test_more_shots_lower_the_error_down_to_what_lasts():
    sds = [
        error(estimate(before=(0.0,) * shots, after=(0.0,) * shots), PRIOR, NOTHING_SEEN, LASTING).sd
        for shots in range(1, 50)
    ]
    assert sds == sorted(sds, reverse=True)
    assert sds[-1] == pytest.approx(0.02 * (0.4 + 0.6 * 2 / 49) ** 0.5)


def test_scatter_pools_over_zones_and_counts_the_shots_once():
    one, two = estimate(before=(0.02, -0.02), after=(0.02, -0.02)), estimate()
    found = scatter([(one, PRIOR), (two, PRIOR)])
    assert found.ratio == pytest.approx(1.0)  # 2 of variance in one zone, 0 in the other
    assert found.df == 2


def test_a_single_shot_shows_no_scatter():
    assert scatter([(estimate(before=(0.3,), after=(0.1,)), PRIOR)]) == Scatter(1.0, 0)


def test_a_person_who_scatters_widens_the_error_and_a_steady_one_narrows_it():
    wide, narrow = (error(estimate(), PRIOR, Scatter(ratio, 2), LASTING) for ratio in (4.0, 0.0))
    assert wide.sd == pytest.approx(0.02 * (18 / 12) ** 0.5)
    assert narrow.sd == pytest.approx(0.02 * (10 / 12) ** 0.5)
    assert wide.df == narrow.df == 12


def test_what_the_pixels_leave_is_added_as_far_as_it_is_error():
    assert error(estimate(within=0.05), PRIOR, NOTHING_SEEN, LASTING).sd == pytest.approx(math.hypot(0.02, 0.025))


def test_the_half_width_is_student_s():
    least = Error(0.02, 10).smallest_detectable_change
    assert least == Error(0.02, 10).half_width(0.3) == pytest.approx(0.02 * stats.t.ppf(0.975, 10))
    assert Error(0.02, 10).chance(least) == pytest.approx(0.05)


def test_a_change_is_read_wrong_by_a_part_of_itself_which_unchanged_skin_knows_nothing_of():
    known, same = Error(0.03, 10, gain=0.1), Error(0.03, 10)
    assert known.half_width(-0.4) == pytest.approx(0.05 * stats.t.ppf(0.975, 10))
    assert (known.smallest_detectable_change, known.chance(0.4)) == (same.smallest_detectable_change, same.chance(0.4))


def test_without_any_error_only_no_change_is_left_to_chance():
    assert Error(0.0, 10).chance(0.0) == 1.0
    assert Error(0.0, 10).chance(0.1) == 0.0


def test_holm_steps_down_and_stops_at_the_first_that_fails():
    chances = {("a", "x"): 0.01, ("b", "x"): 0.03, ("c", "x"): 0.06, ("d", "x"): 0.001}
    assert beyond_error(chances) == {("d", "x"), ("a", "x")}


def test_the_same_difference_counts_less_when_more_is_asked():
    least = judge({("forehead", "wrinkles"): estimate()})["forehead", "wrinkles"].smallest_detectable_change
    alone = {("forehead", "wrinkles"): estimate(change=1.3 * math.log1p(least / 100))}
    crowd = alone | {(f"zone {number}", "wrinkles"): estimate() for number in range(200)}
    assert judge(alone)["forehead", "wrinkles"].verdict == "changed"
    one = judge(crowd)["forehead", "wrinkles"]
    assert (one.verdict, one.reason, one.beyond_its_error) == ("not-distinguishable", AMONG_MANY, True)


def test_a_change_has_a_direction_and_percent():
    found = judge({("forehead", "wrinkles"): estimate(change=math.log(0.7))})["forehead", "wrinkles"]
    assert found.as_json() | {"interval": None, "smallest_detectable_change": None} == {
        "change_percent": -30.0,
        "interval": None,
        "smallest_detectable_change": None,
        "unit": "%",
        "verdict": "changed",
        "direction": "less",
        "reason": None,
        "relative": False,
    }
    low, high = found.interval
    assert low < -30 < high < 0


def test_no_difference_says_so_and_keeps_its_numbers():
    found = judge({("forehead", "tone"): estimate(change=0.1)})["forehead", "tone"].as_json()
    assert (found["verdict"], found["direction"], found["change"]) == ("not-distinguishable", None, 0.1)
    assert "within the error" in found["reason"]


def test_what_could_not_be_measured_has_its_reason_and_no_number():
    found = judge({("forehead", "spots"): Unmeasured("Tie the hair back.")})["forehead", "spots"].as_json()
    assert found["reason"] == "Tie the hair back."
    assert {found["change_percent"], found["interval"], found["smallest_detectable_change"]} == {None}
    assert found["verdict"] == "not-measurable"


def test_counts_of_spots_travel_along():
    seen = Estimate(0.5, (0.0, 0.1), (0.5, 0.6), extra={"new": 2, "gone": 0})
    assert judge({("cheek-left", "spots"): seen})["cheek-left", "spots"].as_json()["new"] == 2
