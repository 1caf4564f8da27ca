"""What every patient is told, and what only some are."""

from itertools import product

import pytest

from needlework.clinical import safety_net
from needlework.clinical.consent_content.choosing import holds
from needlework.clinical.consent_content.proposed import proposed
from needlework.clinical.consent_content.wordings import NUMBING, book
from needlework.clinical.devices import devices
from needlework.clinical.terms import CONCERNS, SKIN_TYPES
from needlework.evidence.nations import NATIONS, provisions
from needlework.evidence.zones import zones
from tests.spec.consent.plans import DAY, text, told

PENS = [name for name, one in devices().items() if not one.radiofrequency]


def test_the_sections_stand_in_this_order():
    assert [section.id for section in text().sections] == [
        "what", "benefit", "risks", "numbing", "alternatives", "unknown", "help", "who", "photographs", "data", "stop",
    ]  # fmt: skip


def test_no_section_is_ever_empty():
    for concern, nation, device in product(CONCERNS, NATIONS, PENS):
        shown = text(concerns=[concern], nation=nation, device=device, depth_mm=None)
        assert [section.id for section in shown.sections if not section.statements] == []


def test_everybody_may_say_no_or_stop_part_way():
    assert told()["right-to-stop"].text == "You can say no, or stop at any time, even part way."


def test_two_days_to_think_are_advice_of_members_of_parliament_and_not_law():
    one = told()["time-to-think"]
    assert one.text == (
        "Take at least 48 hours to think. A group of MPs asked for this wait in 2022. It is advice, not law. "
        "You can take longer."
    )
    assert [source.id for source in one.sources] == ["hsc-committee-2022", "gmc-cosm"]
    assert text().reflection_hours == 48


def test_doing_nothing_is_an_alternative_for_everybody():
    assert told()["do-nothing"].text.startswith("You can do nothing.")


def test_the_safety_net_is_told_whole_and_last_in_what_to_do():
    section = next(one for one in text().sections if one.id == "help")
    net = [f"{line.do}: {line.when}" for line in safety_net.lines()]
    assert [one.text for one in section.statements][-len(net) :] == net


def test_photographs_are_a_choice_apart():
    assert told()["photos-apart"].text == "You can say no to photos and still be treated."


@pytest.mark.parametrize("concern", CONCERNS)
def test_each_concern_is_told_its_benefit_and_no_other(concern):
    zones = ["neck"] if concern == "wrinkles" else ["cheeks"]
    ids = set(told(concerns=[concern], zones=zones))
    own = {"wrinkles": "wrinkles-neck"}.get(concern, concern)
    others = {*CONCERNS, "wrinkles-face", "wrinkles-neck", "wrinkles-elsewhere"} - {own}
    assert own in ids
    assert ids & others == set()


@pytest.mark.parametrize(
    ("zone", "told_of"), [("forehead", "face"), ("neck", "neck"), ("hand-left", "elsewhere"), ("scalp", "elsewhere")]
)
def test_the_benefit_for_wrinkles_is_that_of_the_zone(zone, told_of):
    found = {one for one in told(concerns=["wrinkles"], zones=[zone]) if one.startswith("wrinkles-")}
    assert found == {f"wrinkles-{told_of}"}


def test_every_zone_has_a_word_on_wrinkles():
    covered = {zone for one in book().statements if one.id.startswith("wrinkles-") for zone in one.only_zones}
    assert covered == set(zones().treatable)


@pytest.mark.parametrize("concern", ["age-spots", "uneven-tone"])
def test_brown_spots_are_looked_at_first(concern):
    assert "brown-spots-first" in told(concerns=[concern])


def test_scars_need_no_look_at_brown_spots():
    assert "brown-spots-first" not in told()


@pytest.mark.parametrize("skin_type", SKIN_TYPES)
def test_darker_skin_is_told_of_more_dark_marks_and_is_not_turned_away(skin_type):
    ids = told(skin_type=skin_type)
    assert ("dark-marks-your-skin" in ids) is (skin_type in {"IV", "V", "VI"})
    assert "dark-marks" in ids


def test_skin_near_the_eye_is_told_that_it_bruises_more():
    assert "bruises-eyes" in told(zones=["periorbital"])
    assert "bruises-eyes" not in told()


@pytest.mark.parametrize(
    ("zone", "told_so"), [("forehead", True), ("chin", True), ("scalp", True), ("neck", False), ("back", False)]
)
def test_who_is_treated_near_the_eyes_is_told_that_an_eye_can_be_hurt(zone, told_so):
    ids = told(zones=[zone])
    assert ("eyes" in ids) is told_so
    if told_so:
        assert ids["eyes"].text == (
            "The eye can be hurt by a needle, or by cream or skin wash that gets in. If this happens, rinse it and go "
            "to eye casualty or A&E at once."
        )


@pytest.mark.parametrize("concern", CONCERNS)
def test_melasma_can_get_darker_and_come_back(concern):
    ids = told(concerns=[concern])
    assert ("melasma-darker" in ids) is (concern == "melasma")


def test_melasma_is_told_so_without_a_rate():
    one = told(concerns=["melasma"])["melasma-darker"]
    assert one.whole == (
        "Melasma can get darker after needling. It may come back even if it fades at first. No reliable rate was found."
    )


def test_no_heat_is_ever_put_on_a_cream():
    assert told(numbing="EMLA")["cream-wrap"].text == (
        "Do not put heat on the cream. Do not put plastic wrap on it unless its label says so. Do not add more cream "
        "of your own."
    )


def test_how_long_it_lasts_is_what_was_not_found():
    text = told()["how-long"].text
    assert text == "We found no study that tells how long it lasts, or how often to repeat it."


def test_nobody_says_yes_with_a_clouded_mind():
    assert told()["clear-head"].text == (
        "If you have had alcohol or drugs that cloud your mind, we put off the talk, the signing and the treatment."
    )


def test_what_others_copied_of_a_photo_may_stay():
    assert told()["photos-each-use"].text.endswith(
        "If a photo that you take back is already out there, we take ours down. Copies that others made may stay."
    )


@pytest.mark.parametrize("zone", ["decolletage", "upper-arm-left", "arm-right", "hand-left"])
def test_zones_without_a_source_for_depth_are_told_so(zone):
    assert "no-depth-here" in told(zones=[zone])


def test_cheeks_have_a_source_for_depth():
    assert "no-depth-here" not in told()


@pytest.mark.parametrize(("depth_mm", "deep"), [(1.4, False), (1.5, True), (1.6, True), (None, False)])
def test_skin_dries_for_longer_from_one_and_a_half_millimetres(depth_mm, deep):
    assert ("deep" in told(depth_mm=depth_mm)) is deep


@pytest.mark.parametrize(
    ("numbing", "ids"),
    [
        (None, {"no-cream"}),
        ("none", {"no-cream"}),
        ("EMLA", {"cream", "cream-too-much", "cream-wrap", "cream-blue", "cream-eyes"}),
        ("LMX4", {"cream", "cream-too-much", "cream-wrap", "cream-eyes"}),
        ("Lidiam", {"cream", "cream-too-much", "cream-wrap", "cream-soya", "cream-eyes"}),
        ("Pliaglis", {"cream", "cream-too-much", "cream-wrap", "cream-eyes"}),
        ("another cream", {"cream", "cream-too-much", "cream-wrap", "cream-blue", "cream-eyes"}),
        ("a prescribed cream", {"cream", "cream-too-much", "cream-wrap", "cream-blue", "cream-eyes"}),
    ],
)
def test_numbing_is_told_by_what_is_planned(numbing, ids):
    section = next(one for one in text(numbing=numbing).sections if one.id == "numbing")
    assert {one.id for one in section.statements} == ids


@pytest.mark.parametrize("nation", NATIONS)
def test_harm_is_reported_where_the_nation_reports_it(nation):
    ids = told(nation=nation)
    assert ("niaic" in ids) is (nation == "Northern Ireland")
    assert ("yellow-card" in ids) is (nation != "Northern Ireland")


@pytest.mark.parametrize("nation", NATIONS)
def test_northern_ireland_is_not_sent_to_nhs_111_when_nobody_answers(nation):
    ids = told(nation=nation)
    northern = nation == "Northern Ireland"
    assert ("call-us" in ids, "call-us-northern-ireland" in ids) == (not northern, northern)
    own = [one for key, one in ids.items() if not key.startswith("net-")]
    assert any("NHS 111" in one.text for one in own) is not northern


def test_northern_ireland_is_told_of_gp_out_of_hours():
    one = told(nation="Northern Ireland")["call-us-northern-ireland"]
    assert one.text.endswith("do not answer, call your GP, or GP Out of Hours when it is closed.")
    assert [source.id for source in one.sources] == ["gp-out-of-hours-ni", "policy"]


def test_every_provision_of_the_law_has_its_words():
    assert {one.provision for one in book().statements} - {None} == set(provisions())


def test_no_statement_is_for_nobody():
    people = list(zip(NUMBING, [*NATIONS, *NATIONS], [*SKIN_TYPES, "I"], strict=False))
    plans = [
        proposed(
            concerns=[concern],
            zones=[zone],
            device=device,
            skin_type=kind,
            nation=nation,
            depth_mm=depth,
            numbing=cream,
            on=DAY,
        )
        for zone, concern in product(("forehead", "periorbital", "hands", "neck"), CONCERNS)
        for device, depth in product(("SkinPen", "Dr.pen", "Dermapen 4"), (None, 1.0, 1.5, 2.0))
        for cream, nation, kind in people
    ]
    assert [one.id for one in book().statements if not any(holds(one, plan) for plan in plans)] == []
