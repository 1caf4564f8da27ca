"""What a patient reads of signs: the first call to act, in words that fit every skin and every nation."""

import re

import pytest

from needlework.clinical import safety_net
from needlework.clinical.signs import combinations, signs, tiers
from needlework.clinical.terms import Tier

SHOWN = (
    [(sign.id, sign.tier, sign.patient_text) for sign in signs().values()]
    + [(one.id, one.tier, one.patient_text) for one in combinations()]
    + [(f"tier {tier}", tier, rule.patient_text) for tier, rule in tiers().items()]
)
TEXTS = {of: text for of, _, text in SHOWN}
EMERGENCIES = [of for of, tier, _ in SHOWN if tier is Tier.EMERGENCY]
OF_TODAY = [of for of, tier, _ in SHOWN if tier is Tier.SAME_DAY]
FIRST = re.compile(r"(Call 999|Go to A&E|Go to eye casualty)[^.]*\bnow\b")
NET = {line.id: line for line in safety_net.lines()}
ANY_HOUR = {"talk", "distress_northern_ireland", "out_of_hours_northern_ireland"}
"""Lines of the net that say whom to call at any hour, and no day."""
LIFELINE = "In Northern Ireland, call Lifeline on 0808 808 8000."
TREATED = "Stop all creams on the treated skin"


@pytest.mark.parametrize("of", EMERGENCIES)
def test_an_emergency_begins_with_going_or_calling_now(of):
    assert FIRST.match(TEXTS[of])
    assert "today" not in TEXTS[of]


@pytest.mark.parametrize("of", OF_TODAY)
def test_what_needs_help_the_same_day_says_today_or_now(of):
    assert re.search(r"\b(today|now)\b", TEXTS[of])


@pytest.mark.parametrize("of", [key for key, line in NET.items() if line.tier is Tier.EMERGENCY])
def test_a_line_for_an_emergency_sends_to_999_or_hospital(of):
    assert re.fullmatch(r"999|A&E|A&E or 999|A&E or eye casualty", NET[of].do)


@pytest.mark.parametrize("of", [key for key, line in NET.items() if line.tier is Tier.SAME_DAY])
def test_a_line_for_the_same_day_says_today_or_now(of):
    assert bool(re.search(r"\b(today|now)\b", NET[of].do)) is (of not in ANY_HOUR)


def test_a_hurt_eye_is_rinsed_first_and_seen_now():
    assert TEXTS["eye_injury"] == (
        "Go to eye casualty or A&E now. First rinse the eye with clean water for 15 minutes. "
        "A hurt eye or blurred sight must not wait."
    )
    assert TEXTS["eye_herpes"] == "Go to A&E or eye casualty now. Eye pain or blurred sight must not wait."
    assert "something got into it" in NET["eye"].when
    assert NET["eye"].when.endswith("If something got in, rinse it with clean water for 15 minutes first.")


@pytest.mark.parametrize("of", ["distress", "distress_self_harm"])
def test_who_cannot_cope_reads_whom_to_call_in_every_nation(of):
    for said in ("Call 111 and choose option 2.", LIFELINE, "Samaritans on 116 123", "Call 999 now", "in danger"):
        assert said.lower() in TEXTS[of].lower()
    assert {"nhs-111-option-2-wales", "lifeline-about"} <= {source.id for source in signs()[of].sources}
    assert "111 option 2, in Northern Ireland Lifeline 0808 808 8000" in signs()[of].action


def test_northern_ireland_reads_whom_to_call_for_every_line_with_111():
    line = NET["out_of_hours_northern_ireland"]
    assert line.when == "You live in Northern Ireland. Call them each time this list, or a message from us, says 111."
    named = {sign for other in NET.values() if "111" in other.do and other.id != "low" for sign in other.signs}
    assert set(line.signs) == named
    assert set(NET["low"].signs) <= set(NET["distress_northern_ireland"].signs)


def test_redness_is_described_for_brown_and_black_skin():
    assert "On brown or black skin it may look darker, not red, and feel warm." in TEXTS["redness"]
    assert NET["worse_after_two_days"].when.endswith(
        "On brown or black skin, feel for heat, swelling or a change of colour."
    )
    assert "policy" in {source.id for source in NET["worse_after_two_days"].sources}
    assert "hot, swollen and red, or darker on brown or black skin" in NET["eye_or_face"].when
    assert NET["spreading"].when.startswith("Redness, or a darker colour, spreads")


def test_lips_that_numbing_cream_made_numb_are_not_sent_to_999():
    assert TEXTS["last"] == (
        "Call 999 now and wipe the cream off. A tingling mouth, a metal taste, ringing ears or twitching after "
        "numbing cream needs help at once."
    )
    assert "numb" not in TEXTS["last"].replace("numbing cream", "")
    assert "you taste metal" in NET["numbing_cream"].when


def test_an_expected_bruise_or_an_ordinary_faint_is_not_sent_to_999():
    assert NET["very_unwell"].when == (
        "You have a fever, and you shiver or feel faint. Or you feel very ill, your heart beats fast, you breathe fast "
        "or you feel confused. Or your skin turns purple or blotchy away from where we treated you."
    )
    assert NET["fit"].when == "You have a fit, or faint and do not wake within a minute."
    assert {NET["very_unwell"].tier, NET["fit"].tier, signs()["sepsis"].tier} == {Tier.EMERGENCY}


@pytest.mark.parametrize(
    "of", ["irritant_dermatitis", "allergic_dermatitis", "granuloma", "systemic_hypersensitivity", "urticaria"]
)
def test_only_creams_on_the_treated_skin_are_stopped(of):
    assert TREATED in TEXTS[of]


def test_nothing_shown_stops_a_cream_elsewhere():
    lines = [line.when for line in NET.values()]
    stopping = [text for text in (*TEXTS.values(), *lines) if "stop all creams" in text.lower()]
    assert len(stopping) == 8
    assert all(TREATED in text for text in stopping)


def test_trouble_breathing_names_the_adrenaline_pen():
    assert TEXTS["anaphylaxis"].startswith("Call 999 now. If you have an adrenaline pen, use it.")


@pytest.mark.parametrize(
    "of", ["spreading_redness", "fever", "swollen_glands", "allergic_dermatitis", "systemic_hypersensitivity"]
)
def test_who_needs_a_doctor_reads_which_one_to_call(of):
    assert "call your gp or 111" in TEXTS[of].lower()


@pytest.mark.parametrize("of", OF_TODAY)
def test_what_needs_help_the_same_day_names_whom_to_call(of):
    assert re.search(r"\b(GP|111|pharmacist|doctor)\b", TEXTS[of])


def test_a_faint_with_a_chest_that_hurts_is_sent_to_999():
    assert TEXTS["faint"].endswith("If your chest hurts, call 999.")


@pytest.mark.parametrize("of", ["eyes_swollen_shut", "needle_fragment"])
def test_who_reads_to_call_us_knows_whom_to_call_if_we_do_not_answer(of):
    assert "Call us now, or 111 if we do not answer." in TEXTS[of]
    assert [line.do for line in NET.values() if of in line.signs and line.id != "out_of_hours_northern_ireland"] == [
        "Call us now, or NHS 111 if we do not answer"
    ]


@pytest.mark.parametrize("of", ["ntm", "bbv_symptoms"])
def test_a_late_illness_is_told_to_a_gp_today_with_the_treatment(of):
    assert "a GP today" in TEXTS[of] or "a doctor today" in TEXTS[of]
    assert "that you had this treatment" in TEXTS[of]


@pytest.mark.parametrize("of", ["koebner", "hypopigmentation"])
def test_new_marks_wait_for_a_look_before_more_treatment(of):
    assert TEXTS[of].endswith("tell us, and have no more treatment until we have seen them.")
    assert "your skin condition" not in TEXTS[of]


@pytest.mark.parametrize("of", TEXTS)
def test_no_text_of_a_sign_promises(of):
    assert not re.search(
        r"\b(will (look|fade|go|be|stop)|guarantee|never|always)\b", TEXTS[of].replace("We will look", "")
    )
