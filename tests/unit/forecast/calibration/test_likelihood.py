"""The likelihood: every fitted entry weighed once, each in the way its numbers scatter."""

import numpy as np
import pytest
from scipy import stats

from needlework.forecast.calibration import likelihood
from needlework.forecast.calibration.errors import Counts, Normal, YesOrNo
from needlework.forecast.calibration.observation import Observation, shifts
from needlework.forecast.calibration.ordinal import class_shares, moments
from needlework.forecast.calibration.skin import Schedule, skin
from needlework.forecast.calibration.studies import acne, barrier, others
from needlework.forecast.data.entries import entries
from needlework.forecast.model import courses, parameters
from needlework.forecast.model.dose import MEAN_REACHED, relative

FREE = parameters.from_prior(6, np.random.default_rng(2))
VALUES = parameters.values(FREE)
SAID_NOT_TO_BE_USED = "Not a term of the likelihood"


def observed(key):
    return likelihood.observations()[key]


def skin_of(key, values=VALUES):
    return skin(values, list(observed(key).schedules))


def test_every_fitted_entry_is_weighed_once_or_says_why_not():
    fitted = {key for key, one in entries().items() if one.use == "fit"}
    told = {key for key in fitted if SAID_NOT_TO_BE_USED in (entries()[key].note or "")}
    assert set(likelihood.observations()) - {barrier.LINK} == fitted - told
    assert told == {"geo_roller_250"}


def test_no_held_out_number_is_weighed():
    held_out = {key for key, one in entries().items() if one.use == "heldout"}
    assert held_out.isdisjoint(likelihood.observations())


def test_rows_are_weighed_one_by_one_as_together():
    together = likelihood.log_likelihood(FREE)
    assert together.shape == (6,)
    np.testing.assert_allclose(together, [likelihood.log_likelihood(FREE[[row]])[0] for row in range(6)], rtol=1e-9)


def test_what_is_left_out_is_not_weighed():
    every, some = likelihood.terms(VALUES), likelihood.terms(VALUES, without={"acne_sohag2018"})
    assert set(every) - set(some) == {"acne_sohag2018"}
    np.testing.assert_allclose(
        likelihood.log_likelihood(FREE) - likelihood.log_likelihood(FREE, without={"acne_sohag2018"}),
        every["acne_sohag2018"],
        rtol=1e-6,
    )


def test_without_a_course_there_is_still_a_likelihood():
    kept = {one.id for one in barrier.OBSERVATIONS}
    some = likelihood.terms(VALUES, without=set(likelihood.observations()) - kept)
    np.testing.assert_allclose(some[barrier.WATER], likelihood.terms(VALUES)[barrier.WATER])


def test_schedules_worked_out_together_are_those_worked_out_alone():
    both = [Schedule(2, 30.0, (40.0,), 3.0), Schedule(5, 14.0, (60.0, 200.0))]
    found = skin(VALUES, both)
    for schedule in both:
        days = schedule.days[:, None]
        alone = courses.organised(VALUES, days, np.full_like(days, schedule.dose), np.array(schedule.looked)[:, None])
        np.testing.assert_allclose(found.worths[schedule][..., 0], alone, rtol=1e-9)


def test_a_wound_is_followed_where_rates_are_equal():
    equal = dict(VALUES) | dict.fromkeys(("acute_days", "macrophage_days"), np.full(6, 4.0))
    nearly = dict(VALUES) | {"acute_days": np.full(6, 4.0), "macrophage_days": np.full(6, 4.0 * (1 + 1e-5))}
    days = np.array([1.0, 5.0, 30.0])
    equals, nears = (skin(values, []).wound("macrophages", days) for values in (equal, nearly))
    np.testing.assert_allclose(equals, nears, rtol=1e-4)


def test_the_grid_integrates_the_shift_of_a_study_as_a_finer_one_does():
    key = "acne_picrosirius"
    coarse = observed(key).log_density(skin_of(key), observed(key).data)
    where, weights = shifts(20_001)
    level = acne._log_odds(skin_of(key), courses=observed(key).schedules)[0]
    apart = observed(key).data - level - VALUES["between_studies"][:, None] * where
    (sd,) = observed(key).error.sd
    fine = np.log((stats.norm.pdf(apart, scale=sd) * weights).sum(1) * np.sqrt(2 * np.pi))
    np.testing.assert_allclose(coarse, fine, atol=1e-3)


def test_the_shift_of_a_study_is_a_student_t():
    where, weights = shifts()
    for within in (0.5, 2.0, 5.0):
        expected = stats.t(4).expect(lambda t, w=within: np.exp(-0.5 * (t / w) ** 2))
        assert (weights * np.exp(-0.5 * (where / within) ** 2)).sum() == pytest.approx(expected, abs=1e-6)


def test_a_level_far_from_the_literature_surprises_less_where_studies_differ_more():
    alike, unlike = (dict(VALUES) | {"between_studies": np.full(6, scale)} for scale in (0.2, 1.5))
    key = "acne_sohag2018"
    calm, surprised = (
        observed(key).log_density(skin_of(key, values), observed(key).data) for values in (unlike, alike)
    )
    assert (calm > surprised).all()


def test_classes_between_cut_offs_hold_everybody():
    shares = class_shares(np.array([2.6, 3.0]), np.array([0.4, 1.0]), (1.5, 2.5, 3.5))
    assert shares.shape == (4, 2)
    np.testing.assert_allclose(shares.sum(0), 1.0)
    np.testing.assert_allclose(shares[3, 0], stats.norm.sf(3.5, 2.6, 0.4))
    np.testing.assert_allclose(shares[0], stats.norm.cdf(1.5, [2.6, 3.0], [0.4, 1.0]))


def test_moments_of_grades():
    mean, sd = moments(np.array([[0.0], [0.0], [0.8], [0.2]]), acne.GRADES)
    assert (mean[0], sd[0]) == pytest.approx((3.2, 0.4))


def test_without_any_change_the_mean_grade_stays_what_it_was():
    key = acne.SHARMA
    still = dict(VALUES) | {
        "most_acne_scars": np.full(6, 1e-9),
        "untreated_share": np.full(6, 1e-9),
        "rater_grades": np.full(6, 1e-3),
    }
    expected = observed(key).expected(skin_of(key, still))
    np.testing.assert_allclose(expected[:, :, 0], np.repeat([[3.2], [0.4]], 6, axis=1), atol=1e-6)


def test_the_untreated_side_changes_by_what_changes_without_treatment():
    key = acne.ALAM
    drops = observed(key).expected(skin_of(key))[..., 0]
    np.testing.assert_allclose(drops[2], VALUES["alam_baseline"] * VALUES["untreated_share"])
    np.testing.assert_allclose(drops[3], drops[2])
    assert (drops[:2] > drops[2:]).all()


def test_every_level_holds_what_changes_without_treatment():
    untouched = dict(VALUES) | {"untreated_share": np.zeros(6)}
    found = skin_of(acne.REPLICAS).shares(acne.MOST, observed(acne.REPLICAS).schedules[0])
    bare = skin_of(acne.REPLICAS, untouched).shares(acne.MOST, observed(acne.REPLICAS).schedules[0])
    np.testing.assert_allclose(1 - found[0, :, 0], (1 - bare[0, :, 0]) * (1 - VALUES["untreated_share"]))


def test_the_deeper_side_has_the_dose_of_its_depth():
    shallow, deep = observed(acne.DEPTHS).schedules
    assert shallow.dose == pytest.approx(1.0)
    assert deep.dose == pytest.approx(float(relative(2.5, 250.0, MEAN_REACHED)))
    assert (observed(acne.DEPTHS).expected(skin_of(acne.DEPTHS)) > 0).all()


def test_counts_by_class_stand_lowest_first():
    np.testing.assert_array_equal(observed(others.MARKS).data, [3, 2, 4, 6])
    expected = observed(others.MARKS).expected(skin_of(others.MARKS))[..., 0]
    np.testing.assert_allclose(expected.sum(0), 1.0)
    much = dict(VALUES) | {"most_stretch_marks": np.full(6, 0.95), "per_session": np.full(6, 5.0)}
    assert (observed(others.MARKS).expected(skin_of(others.MARKS, much))[3] > 0.5).all()


@pytest.mark.parametrize(
    ("error", "expected", "data", "density"),
    [
        (Normal((0.5, 2.0)), [1.0, 2.0], [1.5, 0.0], stats.norm.logpdf([1.5, 0], [1, 2], [0.5, 2]).sum()),
        (Counts(5), [0.2, 0.8], [1.0, 4.0], stats.multinomial.logpmf([1, 4], 5, [0.2, 0.8])),
        (YesOrNo(), [1.3], [1.0], stats.norm.logcdf(1.3)),
        (YesOrNo(), [1.3], [0.0], stats.norm.logcdf(-1.3)),
    ],
)
def test_densities_are_those_of_scipy_but_for_a_constant(error, expected, data, density):
    level, numbers = np.array(expected)[:, None, None], np.array(data)
    constant = {Normal: np.log(2 * np.pi), Counts: -np.log(5), YesOrNo: 0.0}[type(error)]
    assert error.log_density(None, level, numbers)[0, 0] == pytest.approx(density + constant)


def test_what_is_simulated_scatters_as_it_is_weighed():
    rows = np.zeros((4000, len(parameters.parameters()))) + parameters.centres()
    simulated = likelihood.simulate(parameters.values(rows), np.random.default_rng(3))
    assert {key: found.shape for key, found in simulated.items()} == {
        key: (len(one.data), 4000) for key, one in likelihood.observations().items()
    }
    level = simulated[acne.REPLICAS][0]
    spread = np.quantile(level, [0.25, 0.75]) - np.median(level)
    between = parameters.values(rows)["between_studies"][0]
    assert spread[1] == pytest.approx(between * stats.t(4).ppf(0.75), rel=0.15)
    counts = simulated[others.MARKS]
    assert (counts.sum(0) == 15).all()
    assert set(np.unique(simulated[barrier.SHORT])) == {0.0, 1.0}


def test_simulated_numbers_take_the_place_of_the_published_ones():
    simulated = likelihood.simulate(VALUES, np.random.default_rng(4))
    data = {key: found[:, 0] for key, found in simulated.items()}
    assert likelihood.log_likelihood(FREE[:1], data=data) != likelihood.log_likelihood(FREE[:1])


def test_an_observation_without_a_shift_ignores_how_studies_differ():
    plain = Observation("one", np.zeros(1), lambda skin: skin.shift + np.zeros((1, 6, 1)), Normal((1.0,)))
    np.testing.assert_allclose(plain.log_density(skin(VALUES, []), plain.data), 0.0)
