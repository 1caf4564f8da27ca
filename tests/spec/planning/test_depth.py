"""Depth."""

import pytest

from tests.spec.planning.proposing import chosen, ranges, zone


def test_at_the_label_limit_is_within():
    assert chosen(1.5) == ("within", [])


def test_above_the_label_limit_needs_a_reason():
    assert chosen(1.51) == ("above-label", ["reason"])
    assert chosen(1.51, reason="Thick scar, agreed") == ("above-label", [])


def test_an_empty_reason_is_none():
    assert chosen(1.75, reason="  ") == ("above-label", ["reason"])


def test_at_the_hardware_limit_is_not_refused():
    assert chosen(2.5) == ("above-label", ["reason"])


def test_above_the_hardware_limit_is_refused_whatever_the_reason():
    assert chosen(2.51) == ("refused", [])
    assert chosen(2.51, reason="I want to") == ("refused", [])


def test_above_everything_published_for_the_zone_needs_a_reason():
    assert chosen(0.75, "wrinkles", "upper-lip") == ("within", [])
    assert chosen(1.0, "wrinkles", "upper-lip") == ("within", [])  # the wrinkle study of the whole face
    assert chosen(1.01, "wrinkles", "upper-lip") == ("above-published", ["reason"])
    assert chosen(1.01, "wrinkles", "upper-lip", reason="Deep lines") == ("above-published", [])


def test_a_zone_without_a_source_says_so_and_needs_a_reason():
    assert zone("wrinkles", "temple-left")["no_source"] is True
    assert ranges(zone("wrinkles", "temple-left")) == []
    assert chosen(0.5, "wrinkles", "temple-left") == ("no-source", ["reason"])
    assert chosen(0.5, "wrinkles", "temple-left", reason="Thin skin, shallow") == ("no-source", [])


@pytest.mark.parametrize("where", ["temple-right", "decolletage", "arm-left", "hand-right", "scalp", "upper-arm-left"])
@pytest.mark.parametrize("concern", ["wrinkles", "uneven-tone", "age-spots"])
def test_temples_decolletage_arms_and_hands_have_no_source(where, concern):
    assert zone(concern, where)["no_source"] is True


def test_above_the_label_outranks_a_missing_source():
    assert chosen(2.0, "wrinkles", "temple-left") == ("above-label", ["reason"])


def test_above_the_label_outranks_above_published():
    assert chosen(1.6, "wrinkles", "upper-lip") == ("above-label", ["reason"])


def test_refused_outranks_everything():
    assert chosen(3.0, "wrinkles", "temple-left") == ("refused", [])


def test_where_nobody_published_a_hardware_limit_every_depth_needs_a_reason():
    assert chosen(0.5, device="PRO Pen") == ("within", ["reason"])
    assert chosen(0.5, device="PRO Pen", reason="Scale of the handpiece") == ("within", [])
    assert chosen(2.6, device="PRO Pen") == ("above-published", ["reason"])


@pytest.mark.parametrize("device", ["PRO Pen", "Dr.pen"])
def test_deeper_than_any_pen_that_was_read_is_refused(device):
    assert chosen(3.5, device=device, reason="Scale of the handpiece") == ("above-published", [])
    assert chosen(3.51, device=device, reason="Scale of the handpiece") == ("refused", [])
    assert chosen(10.0, device="RF microneedling") == ("no-source", ["reason"])


def test_a_hardware_limit_from_memory_still_refuses_and_says_that_it_is_unverified():
    assert chosen(3.0, device="Dermapen 4") == ("above-published", ["reason"])
    assert chosen(3.01, device="Dermapen 4") == ("refused", [])
    notes = zone(device="Dermapen 4", chosen=[{"zone": "cheek-left", "depth_mm": 1}])["chosen"]["notes"]
    assert notes == ["The hardware limit of this device is from memory and was not checked: see its own instructions."]


def test_a_device_without_a_label_limit_is_held_to_its_hardware():
    assert chosen(1.5, device="Exceed") == ("within", [])
    assert chosen(1.51, device="Exceed") == ("refused", [])
    assert zone(device="Exceed")["label_limit_mm"] is None


def test_radiofrequency_is_not_covered_by_what_was_published_for_needles_alone():
    assert zone(device="RF microneedling")["published"] == []
    assert chosen(1.0, device="RF microneedling") == ("no-source", ["reason"])


def test_forehead_wrinkles_name_the_two_charts_and_the_study():
    assert ranges(zone("wrinkles", "forehead")) == [
        ([1.0, 1.0], "wrinkles, Dermapen; no zone named"),
        ([0.25, 0.75], "forehead"),
        ([0.25, 0.5], "forehead"),
    ]


def test_around_the_eyes_only_what_names_the_place_counts():
    for concern in ("acne-scars", "wrinkles", "melasma", "age-spots"):
        assert ranges(zone(concern, "periorbital-left")) == [
            ([0.25, 0.5], "around the eyes"),
            ([0.2, 0.3], "under the eyes"),
        ]


def test_around_the_eyes_the_orbital_rim_is_named():
    assert [one["text"] for one in zone("wrinkles", "periorbital-right")["cautions"]] == [
        "Only outside the orbital rim: inside it nothing is ever treated."
    ]
    assert zone("wrinkles", "cheek-left")["cautions"] == []


@pytest.mark.parametrize("where", ["abdomen", "thigh-left", "buttock-right", "hip-left", "breast-left", "flank-right"])
def test_stretch_marks_have_their_range_in_body_zones(where):
    assert ranges(zone("stretch-marks", where)) == [([1.5, 2.0], "stretch marks; no zone named")]
    assert chosen(1.5, "stretch-marks", where) == ("within", [])
    assert chosen(2.01, "stretch-marks", where, device="Dermapen (2012)") == ("above-published", ["reason"])


def test_the_neck_study_went_to_its_device_s_end():
    assert ranges(zone("wrinkles", "neck")) == [([0.0, 2.5], "wrinkles of the neck, up to this depth")]
    assert zone("acne-scars", "neck")["no_source"] is True


def test_a_range_ends_where_the_device_does_and_the_printed_one_stands_beside():
    entry = zone("wrinkles", "neck", device="Exceed")["published"][0]
    assert entry["range_mm"] == [0.0, 1.5]
    assert entry["published_mm"] == [0.0, 2.5]
    assert "published_mm" not in zone("wrinkles", "neck")["published"][0]


def test_the_pivotal_study_contradicts_its_own_registry_and_both_are_shown():
    told = [(one["range_mm"], one["conflict"]) for one in zone()["published"] if "conflict" in one]
    sentence = "The registry gives 0.25 to 2.0 mm for this study, the study summary never more than 1.5 mm."
    assert told == [([0.25, 2.0], sentence), ([0.0, 1.5], sentence)]


def test_vendor_and_consumer_pages_are_counted_apart_from_studies():
    assert zone()["support"] == {"studies": 4, "regulator_or_label": 0, "vendor_or_consumer": 2}
    assert zone("wrinkles", "glabella")["support"] == {"studies": 1, "regulator_or_label": 1, "vendor_or_consumer": 1}
    assert zone("stretch-marks", "abdomen")["support"] == {
        "studies": 0,
        "regulator_or_label": 0,
        "vendor_or_consumer": 1,
    }
