"""The page of signs shows everything that a lead signs off."""

import pytest

from docs.generator.signs import pages
from needlework.clinical import safety_net
from needlework.clinical.signs import combinations, signs, tiers

PAGE = pages()["rules/signs.md"]
SECTIONS = {
    section.split("- Code: `")[1].split("`")[0]: section for section in PAGE.split("### ") if "- Code: `" in section
}


def test_there_is_a_section_for_every_sign():
    assert set(SECTIONS) == set(signs())


@pytest.mark.parametrize("sign", signs().values(), ids=lambda sign: sign.id)
def test_a_section_shows_the_whole_sign(sign):
    section = SECTIONS[sign.id]
    assert section.startswith(f"{sign.label}\n")
    for text in (sign.onset, sign.window, sign.frequency, sign.action, sign.patient_text, f"Verified: {sign.verified}"):
        assert text in section
    for source in sign.sources:
        assert source.title.replace("[", "\\[").replace("]", "\\]") in section
        assert (source.url or "") in section
    for one in (*sign.notify, *sign.tell):
        assert one in section
    assert "- Specs: \n" not in section


def test_a_section_says_until_when_a_sign_is_expected():
    assert "- Expected up to 168 h; after that a practitioner looks at it\n" in SECTIONS["redness"]
    assert "- Not longer than 168 h; after that a practitioner looks at it\n" in SECTIONS["swollen_glands"]


def test_a_section_says_which_temperature_counts():
    assert "- A temperature of 38 °C or more counts as this sign (policy, unverified)\n" in SECTIONS["fever"]


def test_a_section_says_who_finds_a_sign():
    assert "- Code: `needle_fragment`, found by staff\n" in SECTIONS["needle_fragment"]


def test_a_section_names_the_spec_of_its_sign():
    assert "- Specs: redness is expected for 7 days then looked at" in SECTIONS["redness"]


def test_the_combinations_the_tiers_and_the_net_stand_whole():
    for one in combinations():
        assert one.reason in PAGE
        assert one.patient_text in PAGE
    for rule in tiers().values():
        assert rule.patient_text in PAGE
        assert rule.words in PAGE
    for line in safety_net.lines():
        assert f"| {line.when} | {line.do} |" in PAGE
    assert "They usually come within 24 h of one another." in PAGE
