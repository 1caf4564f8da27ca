"""LMX4."""

import pytest

from tests.spec.numbing.applying import applied, standing


@pytest.mark.parametrize(("area_cm2", "found"), [(899, "within"), (900, "within"), (901, "over")])
def test_900_cm2_is_the_largest_area(area_cm2, found):
    assert standing("LMX4", 150, area_cm2)["area"] == found


@pytest.mark.parametrize(("mass_g", "found"), [(179.9, "within"), (180, "within"), (180.1, "over")])
def test_the_most_in_mass_is_worked_out_from_rate_and_area(mass_g, found):
    assert standing("LMX4", mass_g, 900)["mass"] == found


def test_a_clinic_is_told_to_set_a_far_lower_limit():
    notes = [note["text"] for note in applied("LMX4", 30, 200)["notes"]]
    assert notes[0] == (
        "The most of 180 g is worked out here, 2 g per 10 cm2 over 900 cm2; the source names no mass. "
        "A clinic should set a far lower limit of its own."
    )


@pytest.mark.parametrize("mass_g", [30, 35, 40])
def test_the_source_s_face_of_200_cm2_takes_30_to_40_g(mass_g):
    assert standing("LMX4", mass_g, 200, 30)["all"] == "within"


@pytest.mark.parametrize(("mass_g", "found"), [(29.9, "under"), (30, "within"), (40, "within"), (40.1, "over")])
def test_one_and_a_half_to_two_grams_for_each_10_cm2(mass_g, found):
    assert standing("LMX4", mass_g, 200)["dose-per-area"] == found


@pytest.mark.parametrize(("minutes", "found"), [(29, "too-short"), (30, "within"), (300, "within"), (301, "over")])
def test_from_half_an_hour_to_five_hours(minutes, found):
    assert standing("LMX4", 30, 200, minutes)["time"] == found


def test_it_says_when_it_works_and_when_it_must_be_off():
    found = applied("LMX4", 30, 200)
    assert found["ready_from"] == "2026-12-01T10:30:00+00:00"
    assert found["remove_by"] == "2026-12-01T15:00:00+00:00"
