"""Differences between two versions, as a clinician reads them."""

from datetime import date

import pytest

from needlework.clinical.differences import counts, difference, told

LONG = "Leave out a fresh scar until it is six months old, and look at it again before needling."


def lines(before, after):
    """Return what differs in one entry of one file."""
    return difference({"screening.toml": {"scar": before}}, {"screening.toml": {"scar": after}})


def test_nothing_differs_from_itself():
    same = {"screening.toml": {"scar": {"outcome": "defer"}}}
    assert difference(same, same) == ()


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ({"wait": {"months": 6}}, {"wait": {"months": 9}}, "wait 6 months → 9 months"),
        ({"wait": {"days": 7}}, {"wait": {"weeks": 1}}, "wait 7 days → 1 week"),
        ({"outcome": "defer"}, {"outcome": "refer"}, "outcome defer → refer"),
        ({}, {"wait": {"days": 1}}, "wait added: 1 day"),
        ({"note": "by mouth"}, {}, "note removed, was: by mouth"),
        ({"on": False}, {"on": True}, "on no → yes"),
        ({"limit_mm": 1.5}, {"limit_mm": 1.0}, "limit_mm 1.5 → 1"),
        ({"review_by": date(2027, 2, 22)}, {"review_by": date(2028, 2, 22)}, "review_by 2027-02-22 → 2028-02-22"),
        ({"a": {"b": {"c": 1}}}, {"a": {"b": {"c": 2}}}, "a.b.c 1 → 2"),
        ({"a": 1}, {"a": {"b": 2, "c": "d"}}, "a 1 → b 2, c d"),
        ({"a": [1]}, {"a": 1}, "a 1 → 1"),
        ({"label": "a b c d e"}, {"label": "a b c d"}, "label a b c d e → a b c d"),
        ({"label": "a b c d e"}, {"label": "a b c d  e"}, "label a b c d e → a b c d  e"),
        ({"sources": ["a"]}, {"sources": ["b", "c", "a"]}, "sources added: b; c"),
        ({"sources": ["a", "b", "c"]}, {"sources": ["b"]}, "sources removed: a; c"),
        ({"sources": ["a", "b"]}, {"sources": ["b", "a"]}, "sources in another order or number: b; a"),
        ({"device": []}, {"device": [{"device": "Pen", "wait": {"days": 1}}]},
         "device added: device Pen, wait 1 day"),
    ],
    ids=str,
)  # fmt: skip
def test_a_change_is_one_line(before, after, line):
    assert lines(before, after) == (f"screening: scar: {line}",)


def test_sources_that_come_and_go_take_a_line_each():
    assert lines({"sources": ["a", "b"]}, {"sources": ["b", "c"]}) == (
        "screening: scar: sources removed: a",
        "screening: scar: sources added: c",
    )


def test_wording_shows_what_changed_and_three_words_around_it():
    assert lines({"action": LONG}, {"action": LONG.replace("six", "nine")}) == (
        "screening: scar: action reworded: "
        "“… until it is six months old, and …” → “… until it is nine months old, and …”",
    )


def test_wording_at_the_start_and_end_has_no_dots_there():
    assert lines({"action": "Wait for two weeks first"}, {"action": "Stop and wait for two weeks"}) == (
        "screening: scar: action reworded: “Wait for two weeks first” → “Stop and wait for two weeks”",
    )


def test_several_changes_of_one_wording_are_shown_as_one_passage():
    before, after = "one two three four five six seven eight nine", "one two 3 four 5 six seven eight nine"
    assert lines({"a": before}, {"a": after}) == (
        "screening: scar: a reworded: “one two three four five six seven eight …” → "
        "“one two 3 four 5 six seven eight …”",
    )


def test_a_wording_that_ends_with_the_words_around_has_no_dots():
    assert lines({"a": "1 2 3 4 x 6 7 8"}, {"a": "1 2 3 4 y 6 7 8"}) == (
        "screening: scar: a reworded: “… 2 3 4 x 6 7 8” → “… 2 3 4 y 6 7 8”",
    )


def test_a_long_wording_is_cut_on_both_sides():
    before = "a b c d e f g h i j k"
    assert lines({"a": before}, {"a": before.replace("f", "F")}) == (
        "screening: scar: a reworded: “… c d e f g h i …” → “… c d e F g h i …”",
    )


def test_entries_that_come_and_go_say_what_they_are():
    before = {"screening.toml": {"old": {"label": "Old rule"}, "kept": {}, "plain": {"outcome": "defer"}}}
    added = {"source": {"title": "A trial"}, "law": {"text": "No licence."}, "list": ["a"]}
    after = {"screening.toml": {"kept": {}, "new": {"title": "", "statement": "New fact"}, **added}}
    assert difference(before, after) == (
        "screening: old: removed (Old rule)",
        "screening: plain: removed",
        "screening: new: added (New fact)",
        "screening: source: added (A trial)",
        "screening: law: added (No licence.)",
        "screening: list: added",
    )


def test_files_come_in_the_order_of_their_names_with_how_much_they_hold():
    before = {"signs.toml": {"redness": {}, "pus": {}}, "b.toml": {"x": {"a": 1}}}
    after = {"b.toml": {"x": {"a": 2}}, "evidence/a.toml": {"combination": [{"a": 1}, {"b": 2}], "zone": {}}}
    assert difference(before, after) == (
        "b: x: a 1 → 2",
        "evidence/a: added, with 3 entries",
        "signs: removed, with 2 entries",
    )


def test_entries_are_counted_file_by_file():
    documents = {"a.toml": {"x": {}, "y": {}}, "b.toml": {"combination": [{"a": 1}, {"b": 2}], "list": ["p", "q"]}}
    assert counts(documents) == {"a": 2, "b": 3}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "yes"),
        (False, "no"),
        ([], "nothing"),
        ((1, 2), "1, 2"),
        (1.5, "1.5"),
        (float("inf"), "inf"),
        ("text", "text"),
    ],
    ids=str,
)
def test_a_value_in_words(value, words):
    assert told(value) == words
