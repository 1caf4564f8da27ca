"""Consent content: what is refused on the way in, and how statements are read and checked."""

import copy
from datetime import date

import pytest

from needlework.clinical.consent_content import content, proposed
from needlework.clinical.consent_content.proposed import cleared, cleared_in
from needlework.clinical.consent_content.wordings import book, document, load
from needlework.clinical.rule_set import VERSION
from needlework.clinical.terms import CONCERNS, Verified
from needlework.evidence.errors import DataError, InputError

PLAN = {
    "concerns": ["acne-scars"],
    "zones": ["cheeks"],
    "device": "SkinPen",
    "skin_type": "III",
    "nation": "England",
    "depth_mm": 1.0,
    "numbing": None,
    "on": date(2026, 12, 1),
}


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"concerns": []}, "concerns", "Name at least one concern."),
        (
            {"concerns": ["acne-scars", "wisdom"]},
            "concerns[1]",
            f"That is not known here. Send one of: {', '.join(CONCERNS)}.",
        ),
        ({"zones": []}, "zones", "Name at least one zone."),
        ({"zones": ["chek-left"]}, "zones[0]", "There is no such zone. Did you mean 'cheek-left'?"),
        ({"zones": ["lips"]}, "zones", "'lips' is never treated. Take it out of the plan."),
        ({"device": "SkinPn"}, "device", "That is not known here. Did you mean 'SkinPen'?"),
        (
            {"device": "RF microneedling"},
            "device",
            "This text does not cover radiofrequency: its risks are others. Use a text for it.",
        ),
        ({"skin_type": "VII"}, "skin_type", "That is not known here. Did you mean 'VI'?"),
        (
            {"nation": "France"},
            "nation",
            "That is not known here. Send one of: England, Scotland, Wales, Northern Ireland.",
        ),
        ({"depth_mm": 0.04}, "depth_mm", "Send a number from 0.05 to 2.5 mm."),
        ({"depth_mm": 2.51}, "depth_mm", "Send a number from 0.05 to 2.5 mm."),
        ({"device": "Dr.pen", "depth_mm": 3.51}, "depth_mm", "Send a number from 0.05 to 3.5 mm."),
        ({"numbing": "EMLAA"}, "numbing", "That is not known here. Did you mean 'EMLA'?"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_what_is_not_known_is_refused(changed, field, sentence):
    with pytest.raises(InputError) as refused:
        content(**{**PLAN, **changed})
    assert (refused.value.field, refused.value.sentence) == (field, sentence)


@pytest.mark.parametrize(("device", "depth_mm"), [("SkinPen", 0.05), ("SkinPen", 2.5), ("Dr.pen", 3.5)])
def test_the_bounds_of_the_depth_are_allowed(device, depth_mm):
    assert proposed(**{**PLAN, "device": device, "depth_mm": depth_mm}).depth_mm == depth_mm


def test_what_is_proposed_stands_in_the_order_of_the_tables():
    plan = proposed(**{**PLAN, "concerns": ["wrinkles", "acne-scars", "wrinkles"], "zones": ["chin", "cheeks"]})
    assert plan.as_json() == {
        "concerns": ["acne-scars", "wrinkles"],
        "zones": ["cheek-left", "cheek-right", "chin"],
        "device": "SkinPen",
        "skin_type": "III",
        "nation": "England",
        "depth_mm": 1.0,
        "numbing": "none",
        "on": "2026-12-01",
    }


def test_the_circumstances_of_a_plan():
    plan = proposed(**{**PLAN, "numbing": "LMX4", "depth_mm": 1.75})
    assert plan.circumstances == {"depth-stated", "label-limit", "above-label-limit", "cleared-for-other", "cream"}
    bare = proposed(**{**PLAN, "device": "Dermaroller", "depth_mm": None})
    assert bare.circumstances == {"depth-open", "no-label-limit", "clearance-unknown", "no-cream"}


def test_the_text_names_the_device_and_the_cream():
    shown = {one.id: one.text for one in content(**{**PLAN, "numbing": "EMLA"}).statements}
    assert shown["device"] == "We plan to use this device: SkinPen."
    assert shown["cream"].startswith("We plan to use EMLA. ")


def test_the_text_carries_the_rule_set():
    shown = content(**PLAN)
    assert shown.rule_set == VERSION
    assert shown.version.startswith(f"{VERSION}-")


def test_sources_are_told_once_in_the_order_of_first_use():
    sources = content(**PLAN).sources
    first = ["el-domyati-et-al-2015-jcad-microneedling", "policy", "fda-den160029", "cpsa-skin"]
    assert [source.id for source in sources[:4]] == first
    assert len(sources) == len({source.id for source in sources})
    assert "dogra-2014" in {source.id for source in sources}


@pytest.mark.parametrize(
    ("key", "verified"),
    [("holes", Verified.SEEN), ("do-nothing", Verified.PARTIAL), ("photos-apart", Verified.UNVERIFIED)],
)
def test_how_much_of_a_statement_was_read(key, verified):
    assert next(one for one in book().statements if one.id == key).verified is verified
    assert next(one for one in content(**PLAN).statements if one.id == key).verified == str(verified)


def test_the_safety_net_tells_how_much_of_it_was_read():
    shown = {one.id: one for one in content(**PLAN).statements}
    assert shown["net-breathing"].verified == "seen"
    assert [source.id for source in shown["net-breathing"].sources] == ["anaph-uk"]


def test_clearance_is_known_by_concern_zone_and_skin_type():
    known = cleared()["Rejuvapen NXT"]
    types = ("I", "II", "III", "IV")
    assert known.uses == {("wrinkles", f"periorbital-{side}", kind) for side in ("left", "right") for kind in types}
    assert (known.words, [source.id for source in known.sources]) == (
        "lines round the eyes",
        ["k192138-rejuvapen-nxt-fda-510-k-innolitics"],
    )


UNKNOWN_KEY = "Wording.__init__() got an unexpected keyword argument 'colour'. The keys are those of Wording."


def broken(**changed) -> dict:
    """Return the rule set's document with its first statement changed."""
    entries = copy.deepcopy(dict(document()))
    entries["statement"][0] |= changed
    return {**entries, "statement": entries["statement"][:2], "question": entries["question"][:1]}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"section": "small print"}, "There is no such section. Name one of [sections]."),
        ({"id": "device"}, "This id is taken. Give the new entry its own."),
        ({"facts": ["ACN-999"]}, "There is no fact 'ACN-999'. Name one of evidence/data/facts."),
        ({"facts": ["MEM-001"]}, "The fact 'MEM-001' was not read. Patients see none from memory: take it out."),
        ({"sources": ["memory"]}, "Say what it was read in. Memory is no source for a patient: name one, or policy."),
        ({"facts": []}, "Say what it was read in. Memory is no source for a patient: name one, or policy."),
        (
            {"rates": [{"text": "1 of 2 people."}]},
            "Say what it was read in. Memory is no source for a patient: name one, or policy.",
        ),
        ({"when": ["raining"]}, "when names 'raining', which is not known. Use one of: depth-stated, "),
        ({"only_concerns": ["wisdom"]}, "only_concerns names 'wisdom', which is not known. Use one of: acne-scars, "),
        ({"only_zones": ["lips"]}, "'lips' is never treated. Take it out of the plan."),
        ({"only_zones": ["chek-left"]}, "There is no such zone. Did you mean 'cheek-left'?"),
        ({"sources": ["rumour"]}, "There is no source 'rumour'. Add it to sources.toml, or name one that is there."),
        ({"only_skin_types": ["7"]}, "only_skin_types names '7', which is not known. Use one of: I, II, "),
        ({"only_devices": ["Pen"]}, "only_devices names 'Pen', which is not known. Use one of: SkinPen, "),
        ({"only_nations": ["Mars"]}, "only_nations names 'Mars', which is not known. Use one of: England, Scotland, "),
        ({"only_numbing": ["ice"]}, "only_numbing names 'ice', which is not known. Use one of: none, EMLA, "),
        ({"provision": "lex"}, "provision names 'lex', which is not known. Use one of: england-licensing, "),
        ({"text": "A {pen}."}, "text names 'pen', which is not known. Use one of: device, depth, label_limit, "),
        ({"colour": "red"}, UNKNOWN_KEY),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else "",
)  # fmt: skip
def test_a_statement_that_is_wrong_is_refused_with_what_to_do(changed, sentence):
    with pytest.raises(DataError) as refused:
        load(broken(**changed))
    assert (refused.value.file, refused.value.key) == ("consent.toml", changed.get("id", "holes"))
    assert refused.value.sentence.startswith(sentence)


@pytest.mark.parametrize(
    ("name", "changed", "sentence"),
    [
        ("Pen 9", {}, "There is no such device. Name one of devices.toml."),
        (
            "Dr.pen",
            {"facts": ["MEM-007"]},
            "The fact 'MEM-007' was not read. Patients see none from memory: take it out.",
        ),
        (
            "Dr.pen",
            {"uses": [{"concern": "wrinkles", "zones": ["lips"], "skin_types": ["I"]}]},
            "'lips' is never treated. Take it out of the plan.",
        ),
    ],
)
def test_what_a_device_is_cleared_for_is_checked(name, changed, sentence):
    entry = {"words": "lines", "uses": [], "facts": ["DEV-020"], **changed}
    with pytest.raises(DataError) as refused:
        cleared_in({name: entry})
    assert str(refused.value) == f"consent.toml: cleared.{name}: {sentence}"


def test_the_table_of_clearances_is_read_as_it_stands():
    assert cleared_in(document()["cleared"]) == cleared()
    uses = [{"concern": "wrinkles", "zones": ["neck"], "skin_types": ["II", "III"]}]
    made = cleared_in({"Dr.pen": {"words": "lines", "uses": uses, "facts": ["DEV-020"]}})["Dr.pen"]
    assert (made.words, made.uses) == ("lines", {("wrinkles", "neck", "II"), ("wrinkles", "neck", "III")})
    assert [source.id for source in made.sources] == ["k192138-rejuvapen-nxt-fda-510-k-innolitics"]


@pytest.mark.parametrize("device", ["PRO Pen", "Dr.pen"])
def test_a_clearance_whose_skin_types_were_not_read_names_none_and_counts_for_all(device):
    (use,) = document()["cleared"][device]["uses"]
    assert "skin_types" not in use
    assert {kind for _, _, kind in cleared()[device].uses} == {"I", "II", "III", "IV", "V", "VI"}
    assert cleared()[device].words == "acne scars on the face (we have not read for which skin types)"


def test_the_table_of_statements_is_read_as_it_stands():
    made = load(document())
    assert made == book()
    assert made.reflection_hours == 48
    pain, eyes = (next(one for one in made.statements if one.id == key) for key in ("pain", "bruises-eyes"))
    assert pain.facts == ("PLN-005", "PRO-008")
    assert pain.rates[0].text == "On average, people gave the pain 1 out of 10 in a study on acne scars."
    assert [source.id for source in pain.rates[0].sources] == ["alam-et-al-2014-jama-dermatol-150-844-849"]
    assert eyes.only_zones == ("periorbital-left", "periorbital-right")


def test_a_statement_and_a_question_may_share_an_id():
    entries = broken()
    entries["question"][0]["id"] = "holes"
    assert [one.id for one in load(entries).questions] == ["holes"]


def test_a_statement_without_an_id_is_named_as_a_statement():
    entries = broken(facts=[])
    del entries["statement"][0]["id"]
    with pytest.raises(DataError) as refused:
        load(entries)
    assert refused.value.key == "statement"
