"""The catalogue: every fact, rule, sign and provision under one id, and who leans on what."""

from datetime import date

import pytest

from needlework.clinical import catalogue
from needlework.clinical.catalogue import (
    Entry,
    Use,
    as_json,
    entries,
    entry,
    of_fact,
    of_provision,
    of_rule,
    of_sign,
    rule_files,
    search,
    tables,
    used_by,
)
from needlework.clinical.screening import rules
from needlework.clinical.signs import signs
from needlework.evidence.conflicts import conflicts_of
from needlework.evidence.errors import InputError
from needlework.evidence.facts import facts
from needlework.evidence.nations import provisions
from needlework.evidence.sources import sources

EVERYTHING = [*facts(), *rules(), *signs(), *provisions()]


def test_every_fact_rule_sign_and_provision_is_there_once():
    assert list(entries()) == EVERYTHING
    assert [one.id for one in entries().values()] == EVERYTHING


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("DEV-007", "fact"),
        ("dev-007", "fact"),
        (" Dev-007 ", "fact"),
        ("isotretinoin_recent", "rule"),
        ("redness", "sign"),
        ("scotland-age", "law"),
        ("combinations.pus_and_fever", "combinations"),
        ("Safety_Net.danger", "safety_net"),
    ],
)
def test_an_entry_is_found_by_its_id(asked, kind):
    found = entry(asked)
    assert (found.id.casefold(), found.kind) == (asked.strip().casefold(), kind)


def test_an_unknown_id_names_the_nearest():
    with pytest.raises(InputError) as wrong:
        entry("isotretinoin_recnt")
    assert str(wrong.value).startswith("id: There is no such fact, rule or sign. Did you mean isotretinoin_recent")


def test_at_most_three_ids_are_near():
    with pytest.raises(InputError) as wrong:
        entry("DEV-0070")
    assert str(wrong.value) == "id: There is no such fact, rule or sign. Did you mean DEV-007, DEV-037, DEV-030?"


def test_an_unknown_id_near_nothing():
    with pytest.raises(InputError) as wrong:
        entry("qqqqqqqqqqqq")
    assert str(wrong.value) == (
        "id: There is no such fact, rule or sign. Look for it with `needlework evidence search`."
    )


def test_a_fact_becomes_an_entry():
    fact = facts()["ACN-009"]
    assert of_fact(fact) == Entry(
        id="ACN-009",
        kind="fact",
        statement=fact.statement,
        verified=True,
        sources=(fact.source,),
        review_by=date(2028, 11, 22),
        text=f"{fact.statement} {' '.join([fact.applies_to] * 3)} outcome ",
        primary_read=True,
        value=91.8,
        unit="percent",
        range=(3, 6),
        range_of="how long the effects lasted",
        range_unit="hours",
        note=None,
        bears=None,
        conflicts=tuple(one.as_json() for one in conflicts_of("ACN-009")),
    )
    assert [one["id"] for one in of_fact(fact).conflicts] == ["usual-effects-last"]


def test_a_fact_from_memory_becomes_an_entry():
    one = of_fact(facts()["MEM-007"])
    assert (one.verified, one.primary_read, one.review_by) == (False, False, date(2027, 2, 22))


def test_the_note_of_a_fact_is_kept_and_found():
    fact = facts()["HEA-001"]
    assert of_fact(fact).note == fact.note
    assert of_fact(fact).text.endswith(f" healing {fact.note}")


def test_a_rule_becomes_an_entry():
    rule = rules()["isotretinoin_recent"]
    assert of_rule(rule) == Entry(
        id="isotretinoin_recent",
        kind="rule",
        statement=f"{rule.label}: {rule.rationale}",
        verified="seen",
        sources=rule.sources,
        review_by=date(2027, 11, 22),
        text=f"{' '.join([rule.label] * 3)} {rule.group} {rule.rationale} {rule.action} {rule.conflicts}",
        value=6,
        unit="months",
        note=rule.action,
        bears="defer",
        conflicts=({"id": None, "about": rule.conflicts, "facts": [], "handled": rule.action},),
    )


def test_a_rule_without_wait_or_disagreement_has_neither():
    rule = rules()["keloid_family"]
    one = of_rule(rule)
    assert (one.value, one.unit, one.conflicts, one.primary_read) == (None, None, (), None)
    assert one.verified == "unverified"
    assert one.text == f"{' '.join([rule.label] * 3)} {rule.group} {rule.rationale} {rule.action} "


def test_a_rule_is_due_with_the_first_of_its_sources():
    assert of_rule(rules()["age_under_18"]).review_by == date(2027, 2, 22)


def test_a_sign_becomes_an_entry():
    sign = signs()["redness"]
    assert of_sign(sign) == Entry(
        id="redness",
        kind="sign",
        statement=f"{sign.label}: {sign.action}",
        verified="seen",
        sources=sign.sources,
        review_by=date(2027, 11, 22),
        text=f"{' '.join([sign.label] * 3)} {sign.onset} {sign.action} {sign.patient_text} {sign.frequency}",
        note=sign.patient_text,
        bears="expected",
    )


def test_a_provision_becomes_an_entry():
    provision = provisions()["scotland-council-licence"]
    assert of_provision(provision) == Entry(
        id="scotland-council-licence",
        kind="law",
        statement=f"Scotland: {provision.text}",
        verified="confidence medium: the order's own schedule was not seen",
        sources=provision.sources,
        review_by=date(2027, 2, 22),
        text=f"Scotland law licence {provision.text}",
    )


def test_an_entry_is_written_whole():
    written = as_json(entry("HEA-003"))
    assert written == {
        "id": "HEA-003",
        "kind": "fact",
        "statement": facts()["HEA-003"].statement,
        "value": 2,
        "unit": "hours",
        "range": [2, 24],
        "verified": True,
        "primary_read": False,
        "sources": [facts()["HEA-003"].source.as_json()],
        "conflicts": [one.as_json() for one in conflicts_of("HEA-003")],
        "used_by": [use.as_json() for use in used_by("HEA-003")],
        "review_by": "2027-11-22",
    }
    assert len(written["conflicts"]) == 1


def test_who_leans_on_an_entry_is_written():
    assert {"file": "devices.toml", "entry": "SkinPen"} in as_json(entry("DEV-007"))["used_by"]


def test_a_range_of_something_else_says_of_what():
    written = as_json(entry("PLN-010"))
    assert (written["value"], written["unit"]) == (3, "sessions")
    assert (written["range"], written["range_of"], written["range_unit"]) == ([30, 30], "interval", "days")


def test_an_open_end_is_null():
    assert as_json(entry("PLN-001"))["range"] == [6, None]


def test_what_has_no_range_has_none():
    assert as_json(entry("DEV-001"))["range"] is None


def test_devices_lean_on_the_label_fact():
    assert Use("devices.toml", "SkinPen") in used_by("DEV-007")


def test_a_combination_leans_on_its_signs():
    assert "combinations.toml" in {use.file for use in used_by("pus")}


def test_numbing_leans_on_rules():
    assert "numbing.toml" in {use.file for use in used_by("anaesthetic_allergy")}


def test_a_source_is_leaned_on_by_rules():
    assert Use("screening.toml", "age_18_21") in used_by("fda-mn")


def test_a_use_is_written():
    assert Use("devices.toml", "SkinPen").as_json() == {"file": "devices.toml", "entry": "SkinPen"}


def test_what_nothing_leans_on_is_used_by_nothing():
    assert used_by("nothing") == ()


def test_every_source_that_no_fact_was_read_in_is_used_by_a_rule_or_law():
    read_in = {fact.source.id for fact in facts().values()}
    law = {source.id for one in provisions().values() for source in one.sources}
    assert [one for one in sources() if one not in read_in | law and not used_by(one)] == []


def test_every_rule_file_is_read_in_the_order_of_their_names():
    found = dict(rule_files())
    assert list(found) == sorted(found)
    assert list(found["screening.toml"]) == list(rules())
    assert len(found) >= 15


def test_tables_are_walked_with_their_paths():
    document = {"a": {"b": {"x": 1}}, "c": [{"id": "one"}, {"rule": "two"}, {"x": 3}, 4], "d": [5]}
    assert [path for path, _ in tables(document)] == ["", "a", "a.b", "c.one", "c.two", "c.3"]


def test_ids_are_taken_from_where_they_are_named(monkeypatch):
    document = {
        "supply_sources": ["fda-mn"],
        "one": {"facts": ["DEV-007", "DEV-007"], "concern": "melasma", "label_fact": "DEV-005", "sources": ["policy"]},
        "three": {"concerns": {"melasma": {"x": 1}}},
        "two": {"says": {"AFT-001": [1, 2]}, "rule": "melasma", "signs": {"pus": {"still": "pus"}}},
    }
    monkeypatch.setattr(catalogue, "rule_files", lambda: iter([("made.toml", document)]))
    found = catalogue._uses.__wrapped__()
    assert found == {
        "fda-mn": (Use("made.toml", "the whole file"),),
        "DEV-007": (Use("made.toml", "one"),),
        "DEV-005": (Use("made.toml", "one"),),
        "policy": (Use("made.toml", "one"),),
        "AFT-001": (Use("made.toml", "two"),),
        "melasma": (Use("made.toml", "two"),),
        "pus": (Use("made.toml", "two"),),
    }


@pytest.mark.parametrize(
    ("query", "among"),
    [
        ("isotretinon", "isotretinoin_recent"),
        ("roaccutane", "isotretinoin_current"),
        ("lignocaine allergy", "anaesthetic_allergy"),
        ("pregnant", "pregnant"),
        ("scotland licence", "scotland-council-licence"),
        ("pus", "pus"),
        ("MEM-007", "MEM-007"),
    ],
)
def test_facts_rules_signs_and_law_are_found_together(query, among):
    assert among in [hit.id for hit in search(query)]


def test_a_search_gives_ten_or_as_many_as_asked_for():
    assert len(search("needling")) == 10
    assert len(search("needling", limit=3)) == 3


EMLA = ["NUM-003", "NUM-002", "NUM-004", "NUM-007", "NUM-006", "NUM-005", "NUM-001"]


@pytest.mark.parametrize("query", ["wat is the emla dose", "emla dose", "What's the dose of EMLA?"])
def test_what_a_question_is_about_comes_before_what_only_mentions_its_words(query):
    assert [hit.id for hit in search(query)][:7] == EMLA


def test_a_product_spelt_wrongly_comes_before_others_with_the_other_words():
    found = [hit.id for hit in search("dermapn 4 maximum depth")]
    assert found[:5] == ["MEM-007", "CON-007", "CON-005", "CON-006", "AFT-014"]
