"""What a clinic may change in the rules, and what not."""

import pytest

from needlework.evidence.errors import DataError
from tests.unit.clinical.test_overrides import layer, refusal

LOOSER = "This would loosen the rule, which may only be tightened. Give a stricter value."


def screening(rule, **changed):
    """Return a rule as one override leaves it."""
    return layer({"id": rule, **changed})["screening.toml"][rule]


def test_a_clinic_may_wait_longer():
    assert screening("isotretinoin_recent", value={"months": 7})["wait"] == {"months": 7}


def test_a_wait_in_days_replaces_months_only_when_it_is_never_shorter():
    assert screening("isotretinoin_recent", value={"days": 184})["wait"] == {"days": 184}
    assert refusal({"value": {"days": 183}})[1] == LOOSER


def test_a_clinic_may_not_wait_less():
    assert refusal({"value": {"months": 5}})[1] == LOOSER


def test_a_wait_that_is_marked_loosenable_may_be_loosened_to_its_mark():
    assert screening("topical", value={"days": 1})["wait"] == {"days": 1}
    assert screening("topical", value={"days": 4}) == {"outcome": "defer", "wait": {"days": 4}}
    assert screening("topical", key="outcome", value="refer")["may_loosen_to"] == {"days": 1}


def test_a_loosenable_wait_goes_no_further_than_its_mark():
    from needlework.clinical import overrides
    from tests.unit.clinical.test_overrides import DOCUMENTS, made

    marked = {**DOCUMENTS["screening.toml"]["topical"], "may_loosen_to": {"days": 2}}
    documents = {**DOCUMENTS, "screening.toml": {"topical": marked}}
    with pytest.raises(DataError) as refused:
        overrides.layered(documents, [made(id="topical", value={"days": 1})])
    assert refused.value.sentence == "The rule may be loosened to 2 days and no further. Give that or more."


def test_the_mark_of_a_wait_does_not_loosen_the_outcome():
    assert refusal({"id": "topical", "key": "outcome", "value": "treat_around"})[1] == LOOSER


def test_the_mark_of_a_wait_does_not_loosen_it_for_one_device():
    assert refusal({"id": "topical", "value": {"days": 1}, "device": "SkinPen"})[1] == LOOSER


def test_an_outcome_may_become_worse():
    assert screening("acne", key="outcome", value="defer")["outcome"] == "defer"


def test_an_outcome_may_not_become_better():
    assert refusal({"id": "acne", "key": "outcome", "value": "suitable_with_adjustments"})[1] == LOOSER


def test_a_worse_outcome_reaches_devices_whose_own_is_milder():
    assert screening("breastfeeding", key="outcome", value="exclude")["device"] == [
        {"device": "SkinPen", "outcome": "exclude"},
        {"device": "Dermapen 4", "outcome": "exclude"},
        {"device": "PRO Pen", "note": "silent"},
    ]


def test_a_loosened_wait_leaves_what_a_device_says_itself():
    from needlework.clinical import overrides
    from tests.unit.clinical.test_overrides import DOCUMENTS, made

    own = [{"device": "SkinPen", "wait": {"days": 7}}]
    rule = {**DOCUMENTS["screening.toml"]["topical"], "device": own}
    documents = {**DOCUMENTS, "screening.toml": {"topical": rule}}
    found = overrides.layered(documents, [made(id="topical", value={"days": 1})])["screening.toml"]["topical"]
    assert (found["wait"], found["device"]) == ({"days": 1}, own)


def test_a_clinic_may_tighten_a_rule_for_one_device():
    found = screening("breastfeeding", key="outcome", value="refer", device="Dermapen 4")
    assert found["outcome"] == "exclude"
    assert found["device"][1] == {"device": "Dermapen 4", "outcome": "refer"}


def test_a_device_of_which_the_rule_says_nothing_gets_its_own_line():
    found = screening("isotretinoin_recent", device="PRO Pen")
    assert found == {
        "outcome": "defer",
        "wait": {"months": 6},
        "device": [{"device": "PRO Pen", "wait": {"months": 9}}],
    }


def test_a_device_may_not_be_loosened():
    loosened = {"id": "breastfeeding", "key": "outcome", "value": "refer", "device": "SkinPen"}
    assert refusal(loosened)[1] == LOOSER
    assert refusal({"id": "breastfeeding", "key": "outcome", "value": "refer", "device": "PRO Pen"})[1] == LOOSER


def test_a_device_may_not_be_milder_than_what_the_clinic_set_for_all():
    for_all, for_one = {"value": {"months": 9}}, {"value": {"months": 8}, "device": "SkinPen"}
    assert refusal(for_one, for_all)[1] == LOOSER


def test_a_sign_may_weigh_more():
    sign = {"file": "signs.toml", "id": "pus", "key": "tier"}
    assert layer(sign | {"value": "emergency"})["signs.toml"]["pus"]["tier"] == "emergency"
    assert refusal(sign | {"value": "practitioner_review"})[1] == LOOSER


def test_signs_together_may_weigh_more():
    both = {"file": "combinations.toml", "id": "both", "key": "tier"}
    assert layer(both | {"value": "emergency"})["combinations.toml"]["both"]["tier"] == "emergency"
    assert refusal(both | {"value": "expected"})[1] == LOOSER


def test_a_sign_that_is_no_longer_expected_is_told_to_somebody():
    sign = {"file": "signs.toml", "key": "tier", "value": "practitioner_review"}
    redness = layer(sign | {"id": "redness"})["signs.toml"]["redness"]
    assert (redness["tier"], redness["expected"]) == ("practitioner_review", False)
    assert redness["notify"] == ["practitioner", "lead"]
    assert layer(sign | {"id": "itch"})["signs.toml"]["itch"]["notify"] == ["practitioner"]
    pus = layer(sign | {"id": "pus", "value": "emergency"})["signs.toml"]["pus"]
    assert pus == {
        "tier": "emergency",
        "expected": False,
        "notify": ["practitioner", "lead"],
        "patient_text": "Now.",
    }


def test_a_sign_that_a_clinic_raises_says_what_its_new_tier_says():
    sign = {"file": "signs.toml", "id": "redness", "key": "tier"}
    for tier, text in (("practitioner_review", "We will look."), ("same_day", "Today."), ("emergency", "Now.")):
        assert layer(sign | {"value": tier})["signs.toml"]["redness"]["patient_text"] == text


def test_signs_together_that_a_clinic_raises_say_what_their_new_tier_says():
    both = {"file": "combinations.toml", "id": "both", "key": "tier", "value": "emergency"}
    assert layer(both)["combinations.toml"]["both"] == {"tier": "emergency", "patient_text": "Now."}


def test_what_must_never_be_asked_can_be_no_reason_to_refuse_for_any_device():
    status = {"id": "status", "key": "outcome", "value": "exclude", "device": "SkinPen"}
    assert refusal(status)[1] == "This must never be asked, so nobody can be refused for it. Take the override out."


def test_an_expected_sign_may_be_expected_for_less_long():
    sign = {"file": "signs.toml", "id": "redness", "key": "expected_until_hours"}
    assert layer(sign | {"value": 72})["signs.toml"]["redness"]["expected_until_hours"] == 72
    assert refusal(sign | {"value": 169})[1] == LOOSER


def test_a_depth_limit_may_be_lower():
    limit = {"file": "devices.toml", "id": "SkinPen", "key": "label_limit_mm"}
    assert layer(limit | {"value": 1.0})["devices.toml"]["SkinPen"]["label_limit_mm"] == 1.0
    assert refusal(limit | {"value": 1.6})[1] == LOOSER


def test_a_device_without_a_limit_may_be_given_one():
    limit = {"file": "devices.toml", "id": "Dermapen 4", "key": "hardware_limit_mm", "value": 2.0}
    assert layer(limit)["devices.toml"]["Dermapen 4"] == {"hardware_limit_mm": 2.0}


def numbing(key, value, product="EMLA"):
    """Return the numbing file as one override leaves it."""
    return layer({"file": "numbing.toml", "id": product, "key": key, "value": value})["numbing.toml"]


def test_a_maximum_of_numbing_cream_may_be_lower():
    assert numbing("max_mass_g", 30) == {
        "supply": "A pharmacist supplies it.",
        "products": {
            "EMLA": {"label": "EMLA 5%", "limits": {"max_mass_g": 30, "least_minutes": 60.0}},
            "Ametop": {"label": "Ametop 4%"},
        },
    }
    assert refusal({"file": "numbing.toml", "id": "EMLA", "key": "max_mass_g", "value": 61})[1] == LOOSER


def test_numbing_cream_may_stay_on_longer_before_it_counts_as_working():
    assert numbing("least_minutes", 75)["products"]["EMLA"]["limits"]["least_minutes"] == 75
    assert refusal({"file": "numbing.toml", "id": "EMLA", "key": "least_minutes", "value": 59})[1] == LOOSER
    assert refusal({"file": "numbing.toml", "id": "EMLA", "key": "least_minutes", "value": -1})[1] == (
        "Give a number above 0, at most 100000."
    )


def test_a_product_without_limits_has_none_to_tighten():
    ametop = {"file": "numbing.toml", "id": "Ametop", "key": "max_mass_g", "value": 1}
    assert refusal(ametop)[1] == "There is no such entry. Name one of them."
    assert refusal({**ametop, "id": "supply"})[1] == "There is no such entry. Name one of them."


def test_a_limit_of_numbing_cream_that_its_source_does_not_give_may_be_given():
    limits = {"max_mass_g": 60.0, "least_minutes": 60.0}
    assert numbing("max_area_cm2", 100)["products"]["EMLA"]["limits"] == limits | {"max_area_cm2": 100}
    assert numbing("most_minutes", 90)["products"]["EMLA"]["limits"] == limits | {"most_minutes": 90}
