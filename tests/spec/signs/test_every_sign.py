"""What holds for every sign: it has a spec, and a patient reads what to do and never a diagnosis."""

import pytest

from needlework.clinical import safety_net
from needlework.clinical.signs import combinations, signs, tiers
from needlework.clinical.terms import Tier
from tests.spec.signs.spec import specs

DIAGNOSES = (
    "abscess", "allerg", "anaphyl", "cellulitis", "cold sore", "dermatitis", "eczema", "granuloma",
    "hepatitis", "herpes", "hiv ", "impetigo", "infect", "jaundice", "keloid", "koebner", "lichen", "milia",
    "psoriasis", "reaction", "rosacea", "sarcoid", "seizure", "sepsis", "stroke", "tinea", "toxic", "vitiligo",
    "virus", "wart",
)  # fmt: skip
SPECS = specs()
TEXTS = (
    {sign.id: sign.patient_text for sign in signs().values()}
    | {one.id: one.patient_text for one in combinations()}
    | {f"tier {tier}": f"{rule.patient_text} {rule.late_text}" for tier, rule in tiers().items()}
    | {f"net {line.id}": f"{line.when} {line.do}" for line in safety_net.lines()}
)


def test_there_are_49_signs():
    assert len(signs()) == 49


@pytest.mark.parametrize("sign", signs())
def test_every_sign_has_one_spec(sign):
    assert len(SPECS[sign]) == 1


def test_no_spec_outlives_its_sign():
    assert set(SPECS) == set(signs())


@pytest.mark.parametrize("of", TEXTS)
def test_a_patient_never_reads_a_diagnosis(of):
    assert [word for word in DIAGNOSES if word in TEXTS[of].lower()] == []


@pytest.mark.parametrize("of", TEXTS)
def test_a_patient_never_reads_a_code(of):
    assert "_" not in TEXTS[of]


@pytest.mark.parametrize("sign", [sign.id for sign in signs().values() if sign.tier is Tier.EMERGENCY])
def test_an_emergency_tells_the_lead(sign):
    assert "lead" in signs()[sign].notify


@pytest.mark.parametrize(
    "sign",
    [
        sign.id
        for sign in signs().values()
        if sign.tier.rank >= Tier.SAME_DAY.rank and sign.id not in {"reused_cartridge", "staff_needlestick"}
    ],
)
def test_the_safety_net_holds_every_grave_sign_that_a_patient_can_notice(sign):
    lines = [line for line in safety_net.lines() if sign in line.signs]
    assert lines
    assert max(line.tier.rank for line in lines) >= signs()[sign].tier.rank
