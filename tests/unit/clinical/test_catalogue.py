"""The catalogue: every fact, rule, sign and provision under one id, and who leans on what."""

from datetime import date

import pytest

from needlework.clinical import catalogue
from needlework.clinical.catalogue import Use, as_json, entries, entry, search, tables, used_by
from needlework.clinical.screening import rules
from needlework.clinical.signs import signs
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


def test_a_fact_is_written_with_all_that_is_known_of_it():
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
        "conflicts": [one for one in written["conflicts"] if one["id"] == "channel-closure"],
        "used_by": [use.as_json() for use in used_by("HEA-003")],
        "review_by": "2027-11-22",
    }
    assert len(written["conflicts"]) == 1
    assert written["conflicts"][0]["facts"] == ["HEA-001", "HEA-002", "HEA-003", "HEA-004", "HEA-006", "MEM-009"]


def test_a_range_of_something_else_says_of_what():
    written = as_json(entry("PLN-010"))
    assert (written["value"], written["unit"]) == (3, "sessions")
    assert (written["range"], written["range_of"], written["range_unit"]) == ([30, 30], "interval", "days")


def test_an_open_end_is_null():
    assert as_json(entry("PLN-001"))["range"] == [6, None]


def test_what_has_no_range_has_none():
    assert as_json(entry("DEV-001"))["range"] is None


def test_a_fact_from_memory_says_so():
    written = as_json(entry("MEM-007"))
    assert (written["verified"], written["primary_read"], written["review_by"]) == (False, False, "2027-02-22")


def test_a_rule_is_written_with_its_wait_and_its_disagreement():
    written, rule = as_json(entry("isotretinoin_recent")), rules()["isotretinoin_recent"]
    assert written["statement"] == f"{rule.label}: {rule.rationale}"
    assert (written["kind"], written["value"], written["unit"]) == ("rule", 6, "months")
    assert (written["verified"], written["primary_read"], written["range"]) == ("seen", None, None)
    assert written["sources"] == [source.as_json() for source in rule.sources]
    assert written["conflicts"] == [{"id": None, "about": rule.conflicts, "facts": [], "handled": rule.action}]


def test_a_rule_without_wait_or_disagreement_has_neither():
    written = as_json(entry("keloid_family"))
    assert (written["value"], written["unit"], written["conflicts"]) == (None, None, [])
    assert written["verified"] == "unverified"


def test_a_sign_is_written():
    written, sign = as_json(entry("redness")), signs()["redness"]
    assert written["statement"] == f"{sign.label}: {sign.action}"
    assert (written["kind"], written["verified"], written["conflicts"]) == ("sign", "seen", [])


def test_a_provision_is_written():
    written = as_json(entry("scotland-council-licence"))
    assert written["statement"].startswith("Scotland: Below 1.5 mm a council licence is needed")
    assert (written["kind"], written["review_by"]) == ("law", "2027-02-22")
    assert written["verified"] == "confidence medium: the order's own schedule was not seen"


@pytest.mark.parametrize(
    ("id", "bears"),
    [("isotretinoin_recent", "defer"), ("redness", "expected"), ("DEV-007", None), ("scotland-age", None)],
)
def test_what_an_entry_comes_to(id, bears):  # noqa: A002
    assert entry(id).bears == bears


def test_a_rule_is_due_with_the_first_of_its_sources():
    assert entry("age_under_18").review_by == date(2027, 2, 22)
    assert entry("isotretinoin_recent").review_by == date(2027, 11, 22)
    assert entry("eyes_swollen_shut").review_by <= date(2027, 5, 22)


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


def test_tables_are_walked_with_their_paths():
    document = {"a": {"b": {"x": 1}}, "c": [{"id": "one"}, {"rule": "two"}, {"x": 3}, 4], "d": [5]}
    assert [path for path, _ in tables(document)] == ["", "a", "a.b", "c.one", "c.two", "c.3"]


def test_ids_are_taken_from_where_they_are_named(monkeypatch):
    document = {
        "supply_sources": ["fda-mn"],
        "one": {"facts": ["DEV-007", "DEV-007"], "concern": "melasma", "label_fact": "DEV-005", "sources": ["policy"]},
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
