"""Which studies are forecast, by draws that have seen what, and of what quantity."""

from collections import Counter

import numpy as np
import pytest

from needlework.forecast.data.entries import entries
from needlework.forecast.model.parameters import from_prior, values
from needlework.forecast.validation.checks import YES_OR_NO
from needlework.forecast.validation.courses import mean_class
from needlework.forecast.validation.fitted import ACNE_LEVELS
from needlework.forecast.validation.running import drawn, rounds
from needlework.forecast.validation.studies import UNSCORED, checks, seen

CHECKS = {(one.about, one.quantity): one for one in checks()}
PRIORS = values(from_prior(400, np.random.default_rng(1)))


def of(about):
    return [one for one in CHECKS.values() if one.about == about]


def test_every_entry_that_is_fitted_or_held_out_is_forecast_or_it_says_why_not():
    asked = {one.id for one in entries().values() if one.use in {"fit", "heldout"}}
    assert {one.about for one in CHECKS.values()} | set(UNSCORED) == asked
    assert {one.about for one in CHECKS.values()} & set(UNSCORED) == set()


def test_no_quantity_of_a_study_counts_twice():
    assert set(Counter((one.about, one.quantity) for one in checks()).values()) == {1}


def test_no_held_out_study_was_fitted_unless_its_publication_is_left_out():
    for one in CHECKS.values():
        sources = {entries()[key].source for key in seen(one)}
        assert sources <= {one.entry.source}
        assert one.entry.use == "heldout" or one.about in seen(one)


def test_what_else_a_publication_tells_is_left_out_with_it():
    by_check = {check.about: each.without for each in rounds() for check in each.checks}
    assert by_check["pore_sites2021_closure"] == {"pore_sites2021_halflife"}
    assert by_check["ery_striae_naspolini2019"] == {"ery_striae_naspolini2019", "striae_dlqi2019"}
    assert by_check["acne_rusek_rct"] == frozenset()


def test_every_check_is_in_one_round():
    assert sorted(map(str, (one.about for each in rounds() for one in each.checks))) == sorted(
        one.about for one in CHECKS.values()
    )


@pytest.mark.parametrize("key", CHECKS, ids=" ".join)
def test_a_forecast_is_of_every_row_and_the_same_again(key):
    found = drawn(CHECKS[key], PRIORS)
    assert found.shape == (400,)
    assert np.isfinite(found).all()
    assert (found == drawn(CHECKS[key], PRIORS)).all()


@pytest.mark.parametrize("about", ACNE_LEVELS)
def test_a_level_of_acne_scars_is_the_share_that_went(about):
    (one,) = of(about)
    reported = {"acne_picrosirius": 1 - 74.16 / 123.3, "acne_sharma_prp": 1 - 2.36 / 3.2}
    assert one.reported[0] == pytest.approx(reported.get(about) or one.entry.numbers()[0])
    assert ((drawn(one, PRIORS) > 0) | (about == "acne_sharma_prp")).all()


def test_classes_are_read_as_their_mean():
    assert mean_class("striae_alster2020") == pytest.approx((3 * 7 + 2 * 18) / 25)
    assert mean_class("wr_dermapen_aging2018") == pytest.approx((3 * 3 + 2 * 7 + 8) / 20)
    for about in ("striae_alster2020", "wr_dermapen_aging2018", "striae_jewds2017"):
        (one,) = of(about)
        assert (drawn(one, PRIORS) >= 0).all()
        assert (drawn(one, PRIORS) <= 3).all()


@pytest.mark.parametrize(
    ("about", "number"),
    [
        ("col_eptfe_jorgensen1994", 12.4 / 6.6),
        ("wr_nct03803059", 0.688 / 0.733),
        ("ery_minutilli2024", 60.0),
        ("ery_striae_naspolini2019", 72.0),
        ("wr_ablon2018", 1.23),
        ("striae_dlqi2019", 2.64),
        ("pore_sites2021_closure", (63.09 + 60.34 + 58.29) / 3),
    ],
)
def test_a_number_is_what_was_published(about, number):
    (one,) = of(about)
    assert one.reported == pytest.approx((number, number))


def test_bounds_are_bounds():
    infinite = float("inf")
    reported = sorted(one.reported for one in of("pore_donnelly2014"))
    assert reported == [(-infinite, 24.0), (-infinite, 48.0), (24.0, infinite)]


def test_signs_are_yes_or_no():
    signs = [one for one in CHECKS.values() if one.unit == YES_OR_NO]
    assert {one.about for one in signs} == {"hist_zeitter2014", "acne_depth_25_vs_15"}
    for one in signs:
        assert set(drawn(one, PRIORS)) <= {0.0, 1.0}
