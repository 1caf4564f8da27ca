"""The catalogue: what rule files hold beside screening rules and signs, by the file's word and a path."""

from datetime import date

import pytest

from needlework.clinical import catalogue
from needlework.clinical.catalogue import Entry, entry, of_table
from needlework.evidence.errors import InputError
from needlework.evidence.facts import facts
from needlework.evidence.sources import sources


def test_the_files_word_may_be_left_out_where_one_entry_is_left():
    assert entry("pus_and_fever").id == entry(" Pus_And_Fever").id == "combinations.pus_and_fever"
    assert entry("pus").kind == "sign"  # a sign's own id comes before the safety net's line of that name
    assert entry("safety_net.pus").kind == "safety_net"


def test_a_bare_id_of_two_files_is_none(monkeypatch):
    twice = {
        one: of_table(f"{one.partition('.')[0]}.toml", "twice", {"sources": ["policy"]})
        for one in ("a.twice", "b.twice")
    }
    monkeypatch.setattr(catalogue, "others", lambda: twice)
    assert entry("b.twice").id == "b.twice"
    with pytest.raises(InputError):
        entry("twice")


def test_the_whole_of_a_file_is_not_found_by_nothing(monkeypatch):
    monkeypatch.setattr(catalogue, "others", lambda: {"a": of_table("a.toml", "", {"sources": ["policy"]})})
    with pytest.raises(InputError):
        entry(" ")


def test_what_another_rule_file_holds_becomes_an_entry():
    table = {"label": "Both", "tier": "same_day", "sources": ["policy", "fda-mn"], "says": {"ACN-009": [1, 2]}}
    assert of_table("made.toml", "one.two", table) == Entry(
        id="made.one.two",
        kind="made",
        statement="Both",
        verified="seen",
        sources=(sources()["policy"], sources()["fda-mn"], facts()["ACN-009"].source),
        review_by=date(2027, 5, 22),
        text="Both",
        bears="same_day",
    )


def test_an_entry_on_facts_alone_has_their_sources_and_one_from_memory_is_unverified():
    read, memory = (of_table("made.toml", "one", {"facts": [one]}) for one in ("ACN-009", "MEM-007"))
    assert (read.verified, read.sources, read.statement) == ("seen", (facts()["ACN-009"].source,), "one")
    assert memory.verified == "unverified"


def test_a_part_of_an_entry_is_none():
    assert of_table("made.toml", "one.part", {"text": "Only words."}) is None
