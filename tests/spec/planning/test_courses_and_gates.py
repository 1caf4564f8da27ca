"""Courses, gates and law."""

import pytest

from needlework.clinical import planning
from tests.spec.planning.proposing import PLAIN, gates, planned, zone

EXAMINED = {"lesion-examined": {"by": "Dr Example", "on": "2026-11-30", "suspicious": False}}


@pytest.mark.parametrize(
    ("concern", "where", "sessions", "interval_days"),
    [
        ("acne-scars", "cheek-left", [3, 6], [14, 42]),
        ("wrinkles", "forehead", [2, 6], [14, 30]),
        ("stretch-marks", "abdomen", [1, 6], [14, 35]),
        ("melasma", "cheek-left", [2, 2], [30, 30]),
        ("uneven-tone", "cheek-left", None, None),
        ("age-spots", "cheek-left", None, None),
    ],
)
def test_sessions_and_spacing_as_published(concern, where, sessions, interval_days):
    (course,) = planned(concern, where)["courses"]
    assert course["concern"] == concern
    assert (course["sessions"], course["interval_days"]) == (sessions, interval_days)
    assert course["disagreement"].endswith(".")
    assert course["sources"]


def test_age_spots_have_no_evidence():
    (course,) = planned("age-spots")["courses"]
    assert course["disagreement"].startswith("No trial of microneedling for age spots or sunspots was found")
    assert course["protocols"] == []


def test_sessions_as_needed_do_not_widen_the_range():
    (course,) = planned()["courses"]
    assert [one["sessions"] for one in course["protocols"] if one["as_needed"]] == [[1, 6]]


def test_never_under_two_weeks_is_policy_and_screening_waits_four():
    (course,) = planned()["courses"]
    spacing = course["spacing"]
    assert (spacing["never_under_days"], spacing["default_days"]) == (14, 28)
    assert [one["strength"] for one in spacing["never_under"]["sources"]] == ["policy"]
    assert spacing["default"]["sources"]


def test_interval_limits_are_there_for_the_diary_and_the_forecast():
    limits = planning.interval_limits("acne-scars")
    assert (limits.never_under_days, limits.default_days, limits.published_days) == (14, 28, (14, 42))
    assert planning.interval_limits("age-spots").published_days is None


def test_age_spots_wait_until_somebody_looked():
    assert gates(concern="age-spots") == [("lesion-examined", False, True)]


def test_age_spots_looked_at_and_not_suspicious_may_go_on():
    (gate,) = planned("age-spots", gates=EXAMINED)["gates"]
    assert (gate["met"], gate["do"], gate["by"], gate["on"]) == (True, None, "Dr Example", "2026-11-30")


def test_a_suspicious_spot_is_referred():
    (gate,) = planned("age-spots", gates={"lesion-examined": EXAMINED["lesion-examined"] | {"suspicious": True}})[
        "gates"
    ]
    assert gate["met"] is False
    assert gate["do"] == (
        "Do not treat. A spot was found suspicious: send the patient to the GP or a dermatologist at once."
    )


def test_a_suspicious_spot_is_told_whatever_the_concern():
    examined = {"lesion-examined": EXAMINED["lesion-examined"] | {"suspicious": True}}
    assert gates(concern="acne-scars", gates=examined) == [("lesion-examined", False, True)]


def test_uneven_tone_may_be_a_spot_until_somebody_says_no():
    assert gates(concern="uneven-tone") == [("lesion-examined", False, True)]
    for spots, found in ((True, [("lesion-examined", False, True)]), (False, [])):
        told = [{"concern": "uneven-tone", "zones": ["forehead"], "spots": spots}]
        assert gates(concerns=told) == found


def looked(on, suspicious=False):
    return {"lesion-examined": {"by": "Dr Example", "on": on, "suspicious": suspicious}}


@pytest.mark.parametrize(
    ("on", "met"), [("1900-11-30", False), ("2026-05-31", False), ("2026-06-01", True), ("2026-12-01", True)]
)
def test_a_look_counts_for_six_months_before_the_planned_date(on, met):
    (gate,) = planned("age-spots", gates=looked(on))["gates"]
    assert (gate["met"], gate["refuses"], gate["by"], gate["on"]) == (met, True, "Dr Example", on)
    assert gate["do"] == (
        None
        if met
        else "Look again: the spots were last looked at more than 6 months before the planned date, and a spot can "
        "change. Policy of this rule set."
    )
    assert ("policy" in [source["strength"] for source in gate["sources"]]) is not met


def test_an_old_look_at_a_suspicious_spot_still_refers():
    (gate,) = planned("age-spots", gates=looked("1900-11-30", suspicious=True))["gates"]
    assert gate["do"].startswith("Do not treat.")


def test_an_old_look_that_nothing_asks_for_closes_nothing():
    assert gates(concern="acne-scars", gates=looked("1900-11-30")) == [("lesion-examined", False, False)]
    assert gates(concern="acne-scars", gates=looked("2026-11-30")) == [("lesion-examined", True, False)]
    found = zone(gates=looked("1900-11-30"), chosen=[{"zone": "cheek-left", "depth_mm": 1.5}])
    assert found["chosen"]["standing"] == "within"


def mixed(**rest):
    concerns = [
        {"concern": "uneven-tone", "zones": ["forehead"]},
        {"concern": "acne-scars", "zones": ["cheek-left"]},
    ]
    chosen = [{"zone": one, "depth_mm": 0.5, "reason": "x"} for one in ("forehead", "cheek-left")]
    zones = planned(concerns=concerns, chosen=chosen, **rest)["zones"]
    return {one["zone"]: (one["chosen"]["standing"], one["chosen"]["needs"]) for one in zones}


def test_before_the_look_no_depth_stands_where_spots_may_be():
    assert mixed() == {"forehead": ("refused", ["lesion-examined"]), "cheek-left": ("within", [])}
    assert mixed(gates=looked("2026-05-31"))["forehead"] == ("refused", ["lesion-examined"])
    assert mixed(gates=looked("2026-06-01")) == {"forehead": ("within", []), "cheek-left": ("within", [])}
    found = zone("age-spots", chosen=[{"zone": "cheek-left", "depth_mm": 0.5}])
    assert found["chosen"]["because"][0] == (
        "lesion-examined is not met. Have each spot looked at by somebody trained to tell a harmless spot from skin "
        "cancer; write down who, when and that nothing was suspicious."
    )
    assert found["published"]


def test_a_suspicious_spot_closes_every_zone():
    closed = ("refused", ["lesion-examined"])
    assert mixed(gates=looked("2026-11-30", suspicious=True)) == {"forehead": closed, "cheek-left": closed}


@pytest.mark.parametrize("concern", ["acne-scars", "wrinkles", "stretch-marks", "melasma"])
def test_other_concerns_have_no_gate(concern):
    assert gates(concern=concern) == []


def scotland(depth_mm, premises=None):
    chosen = [{"zone": "cheek-left", "depth_mm": depth_mm, "reason": "x"}] if depth_mm else []
    return planned(nation="Scotland", chosen=chosen) | {
        "gates": gates(nation="Scotland", chosen=chosen, **({"premises": premises} if premises else {}))
    }


def test_in_scotland_below_one_and_a_half_no_premises_are_asked():
    assert scotland(1.49)["gates"] == []
    assert len(scotland(1.49)["legal"]) == 1


@pytest.mark.parametrize("premises", [None, "salon", "clinic", "home-visit"])
def test_in_scotland_at_one_and_a_half_other_premises_are_warned_of(premises):
    assert scotland(1.5, premises)["gates"] == [("permitted-premises", False, False)]


@pytest.mark.parametrize("premises", ["pharmacy", "his-registered-clinic", "gp-practice"])
def test_in_scotland_at_one_and_a_half_permitted_premises_are_enough(premises):
    assert scotland(1.5, premises)["gates"] == [("permitted-premises", True, False)]


def test_in_scotland_without_a_depth_both_laws_are_told():
    assert len(scotland(None)["legal"]) == 3
    assert scotland(None)["gates"] == [("permitted-premises", False, False)]


def test_in_scotland_the_deepest_choice_counts():
    choices = [{"zone": "cheek-left", "depth_mm": 0.5}, {"zone": "forehead", "depth_mm": 1.5}]
    concerns = [{"concern": "acne-scars", "zones": ["cheek-left", "forehead"]}]
    assert gates(nation="Scotland", chosen=choices, concerns=concerns) == [("permitted-premises", False, False)]


def test_radiofrequency_is_scheduled_at_any_depth():
    choices = [{"zone": "cheek-left", "depth_mm": 0.5}]
    assert gates(nation="Scotland", chosen=choices, device="RF microneedling") == [("permitted-premises", False, False)]


@pytest.mark.parametrize("skin_type", ["IV", "V", "VI"])
def test_darker_skin_brings_the_caution_of_the_rules_and_no_number(skin_type):
    (caution,) = planned(skin_type=skin_type)["cautions"]
    assert caution["rule"] == "fitzpatrick_iv_vi"
    assert caution["text"].endswith("Never a reason to refuse.")
    assert zone(skin_type=skin_type) == zone(skin_type="I")


@pytest.mark.parametrize("skin_type", ["I", "II", "III"])
def test_lighter_skin_brings_no_caution(skin_type):
    assert planned(skin_type=skin_type)["cautions"] == []


def test_radiofrequency_says_that_it_is_not_covered():
    assert [one["rule"] for one in planned(device="RF microneedling")["cautions"]] == ["rf_not_covered"]


def test_a_plan_recommends_nothing():
    document = PLAIN | {"concerns": [{"concern": "acne-scars", "zones": ["face"]}]}
    found = planning.as_json(planning.plan(planning.read(document)))
    assert not [key for key in keys(found) if any(word in key for word in ("recommend", "default_mm", "best", "rank"))]
    for one in found["zones"]:
        assert one["chosen"] is None
        kinds = {"range_mm", "for", "sources"}
        assert all(set(entry) - {"published_mm", "conflict"} == kinds for entry in one["published"])


def keys(value):
    if isinstance(value, dict):
        return [*value, *(key for one in value.values() for key in keys(one))]
    return [key for one in value for key in keys(one)] if isinstance(value, list) else []
