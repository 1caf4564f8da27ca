"""A clinic's layer binds where it is used, and what rests on it says who set it, when and why."""

import pytest

from needlework.clinical import devices, numbing, planning, rule_set, screening
from needlework.clinical.overrides import read
from needlework.clinical.signs import load, load_combinations
from needlework.clinical.triage import Report, as_json, triage
from needlework.evidence.errors import DataError

WHO = {"by": "Amina Rahman", "role": "lead", "reason": "our insurer asks for it"}
WHEN = {"on": "2026-12-01", "review_by": "2027-12-01"}
TOLD = WHO | {"on": "2026-12-01"}

CASE = {
    "patient": {"age_years": 31, "fitzpatrick": "II"},
    "treatment": {
        "zones": ["forehead"],
        "device": "SkinPen",
        "topical_anaesthetic": False,
        "jurisdiction": "England",
        "planned_date": "2027-04-01",
    },
    "answers": {"isotretinoin_recent": {"date": "2026-08-31"}},
}
PROPOSAL = {
    "concerns": [{"concern": "acne-scars", "zones": ["cheek-left"]}],
    "device": "SkinPen",
    "skin_type": "III",
    "nation": "England",
    "planned_date": "2026-12-01",
}
CREAM = {
    "product": "EMLA",
    "mass_g": 30,
    "area_cm2": 200,
    "on": "2026-12-01T10:00:00+00:00",
    "off": "2026-12-01T11:15:00+00:00",
}


def layer(file, id, key, value, **more):  # noqa: A002
    """Return the rules of a clinic with one override."""
    entry = {"file": file, "id": id, "key": key, "value": value, **WHO, **WHEN, **more}
    return rule_set.with_overrides(rule_set.current(), read({"override": [entry]}))


def screened(found, device="SkinPen"):
    rules = screening.load(found.documents["screening.toml"], found.overrides)
    case = CASE | {"treatment": CASE["treatment"] | {"device": device}}
    return screening.as_json(screening.screen(screening.read(case, rules=rules), rules=rules))


def planned(found, depth_mm=1.5, device="SkinPen"):
    """Return the plan of one chosen depth under a clinic's rules."""
    known = devices.load(found.documents["devices.toml"], found.overrides)
    rules = screening.load(found.documents["screening.toml"], found.overrides)
    chosen = [{"zone": "cheek-left", "depth_mm": depth_mm}]
    proposal = planning.read(PROPOSAL | {"device": device, "chosen": chosen})
    return planning.as_json(planning.plan(proposal, devices=known, rules=rules))


def chosen(found, **given):
    return planned(found, **given)["zones"][0]["chosen"]


def checked(found, **changed):
    """Return the checks of a cream under a clinic's rules, by name."""
    products = numbing.load(found.documents["numbing.toml"], found.overrides)
    answer = numbing.as_json(numbing.check(numbing.read(CREAM | changed), products=products))
    return {(one["product"], one["check"]): one for one in answer["checks"]}


def reported(found, *signs, hours_since=50):
    known = load(found.documents["signs.toml"], found.overrides)
    together = load_combinations(found.documents["combinations.toml"], known, found.overrides)
    return as_json(triage(Report(hours_since, "patient", signs), signs=known, combinations=together))


def test_a_finding_of_a_changed_rule_says_who_changed_it():
    found = screened(layer("screening.toml", "isotretinoin_recent", "wait", {"months": 9}))
    (finding,) = found["findings"]
    assert (found["earliest_date"], finding["set_by_clinic"]) == ("2027-05-31", TOLD)


def test_a_finding_of_an_unchanged_rule_says_nothing_of_the_clinic():
    rules = rule_set.current().documents["screening.toml"]
    case = CASE | {"treatment": CASE["treatment"] | {"planned_date": "2027-01-01"}}
    found = screening.screen(screening.read(case), rules=screening.load(rules))
    assert "set_by_clinic" not in screening.as_json(found)["findings"][0]


@pytest.mark.parametrize(("device", "says"), [("SkinPen", True), ("Exceed", False)])
def test_a_rule_changed_for_one_device_says_so_with_that_device_alone(device, says):
    found = layer("screening.toml", "isotretinoin_recent", "wait", {"months": 9}, device="SkinPen")
    assert [("set_by_clinic" in one) for one in screened(found, device)["findings"]] == [True] * says


def test_a_lower_label_limit_binds():
    found = layer("devices.toml", "SkinPen", "label_limit_mm", 1.25)
    assert chosen(found, depth_mm=1.25)["standing"] == "within"
    above = chosen(found, depth_mm=1.26)
    assert (above["standing"], above["needs"], above["set_by_clinic"]) == ("above-label", ["reason"], TOLD)
    assert above["because"] == [
        "Deeper than the clinic's own limit for this device, in place of its label's (1.25 mm)."
    ]


def test_a_lower_hardware_limit_refuses():
    found = layer("devices.toml", "SkinPen", "hardware_limit_mm", 1)
    assert chosen(found, depth_mm=1.0)["standing"] == "within"
    above = chosen(found, depth_mm=1.01)
    assert (above["standing"], above["needs"]) == ("refused", [])
    assert above["because"] == ["Deeper than the clinic lets this device be set (1 mm). Choose less."]


def test_a_device_of_which_the_clinic_changed_nothing_says_nothing_of_it():
    found = layer("devices.toml", "SkinPen", "label_limit_mm", 1.25)
    assert "set_by_clinic" not in chosen(found, device="Exceed")
    assert "set_by_clinic" not in planned(found, device="Exceed")["device"]
    assert planned(found)["device"]["set_by_clinic"] == TOLD


def test_a_clinics_own_hardware_limit_does_not_free_from_the_reason_that_nobody_published_one():
    found = layer("devices.toml", "PRO Pen", "hardware_limit_mm", 1.5)
    within = chosen(found, depth_mm=1.5, device="PRO Pen")
    assert (within["standing"], within["needs"]) == ("within", ["reason"])
    assert within["notes"] == [
        "Nobody published how deep this device can be set: the depth cannot be checked against it."
    ]
    assert chosen(found, depth_mm=1.51, device="PRO Pen")["standing"] == "refused"


def test_a_clinics_own_label_limit_is_not_one_that_was_read():
    found = planned(layer("devices.toml", "Dermapen 4", "label_limit_mm", 1), device="Dermapen 4")
    assert (found["device"]["label_limit_mm"], found["zones"][0]["label_limit_mm"]) == (1, 1)
    assert found["device"]["notes"][0] == "No label limit of this device was read."


@pytest.mark.parametrize(
    ("value", "days"), [({"weeks": 5}, 35), ({"days": 29}, 29), ({"months": 2}, 62)], ids=["weeks", "days", "months"]
)
def test_a_longer_wait_between_sessions_is_the_spacing_of_a_plan(value, days):
    (course,) = planned(layer("screening.toml", "microneedling_recent", "wait", value))["courses"]
    assert (course["spacing"]["default_days"], course["spacing"]["set_by_clinic"]) == (days, TOLD)


@pytest.mark.parametrize(("device", "days"), [("SkinPen", 42), ("Exceed", 28)])
def test_a_longer_wait_for_one_device_is_the_spacing_with_that_device_alone(device, days):
    found = layer("screening.toml", "microneedling_recent", "wait", {"weeks": 6}, device="SkinPen")
    (course,) = planned(found, device=device)["courses"]
    assert (course["spacing"]["default_days"], "set_by_clinic" in course["spacing"]) == (days, device == "SkinPen")


@pytest.mark.parametrize(
    ("key", "value", "check", "standing"),
    [
        ("max_mass_g", 30, "mass", "within"),
        ("max_mass_g", 29.9, "mass", "over"),
        ("max_area_cm2", 200, "area", "within"),
        ("max_area_cm2", 199, "area", "over"),
        ("most_minutes", 75, "time", "within"),
        ("most_minutes", 74, "time", "over"),
        ("least_minutes", 75, "time", "within"),
        ("least_minutes", 76, "time", "too-short"),
    ],
)
def test_a_clinics_limit_of_numbing_cream_binds(key, value, check, standing):
    found = checked(layer("numbing.toml", "EMLA", key, value))
    assert found["EMLA", check]["standing"] == standing
    assert [name for (_, name), one in found.items() if "set_by_clinic" in one] == [check]
    assert found["EMLA", check]["set_by_clinic"] == TOLD


def test_a_clinics_limit_binds_the_second_cream_too():
    also = [{"product": "LMX4", "mass_g": 5, "area_cm2": 30}]
    found = checked(layer("numbing.toml", "LMX4", "max_mass_g", 34), also=also)
    assert (found["LMX4", "mass"]["standing"], found["EMLA", "mass"]["standing"]) == ("over", "within")


def test_a_time_that_nothing_could_keep_is_refused():
    found = layer("numbing.toml", "EMLA", "least_minutes", 300)
    assert checked(found)["EMLA", "time"]["limit"] == [300, 300]
    with pytest.raises(DataError) as refused:
        checked(layer("numbing.toml", "EMLA", "least_minutes", 301))
    assert str(refused.value) == ("numbing.toml: EMLA: least_minutes is longer than most_minutes. Mend one of the two.")


def test_a_sign_that_a_clinic_raises_never_reassures():
    found = layer("signs.toml", "redness", "tier", "same_day")
    (sign,) = reported(found, "redness")["signs"]
    assert sign["patient_text"] == "This needs help today. Call your GP or NHS 111, or see a pharmacist."
    assert (sign["tier"], sign["because"]) == ("same_day", "this sign needs help today")
    assert sign["set_by_clinic"] == TOLD


def test_a_sign_that_a_clinic_raises_is_not_milder_once_it_lasts_too_long():
    found = layer("signs.toml", "redness", "tier", "same_day")
    (sign,) = reported(found, "redness", hours_since=169)["signs"]
    assert sign["patient_text"] == "This needs help today. Call your GP or NHS 111, or see a pharmacist."
    assert sign["because"] == "this sign needs help today; longer than 168 h"


def test_a_sign_of_which_the_clinic_changed_nothing_says_nothing_of_it():
    found = layer("signs.toml", "redness", "tier", "same_day")
    assert ["set_by_clinic" in one for one in reported(found, "pus")["signs"]] == [False]


def test_a_sign_that_a_clinic_raises_to_the_first_tier_waits_for_a_reply():
    found = layer("signs.toml", "redness", "tier", "practitioner_review")
    (sign,) = reported(found, "redness")["signs"]
    assert sign["patient_text"] == "We will look at this and reply within 2 working days."
