"""The plan as it is written: exact keys, sentences and sources."""

import pytest

from needlework.clinical import planning
from needlework.clinical.devices import devices
from needlework.clinical.planning import plans
from needlework.clinical.planning import rows as rows_of
from needlework.clinical.planning.rows import rows

ROWS = {row.id: row for row in rows()}


def planned(**changed):
    document = {
        "concerns": [{"concern": "acne-scars", "zones": ["cheek-left"]}],
        "device": "SkinPen",
        "skin_type": "III",
        "nation": "Scotland",
        "planned_date": "2026-12-01",
    }
    return planning.as_json(planning.plan(planning.read(document | changed)))


def test_the_keys_are_those_promised():
    found = planned(chosen=[{"zone": "cheek-left", "depth_mm": 1.5, "passes": 4}])
    assert list(found) == ["rule_set", "device", "zones", "courses", "gates", "legal", "cautions"]
    assert set(found["zones"][0]) == {
        "zone", "concerns", "published", "support", "skin_thickness_mm", "skin_thickness", "label_limit_mm",
        "hardware_limit_mm", "passes", "endpoints", "cautions", "no_source", "chosen",
    }  # fmt: skip
    assert set(found["courses"][0]) == {
        "concern", "sessions", "interval_days", "disagreement", "protocols", "spacing", "sources",
    }  # fmt: skip
    assert set(found["gates"][0]) == {"gate", "met", "refuses", "do", "by", "on", "zones", "sources"}
    assert set(found["legal"][0]) == {"nation", "text", "in_force", "sources"}
    assert found["zones"][0]["chosen"] == {
        "depth_mm": 1.5,
        "passes": 4,
        "reason": None,
        "standing": "within",
        "because": ["No deeper than what is published for this zone."],
        "notes": [],
        "needs": [],
    }


def test_a_zone_is_told_in_full():
    (zone,) = planned()["zones"]
    assert (zone["zone"], zone["concerns"]) == ("cheek-left", ["acne-scars"])
    assert (zone["label_limit_mm"], zone["hardware_limit_mm"]) == (1.5, 2.5)
    assert (zone["no_source"], zone["chosen"]) == (False, None)
    assert zone["skin_thickness_mm"] == [1.07, 1.33]
    skin = zone["skin_thickness"]
    assert set(skin) == {"of", "others", "caution", "sources"}
    assert skin["of"].startswith("Outer skin and dermis together by ultrasound")
    assert skin["caution"].startswith("A setting is not a reached depth")
    assert skin["others"] == []
    assert len(skin["sources"]) == 3
    assert zone["published"][0] == {
        "range_mm": [0.25, 2.0],
        "for": "acne scars of the face, by severity and place; no zone named",
        "sources": [source.as_json() for source in [ROWS["skinpen-trial"].facts[0].source]],
        "conflict": "The registry gives 0.25 to 2.0 mm for this study, the study summary never more than 1.5 mm.",
    }
    assert [one["text"][:7] for one in zone["passes"]] == ["Rolling", "With au"]
    assert [(one["verified"], one["for_patients"]) for one in zone["endpoints"]] == [
        ("seen", True),
        ("unverified", False),
    ]
    assert set(zone["passes"][0]) == {"text", "verified", "for_patients", "sources"}
    assert len(zone["passes"][0]["sources"]) == 1


def test_a_body_zone_tells_what_else_was_measured():
    (zone,) = planned(concerns=[{"concern": "stretch-marks", "zones": ["abdomen"]}])["zones"]
    assert zone["skin_thickness_mm"] is None
    assert zone["skin_thickness"]["of"] is None
    assert [text[:10] for text in zone["skin_thickness"]["others"]] == ["Ultrasound"]
    assert len(zone["skin_thickness"]["sources"]) == 4


def test_wrinkles_tell_the_passes_of_the_study():
    (zone,) = planned(concerns=[{"concern": "wrinkles", "zones": ["forehead"]}])["zones"]
    assert (
        zone["passes"][0]["text"] == "Six passes, each in eight directions (vertical, horizontal, diagonal), at 1 mm."
    )
    assert [one["verified"] for one in zone["endpoints"]] == ["unverified"]


def test_a_course_tells_each_protocol():
    (course,) = planned()["courses"]
    nhs = next(one for one in course["protocols"] if one["by"].startswith("NHS"))
    assert nhs == {
        "by": "NHS leaflet, scars of any kind",
        "sessions": [4, 6],
        "interval_days": [42, 42],
        "as_needed": False,
        "at_least": True,
        "sources": nhs["sources"],
    }
    assert len(nhs["sources"]) == 1
    upper_lip = planned(concerns=[{"concern": "wrinkles", "zones": ["chin"]}])["courses"][0]["protocols"][4]
    assert (upper_lip["sessions"], upper_lip["interval_days"]) == ([2, 2], None)
    assert set(course["spacing"]) == {"never_under_days", "never_under", "default_days", "default"}
    assert course["spacing"]["never_under"]["text"].startswith("Never under 2 weeks: policy")
    assert course["spacing"]["default"]["text"] == "The screening rule waits this long by default."


def test_the_premises_gate_says_that_it_warns():
    (gate,) = planned()["gates"]
    assert gate["do"] == (
        "The law of this nation allows this depth only in permitted premises. Say where the treatment is to be, or "
        "choose a place that is permitted; a depth below the line helps only where depth alone brings the plan under "
        "the law. The day this starts was not seen: a warning, not a refusal. Check before treating."
    )
    assert len(gate["sources"]) == 1
    assert planned(premises="pharmacy")["gates"][0]["do"] is None


def test_a_caution_tells_its_rule():
    (caution,) = planned(skin_type="V")["cautions"]
    assert set(caution) == {"rule", "text", "conflicts", "verified", "sources"}
    assert caution["text"].startswith("PIH in 5 of 36 patients")
    assert caution["verified"] == "seen"
    assert caution["conflicts"].startswith("Rates differ")
    assert len(caution["sources"]) == 4
    assert planned(device="RF microneedling")["cautions"][0]["conflicts"] is None


@pytest.mark.parametrize(
    ("name", "label", "hardware", "verified", "notes"),
    [
        ("SkinPen", 1.5, 2.5, True, []),
        ("Exceed", None, 1.5, True, ["No label limit of this device was read."]),
        (
            "PRO Pen",
            None,
            None,
            False,
            [
                "No label limit of this device was read.",
                "Nobody published how deep this device can be set: the depth cannot be checked against it.",
                "Deeper than 3.5 mm is refused: the deepest that was read of any pen.",
            ],
        ),
        (
            "Dermapen 4",
            None,
            3.0,
            False,
            [
                "No label limit of this device was read.",
                "The hardware limit of this device is from memory and was not checked: see its own instructions.",
            ],
        ),
    ],
)
def test_a_device_s_limits_say_what_stands_behind_them(name, label, hardware, verified, notes):
    found = plans.device_json(devices()[name])
    sources = found.pop("sources")
    assert found == {
        "name": name,
        "label_limit_mm": label,
        "hardware_limit_mm": hardware,
        "hardware_verified": verified,
        "notes": notes,
    }
    pens = [rows_of.pens().facts[0].source.as_json()] if name == "PRO Pen" else []
    assert sources == [fact.source.as_json() for fact in devices()[name].facts] + pens


@pytest.mark.parametrize(
    ("range_mm", "limit_mm", "left"),
    [
        ((0.5, 2.0), None, (0.5, 2.0)),
        ((0.5, 2.0), 2.5, (0.5, 2.0)),
        ((0.5, 2.0), 2.0, (0.5, 2.0)),
        ((0.5, 2.0), 1.5, (0.5, 1.5)),
        ((1.5, 2.0), 1.5, (1.5, 1.5)),
        ((1.5, 2.0), 1.49, None),
    ],
)
def test_a_range_is_clipped_to_the_device(range_mm, limit_mm, left):
    assert plans.clip(range_mm, limit_mm) == left


def test_a_range_wholly_beyond_the_device_keeps_what_was_printed():
    assert plans.published_json(ROWS["dr-pen-stretch-marks"], 1.0) == {
        "range_mm": None,
        "for": "stretch marks; no zone named",
        "sources": [ROWS["dr-pen-stretch-marks"].facts[0].source.as_json()],
        "published_mm": [1.5, 2.0],
    }


def test_the_skin_types_of_the_caution_are_those_of_the_rule(monkeypatch):
    rules = plans.rule_table("screening.toml")
    assert rules["fitzpatrick_iv_vi"]["skin_types"] == ["IV", "V", "VI"]
    fewer = {**rules, "fitzpatrick_iv_vi": {**rules["fitzpatrick_iv_vi"], "skin_types": ["VI"]}}
    monkeypatch.setattr(plans, "rule_table", lambda file: {"screening.toml": fewer}[file])
    assert [len(planned(skin_type=one)["cautions"]) for one in ("V", "VI")] == [0, 1]


def test_standing_ranks_from_within_to_refused():
    assert [one.value for one in planning.Standing] == [
        "within",
        "no-source",
        "above-published",
        "above-label",
        "refused",
    ]


def test_a_study_counts_once_and_above_its_label():
    both = (ROWS["skinpen-trial-summary"], ROWS["skinpen-trial"])
    assert plans.support(both) == {"studies": 1, "regulator_or_label": 0, "vendor_or_consumer": 0}
    assert plans.support(both[:1]) == {"studies": 0, "regulator_or_label": 1, "vendor_or_consumer": 0}
    assert plans.support(()) == {"studies": 0, "regulator_or_label": 0, "vendor_or_consumer": 0}
