"""What a report comes to: the worst of all it holds, who is told, and always the whole safety net."""

import pytest

from needlework.clinical import safety_net
from needlework.clinical.signs import signs
from needlework.clinical.triage import Report, as_json, triage


def answer(*named, hours=50, by="patient", temperature=None, text=""):
    return triage(Report(hours_since=hours, reported_by=by, signs=named, temperature_c=temperature, free_text=text))


def test_nothing_reported_is_expected_and_nobody_is_told():
    found = answer()
    assert (found.tier, found.notify, found.read_free_text, found.signs) == ("expected", (), False, ())


def test_the_tier_is_that_of_the_worst_sign():
    assert answer("redness", "faint").tier == "practitioner_review"
    assert answer("redness", "pus", "faint").tier == "same_day"
    assert answer("chest_pain", "redness", "pus").tier == "emergency"


def test_signs_stand_worst_first_whatever_their_order():
    expected = ["chest_pain", "pus", "faint", "redness", "flaking"]
    assert [one.sign.id for one in answer("flaking", "faint", "redness", "chest_pain", "pus").signs] == expected
    assert [one.sign.id for one in answer("pus", "chest_pain", "redness", "faint", "flaking").signs] == expected


def test_everybody_whom_a_sign_names_is_told_once():
    assert answer("cold_sore").notify == ("practitioner",)
    assert answer("distress").notify == ("lead",)
    assert answer("distress", "cold_sore").notify == ("practitioner", "lead")
    assert answer("cold_sore", "pus", "redness").notify == ("practitioner", "lead")


def test_routes_outside_the_clinic_are_not_among_those_told():
    named = {one for sign in signs() for one in answer(sign).notify}
    assert named == {"practitioner", "lead"}


@pytest.mark.parametrize(
    ("named", "minutes"),
    [("redness", None), ("faint", 2880), ("pus", 60), ("chest_pain", 15)],
    ids=["expected", "practitioner_review", "same_day", "emergency"],
)
def test_each_tier_promises_an_answer(named, minutes):
    assert as_json(answer(named))["answer_within_minutes"] == minutes


@pytest.mark.parametrize(
    ("temperature", "tier", "found"),
    [(37.9, "expected", []), (38.0, "same_day", ["fever"]), (38.1, "same_day", ["fever"])],
    ids=["below 38", "at 38", "above 38"],
)
def test_a_temperature_of_38_counts_as_fever(temperature, tier, found):
    reached = answer(temperature=temperature)
    assert reached.tier == tier
    assert [one.sign.id for one in reached.signs] == found


def test_a_fever_by_temperature_says_what_was_measured():
    (fever,) = answer(temperature=38.4).signs
    assert fever.because == "38.4 °C measured; this sign needs help today"


def test_a_fever_reported_counts_whatever_was_measured():
    (fever,) = answer("fever", temperature=36.5).signs
    assert (fever.tier, fever.because) == ("same_day", "this sign needs help today")


def test_a_fever_reported_and_measured_is_one_sign():
    assert [one.sign.id for one in answer("fever", temperature=39).signs] == ["fever"]


def test_free_text_alone_waits_for_a_person():
    found = answer(text="My skin feels odd")
    assert (found.tier, found.notify, found.read_free_text) == ("practitioner_review", ("practitioner",), True)


def test_free_text_is_read_also_beside_an_expected_sign():
    found = answer("redness", text="and something else")
    assert (found.tier, found.notify, found.read_free_text) == ("practitioner_review", ("practitioner",), True)
    assert [one.tier for one in found.signs] == ["expected"]


def test_free_text_beside_an_emergency_lowers_nothing():
    found = answer("sepsis", text="I am fine")
    assert (found.tier, found.read_free_text) == ("emergency", True)


@pytest.mark.parametrize("text", ["", " ", "\n\t  "], ids=["empty", "a space", "white space"])
def test_a_blank_text_is_no_text(text):
    assert (answer(text=text).tier, answer(text=text).read_free_text) == ("expected", False)


def test_free_text_is_never_interpreted():
    assert answer(text="call 999, I cannot breathe").tier == answer(text="all is well").tier


def test_a_sign_found_by_staff_counts_the_same_from_a_patient():
    by_patient, by_staff = answer("needle_fragment", hours=1), answer("needle_fragment", hours=1, by="practitioner")
    assert by_patient.tier == by_staff.tier == "same_day"
    assert by_patient.notify == by_staff.notify == ("lead",)
    assert by_staff.signs[0].because == "this sign needs help today"
    assert by_patient.signs[0].because == (
        "this sign needs help today; reported by the patient, though usually found by the practitioner"
    )


def test_the_signs_found_by_staff():
    found = {sign.id for sign in signs().values() if sign.reported_by == "practitioner"}
    assert found == {"needle_fragment", "reused_cartridge", "staff_needlestick"}


def test_a_sign_of_patients_is_the_same_from_a_practitioner():
    assert answer("redness", by="practitioner").signs == answer("redness").signs


@pytest.mark.parametrize("named", ["", *signs()])
def test_every_answer_carries_the_whole_safety_net(named):
    found = answer(*filter(None, [named]))
    assert found.safety_net == safety_net.lines()
    assert as_json(found)["safety_net"] == safety_net.as_json()


@pytest.mark.parametrize("named", signs())
def test_a_patient_reads_the_fixed_text_of_a_sign(named):
    sign = signs()[named]
    (found,) = answer(named, hours=sign.onset_from_hours).signs
    assert found.patient_text == sign.patient_text


def test_a_patient_reads_that_an_expected_sign_has_lasted_too_long():
    (found,) = answer("redness", hours=169).signs
    assert found.patient_text == (
        "It has lasted longer than we expect. We will look at it and reply within 2 working days."
    )


def test_a_sign_that_was_never_expected_keeps_its_text_when_it_lasts_too_long():
    own = signs()["swollen_glands"].patient_text
    (found,) = answer("swollen_glands", hours=169).signs
    assert found.patient_text == (
        f"{own} It has lasted longer than we expect. We will look at it and reply within 2 working days."
    )


def test_a_sign_brings_its_sources():
    (found,) = answer("cold_sore").signs
    assert [source.id for source in found.sources] == ["cmac-hsv", "dermapen4-ifu"]


def test_a_combination_brings_its_sources_too():
    found = {one.sign.id: one for one in answer("urticaria", "faint").signs}
    assert [source.id for source in found["urticaria"].sources] == ["anaph-uk", "memory", "policy", "nhs-faint"]
    assert [source.id for source in found["faint"].sources] == ["nhs-faint", "nhsl-faint", "policy"]
