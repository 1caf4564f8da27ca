"""Conflicts: facts that disagree stand side by side, linked both ways."""

import pytest

from needlework.evidence.conflicts import conflicts, conflicts_of, load
from needlework.evidence.errors import DataError
from needlework.evidence.facts import facts

ENTRY = {"about": "How long.", "facts": ["HEA-001", "HEA-003"], "handled": "The cautious end."}
KNOWN = {"HEA-001", "HEA-003"}


def refused(sentence, **changed):
    with pytest.raises(DataError) as wrong:
        load({"closure": {**ENTRY, **changed}}, known=KNOWN)
    assert str(wrong.value) == f"conflicts.toml: closure: {sentence}"


def test_a_conflict_is_read_and_written():
    one = load({"closure": ENTRY}, known=KNOWN)["closure"]
    assert one.as_json() == {
        "id": "closure",
        "about": "How long.",
        "facts": ["HEA-001", "HEA-003"],
        "handled": "The cautious end.",
    }


def test_an_unknown_fact_is_refused():
    refused("There is no fact 'HEA-999'. Name facts that are there.", facts=["HEA-001", "HEA-999"])


def test_a_fact_named_twice_is_refused():
    refused("HEA-001 is named twice. Name each fact once.", facts=["HEA-001", "HEA-001"])


def test_a_conflict_of_no_facts_is_refused():
    refused("facts is not what it must be. Write a list of texts, at least one.", facts=[])


def test_a_conflict_about_nothing_is_refused():
    refused("about is not what it must be. Write a text between quotation marks, not an empty one.", about="")


def test_an_unknown_key_is_refused():
    refused("There is no key 'fact'. Did you mean 'facts'?", fact="HEA-001")


def test_facts_and_conflicts_are_linked_both_ways():
    for one in conflicts().values():
        assert all(one in conflicts_of(fact) for fact in one.facts)
    assert [one.id for one in conflicts_of("HEA-001")] == ["channel-closure"]
    assert conflicts_of("DEV-001") == ()


def test_every_fact_that_speaks_of_a_conflict_is_in_one():
    spoken = {
        one.id for one in facts().values() if "conflict" in f"{one.statement} {one.applies_to} {one.note}".lower()
    }
    assert len(spoken) >= 20
    assert {one for one in spoken if not conflicts_of(one)} == set()


def test_both_sides_of_the_depth_conflict_stand_side_by_side():
    assert conflicts()["depth-above-label"].facts == ("DEV-007", "END-001", "TRI-001", "TRI-013", "TRI-016")


def test_a_conflict_of_one_fact_is_one_that_reports_both_sides():
    alone = {one.facts[0] for one in conflicts().values() if len(one.facts) == 1}
    assert alone == {"DEV-011", "CON-008"}
