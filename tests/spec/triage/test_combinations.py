"""Signs that together weigh more than each alone, each with and without one of them."""

from needlework.clinical.signs import combinations
from needlework.clinical.triage import Report, triage


def answer(*signs, hours=1, temperature=None):
    return triage(Report(hours_since=hours, reported_by="patient", signs=signs, temperature_c=temperature))


def tiers(*signs, **more):
    """Return the tier of an answer, and those of its signs."""
    found = answer(*signs, **more)
    return found.tier, {one.sign.id: one.tier for one in found.signs}


def raises(first, second, *, to, alone, name, text):
    """Prove that two signs together come to `to` at any hour, say so, and alone do not."""
    for hours in (0, 1, 400, 20000):
        assert tiers(first, second, hours=hours) == (to, {first: to, second: to})
        assert tiers(second, first, hours=hours) == (to, {first: to, second: to})
    for sign, tier in alone.items():
        assert tiers(sign) == (tier, {sign: tier})
    found = answer(first, second)
    assert found.notify == ("practitioner", "lead")
    assert all(one.because.split("; ")[0] == f"{name} (policy, unverified)" for one in found.signs)
    own = {one.sign.id: one.sign.patient_text for one in found.signs if one.sign.tier == to}
    assert {one.sign.id: one.patient_text for one in found.signs} == {first: text, second: text} | own


def test_hives_together_with_faint_are_an_emergency():
    raises(
        "urticaria",
        "faint",
        to="emergency",
        alone={"urticaria": "same_day", "faint": "practitioner_review"},
        name="hives together with faint: a whole-body allergic reaction until shown otherwise"
        " (within 24 h of one another)",
        text="Call 999 now and lie down with your legs up. Hives together with feeling faint need help at once.",
    )


def test_spreading_redness_together_with_fever_is_an_emergency():
    raises(
        "spreading_redness",
        "fever",
        to="emergency",
        alone={"spreading_redness": "same_day", "fever": "same_day"},
        name="spreading redness together with fever: an infection that may have left the skin",
        text="Call 999 or go to A&E now. Redness that spreads together with a fever needs help at once.",
    )


def test_pus_together_with_fever_is_an_emergency():
    raises(
        "pus",
        "fever",
        to="emergency",
        alone={"pus": "same_day", "fever": "same_day"},
        name="pus together with fever: an infection that may have left the skin",
        text="Call 999 or go to A&E now. Pus together with a fever needs help at once.",
    )


def test_swollen_eyes_together_with_hives_are_an_emergency():
    raises(
        "eyes_swollen_shut",
        "urticaria",
        to="emergency",
        alone={"eyes_swollen_shut": "same_day", "urticaria": "same_day"},
        name="swollen eyes together with hives: swelling that may reach the airway",
        text="Call 999 now. Swollen eyes together with hives need help at once.",
    )


def test_signs_of_numbing_cream_together_with_faint_are_an_emergency():
    raises(
        "last",
        "faint",
        to="emergency",
        alone={"last": "emergency", "faint": "practitioner_review"},
        name="signs of numbing cream together with faint: numbing cream in the blood",
        text="Call 999 now, wipe the cream off and lie down with your legs up."
        " Feeling faint after numbing cream needs help at once.",
    )


def test_a_measured_temperature_takes_part_in_a_combination():
    assert tiers("pus", temperature=37.9) == ("same_day", {"pus": "same_day"})
    assert tiers("pus", temperature=38.0) == ("emergency", {"pus": "emergency", "fever": "emergency"})


def test_a_third_sign_breaks_no_combination():
    tier, signs = tiers("redness", "pus", "fever")
    assert tier == "emergency"
    assert signs == {"redness": "expected", "pus": "emergency", "fever": "emergency"}


def test_a_sign_in_two_combinations_names_both():
    found = {one.sign.id: one for one in answer("spreading_redness", "pus", "fever").signs}
    assert found["fever"].because == (
        "spreading redness together with fever: an infection that may have left the skin (policy, unverified); "
        "pus together with fever: an infection that may have left the skin (policy, unverified); "
        "this sign needs help today"
    )
    assert found["pus"].because == (
        "pus together with fever: an infection that may have left the skin (policy, unverified); "
        "this sign needs help today; earlier than usual (24 to 504 h)"
    )


def test_every_combination_has_a_spec():
    proved = {
        "hives together with faint",
        "spreading redness together with fever",
        "pus together with fever",
        "swollen eyes together with hives",
        "signs of numbing cream together with faint",
    }
    assert {one.name for one in combinations()} == proved
