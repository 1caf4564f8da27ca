"""EMLA."""

import pytest

from tests.spec.numbing.applying import applied, standing


@pytest.mark.parametrize(("mass_g", "found"), [(59.9, "within"), (60, "within"), (60.1, "over")])
def test_60_g_is_the_most(mass_g, found):
    assert standing("EMLA", mass_g, 600)["mass"] == found


@pytest.mark.parametrize(("area_cm2", "found"), [(599.9, "within"), (600, "within"), (600.1, "over")])
def test_600_cm2_is_the_largest_area(area_cm2, found):
    assert standing("EMLA", 30, area_cm2)["area"] == found


def test_60_g_and_600_cm2_both_bind():
    assert standing("EMLA", 61, 599)["all"] == "over"
    assert standing("EMLA", 59, 601)["all"] == "over"


@pytest.mark.parametrize(("minutes", "found"), [(59, "too-short"), (60, "within"), (61, "within")])
def test_under_an_hour_is_too_short(minutes, found):
    assert standing("EMLA", 30, 200, minutes)["time"] == found


@pytest.mark.parametrize(("minutes", "found"), [(299, "within"), (300, "within"), (301, "over")])
def test_over_five_hours_is_too_long(minutes, found):
    assert standing("EMLA", 30, 200, minutes)["time"] == found


@pytest.mark.parametrize(("mass_g", "found"), [(29.9, "under"), (30, "within"), (30.1, "over")])
def test_one_and_a_half_grams_for_each_10_cm2(mass_g, found):
    assert standing("EMLA", mass_g, 200)["dose-per-area"] == found


@pytest.mark.parametrize(("mass_g", "found"), [(1.4, "under"), (1.5, "within"), (2, "within"), (2.1, "over")])
def test_about_2_g_may_go_on_for_a_small_procedure(mass_g, found):
    assert standing("EMLA", mass_g, 10)["dose-per-area"] == found


def test_the_most_over_the_largest_area_is_thinner_than_the_rate():
    assert standing("EMLA", 60, 600) == {
        "mass": "within",
        "area": "within",
        "dose-per-area": "under",
        "time": "within",
        "all": "under",
    }


@pytest.mark.parametrize(("mass_g", "area_cm2"), [(3.3, 22), (4.2, 28), (0.6, 4), (16.5, 110), (20.1, 134)])
def test_a_dose_at_its_rate_is_within_whatever_the_decimals(mass_g, area_cm2):
    assert standing("EMLA", mass_g, area_cm2)["dose-per-area"] == "within"


def test_it_says_when_it_works_and_when_it_must_be_off():
    found = applied("EMLA", 30, 200)
    assert found["ready_from"] == "2026-12-01T11:00:00+00:00"
    assert found["remove_by"] == "2026-12-01T15:00:00+00:00"
