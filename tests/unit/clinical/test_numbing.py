"""Numbing creams as data, and the answer as it is written."""

import re

import pytest

from needlework.clinical import backing, numbing
from needlework.clinical.numbing import creams
from needlework.evidence.errors import DataError

PLAIN = {
    "product": "EMLA",
    "mass_g": 30,
    "area_cm2": 200,
    "on": "2026-12-01T10:00:00+00:00",
    "off": "2026-12-01T11:15:00+00:00",
}


def test_the_limits_are_those_of_the_sources():
    limits = {name: product.limits for name, product in numbing.products().items()}
    assert limits == {
        "EMLA": creams.Limits((1.5, 1.5), 60, 600, 60, 300, 2),
        "LMX4": creams.Limits((1.5, 2.0), 180, 900, 30, 300, 0),
        "Pliaglis": None,
        "Lidiam": None,
    }


def figures(ids):
    facts = backing.named(ids, file="test", key="test")
    return {float(one) for fact in facts for one in re.findall(r"\d+(?:\.\d+)?", fact.statement)}


def test_each_limit_stands_in_the_statement_of_its_fact():
    assert {60, 600} <= figures(["NUM-001"])
    assert {1.5, 10, 2} <= figures(["NUM-003"])
    assert {1, 5} <= figures(["NUM-002"])
    assert {1.5, 2, 10, 900} <= figures(["NUM-009"])
    assert {30, 60} <= figures(["NUM-011"])
    assert {5} <= figures(["NUM-012"])


def test_no_sentence_rests_on_memory():
    for product in numbing.products().values():
        for one in (*product.must_not, *product.notes):
            assert one.sources
            assert "memory" not in {source.strength_class for source in one.sources}


def test_the_answer_has_the_keys_promised_and_these_values():
    found = numbing.as_json(numbing.check(numbing.read(PLAIN)))
    assert list(found) == [
        "rule_set", "product", "label", "products", "checks", "standing", "still_on", "barred", "must_not", "remove_by",
        "ready_from", "supply", "supply_sources", "notes",
    ]  # fmt: skip
    assert found["product"] == "EMLA"
    assert found["label"] == "EMLA cream 5% (lidocaine 2.5% with prilocaine 2.5%), adults"
    assert found["products"] == [
        {"product": "EMLA", "label": found["label"], "checked": True, "on": PLAIN["on"], "until": PLAIN["off"]}
    ]
    assert (found["standing"], found["still_on"], found["barred"]) == ("within", False, False)
    assert [one["title"] for one in found["supply_sources"]] == [
        "Salon Expert (UK trade): topical anaesthetic and the law"
    ]
    checks = [{key: value for key, value in one.items() if key != "sources"} for one in found["checks"]]
    assert checks == [
        {
            "product": "EMLA",
            "check": "mass",
            "standing": "within",
            "value": 30,
            "limit": [0, 60],
            "unit": "g",
            "do": "Put no more on than the limit.",
        },
        {
            "product": "EMLA",
            "check": "area",
            "standing": "within",
            "value": 200,
            "limit": [0, 600],
            "unit": "cm2",
            "do": "Keep the cream to this area.",
        },
        {
            "product": "EMLA",
            "check": "dose-per-area",
            "standing": "within",
            "value": 1.5,
            "limit": [1.5, 1.5],
            "unit": "g/10 cm2",
            "do": "Spread as the source gives it.",
        },
        {
            "product": "EMLA",
            "check": "time",
            "standing": "within",
            "value": 75,
            "limit": [60, 300],
            "unit": "min",
            "do": "Take all of it off, then start soon.",
        },
    ]
    assert [len(one["sources"]) for one in found["checks"]] == [1, 1, 1, 1]
    assert found["must_not"][0] == {
        "rule": "anaesthetic_allergy",
        "text": "An allergy to local anaesthetics of the amide kind.",
        "applies": False,
        "sources": found["must_not"][0]["sources"],
    }
    assert [one["rule"] for one in found["must_not"]] == [
        "anaesthetic_allergy",
        "tla_exclusions",
        "open_wound",
        "anaesthetic_allergy",
        "tla_exclusions",
        "pregnant",
        "breastfeeding",
        "open_wound",
    ]
    assert all(one["sources"] for one in found["must_not"])
    assert len(found["notes"]) == 6
    assert set(found["notes"][0]) == {"text", "sources"}


def test_what_bars_any_cream_is_cited_from_its_screening_rule():
    (allergy,) = [one for one in numbing.products()["Lidiam"].must_not if one.rule == "anaesthetic_allergy"]
    assert [source.id for source in allergy.sources] == ["skinpen-ifu", "dermapen4-ifu"]
    (amide, _) = [one for one in numbing.products()["EMLA"].must_not if one.rule == "anaesthetic_allergy"]
    assert [source.id for source in amide.sources] == ["emla-core-safety-profile-2010-ie-h-psur-0019"]


def test_a_value_is_written_with_three_decimals():
    found = numbing.as_json(numbing.check(numbing.read(PLAIN | {"mass_g": 10, "area_cm2": 300})))
    assert found["checks"][2]["value"] == 0.333


def test_a_note_is_told_once_for_two_products():
    second = [{"product": "LMX4", "mass_g": 5, "area_cm2": 30}]
    notes = [note.text for note in numbing.check(numbing.read(PLAIN | {"also": second})).notes]
    assert len(notes) == len(set(notes)) == 10


def test_standing_ranks_from_within_to_must_not():
    assert [one.value for one in numbing.Standing] == [
        "within",
        "under",
        "not-checked",
        "too-short",
        "over",
        "must-not",
    ]


def test_a_rule_that_is_no_rule_is_refused():
    entry = {"label": "x", "must_not": [{"rule": "shyness", "text": "x", "facts": []}], "notes": []}
    with pytest.raises(DataError) as refused:
        creams._product("Mine", entry)
    assert str(refused.value) == (
        "numbing.toml: Mine: There is no screening rule 'shyness'. Name one of screening.toml."
    )
