"""Depth, the label, what a device is cleared for, and the law of the nation."""

from datetime import date

import pytest

from tests.spec.consent.plans import told

CLEARANCE = {"cleared", "cleared-for-other", "clearance-unknown"}


def laws(**changed) -> set[str]:
    return {one for one in told(**changed) if one.startswith("law-")}


@pytest.mark.parametrize(("depth_mm", "above"), [(1.25, False), (1.5, False), (1.51, True), (2.5, True)])
def test_a_depth_above_the_label_limit_says_that_it_was_not_tested(depth_mm, above):
    ids = told(depth_mm=depth_mm)
    assert ("above-label" in ids) is above
    assert "label-limit" not in ids


def test_above_the_label_limit_the_words_name_the_limit():
    assert told(depth_mm=2.0)["above-label"].text == (
        "The plan is to go deeper than 1.5 mm. The label of this device says: more than that was not tested for risk "
        "or effect. Ask us why we want to."
    )


def test_without_a_depth_the_label_limit_is_told():
    ids = told(depth_mm=None)
    assert ids["label-limit"].text.startswith("The label of this device says: more than 1.5 mm was not tested")
    assert ids["depth-open"].text == "We will tell you how deep we plan to go before you sign."
    assert "depth-stated" not in ids


def test_a_planned_depth_is_told_in_millimetres():
    ids = told(depth_mm=1.25)
    assert ids["depth-stated"].text == "We plan to go up to 1.25 mm deep."
    assert "depth-open" not in ids


def test_a_device_without_a_known_label_limit_says_so():
    assert "no-label-limit" in told(device="Exceed", depth_mm=1.5)
    assert "no-label-limit" not in told()


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param({}, "cleared", id="acne scars of the face, within"),
        pytest.param({"skin_type": "VI"}, "cleared", id="acne scars, every skin type"),
        pytest.param({"depth_mm": 1.5}, "cleared", id="at the label limit"),
        pytest.param({"depth_mm": 1.75}, "cleared-for-other", id="deeper than the label"),
        pytest.param({"zones": ["back"]}, "cleared-for-other", id="another zone"),
        pytest.param({"zones": ["cheeks", "back"]}, "cleared-for-other", id="one zone of two"),
        pytest.param({"concerns": ["wrinkles"]}, "cleared-for-other", id="another concern"),
        pytest.param({"concerns": ["wrinkles"], "zones": ["neck"]}, "cleared", id="lines of the neck, type III"),
        pytest.param({"concerns": ["wrinkles"], "zones": ["neck"], "skin_type": "V"}, "cleared-for-other", id="type V"),
        pytest.param({"device": "Exceed", "skin_type": "IV"}, "cleared", id="Exceed, scars, type IV"),
        pytest.param({"device": "Exceed", "skin_type": "V"}, "cleared-for-other", id="Exceed, scars, type V"),
        pytest.param({"device": "SkinStylus SteriLock"}, "cleared-for-other", id="cleared for the belly alone"),
        pytest.param({"device": "Dermapen 4"}, "clearance-unknown", id="not looked up"),
    ],
)
def test_a_patient_is_told_whether_the_plan_is_what_the_device_is_cleared_for(changed, expected):
    assert set(told(**changed)) & CLEARANCE == {expected}


def test_what_a_device_is_cleared_for_is_told_with_its_source_and_that_it_is_no_law_here():
    one = told(zones=["back"])["cleared-for-other"]
    assert one.text == (
        "In the US, this device is cleared for acne scars on the face, and lines on the neck, from the age of 22. Your "
        "plan is not the same: it is for something else, another place or other skin, or it goes deeper. US rules do "
        "not count here. We know that it may be sold there for these uses. That is not proof of how well it works here."
    )
    assert [source.id for source in one.sources] == ["fda-den160029", "fda-k202243", "fda-mn"]


def test_a_clearance_says_nothing_of_what_the_maker_tested():
    assert told()["cleared"].text == (
        "In the US, this device is cleared for acne scars on the face, and lines on the neck, from the age of 22. Your "
        "plan is one of these. US rules do not count here. We know that it may be sold there for these uses. That is "
        "not proof of how well it works here."
    )
    unknown = told(device="Dermapen 4")["clearance-unknown"].text
    assert unknown == "We do not know what this device is cleared for in the US."


def test_where_the_skin_types_of_a_clearance_were_not_read_the_text_says_so():
    assert "(we have not read for which skin types)" in told(device="Dr.pen", skin_type="VI")["cleared"].text


def test_a_device_with_a_label_against_serums_says_so():
    assert "serums" in told()
    assert "serums" not in told(device="Exceed")


def test_england_has_no_licence_yet_and_nobody_under_18_is_treated():
    assert laws() == {"law-england", "law-england-age"}


@pytest.mark.parametrize(
    ("depth_mm", "expected"),
    [
        (1.4, {"law-scotland-licence"}),
        (1.5, {"law-scotland-premises", "law-scotland-age"}),
        (None, {"law-scotland-licence", "law-scotland-premises", "law-scotland-age"}),
    ],
)
def test_the_law_of_scotland_turns_on_one_and_a_half_millimetres(depth_mm, expected):
    assert laws(nation="Scotland", depth_mm=depth_mm) == expected


@pytest.mark.parametrize("numbing", ["a prescribed cream", "Pliaglis"])
def test_a_prescribed_cream_comes_under_the_act_of_scotland_at_any_depth(numbing):
    expected = {"law-scotland-premises", "law-scotland-age"}
    assert laws(nation="Scotland", depth_mm=0.5, numbing=numbing) == expected
    assert laws(nation="Scotland", depth_mm=0.5, numbing="EMLA") == {"law-scotland-licence"}


@pytest.mark.parametrize(("day", "ahead"), [(5, True), (6, False), (7, False)])
def test_the_licence_of_scotland_is_told_as_coming_until_the_day_it_holds(day, ahead):
    words = told(nation="Scotland", on=date(2027, 9, day))["law-scotland-licence"].text
    assert ("This starts on 6 September 2027." in words) is ahead
    assert "we think that the clinic must" in words
    assert words.endswith("We have not read all of this law.")


def test_wales_names_no_microneedling():
    assert laws(nation="Wales") == {"law-wales"}


def test_northern_ireland_is_told_what_was_looked_for_and_nothing_from_memory():
    one = told(nation="Northern Ireland")["law-northern-ireland"]
    assert one.text == "We found no licence for this in Northern Ireland. You can ask the council."
    assert [source.id for source in one.sources] == ["policy"]
