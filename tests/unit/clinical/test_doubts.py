"""What a clinician should look at, worst first."""

from datetime import date

import pytest

from needlework.clinical import doubts as module
from needlework.clinical.catalogue import Entry, entries, entry, of_table
from needlework.clinical.doubts import Doubt, as_json, doubts, everything, falling_due
from needlework.clinical.rule_set import VERSION
from needlework.evidence.sources import sources

LATER = date(2027, 11, 22)


def made(**changed):
    whole = {
        "id": "one",
        "kind": "rule",
        "statement": "A rule.",
        "verified": "seen",
        "sources": (),
        "review_by": LATER,
        "text": "",
    }
    return Entry(**{**whole, **changed})


@pytest.fixture
def known(monkeypatch):
    """Return a function that puts entries in place of all that is known."""

    def put(*found):
        monkeypatch.setattr(module, "everything", lambda: iter(found))

    return put


DECIDING = ["exclude", "refer", "emergency", "same_day"]
MILDER = ["defer", "treat_around", "suitable_with_adjustments", "practitioner_review", "expected", None]


@pytest.mark.parametrize("bears", DECIDING)
def test_what_decides_most_and_was_never_read_is_worst(known, bears):
    known(made(verified="unverified", bears=bears))
    (one,) = doubts()
    assert one.reasons == (f"policy or memory alone, and it decides: {bears}",)
    assert one.rank[0] == 0


@pytest.mark.parametrize("bears", MILDER)
def test_what_decides_less_and_was_never_read_comes_next(known, bears):
    known(made(verified="unverified", bears=bears))
    (one,) = doubts()
    assert one.reasons == ("policy or memory alone",)
    assert one.rank[0] == 1


@pytest.mark.parametrize(
    ("changed", "place", "reason"),
    [
        ({"verified": "partial", "bears": "exclude"}, 2, "read in part, the rest is policy"),
        ({"kind": "law", "verified": "confidence low"}, 3, "confidence low"),
        ({"conflicts": ({"about": "x"},)}, 4, "sources disagree"),
        ({"kind": "fact", "verified": False}, 5, "from memory, never checked"),
        ({"review_by": date(2027, 1, 1)}, 6, "due since 2027-01-01"),
    ],
    ids=["partial", "law", "conflict", "memory", "due"],
)
def test_the_other_reasons_have_their_places(known, changed, place, reason):
    known(made(**changed))
    (one,) = doubts(date(2027, 1, 1))
    assert (one.rank[0], one.reasons) == (place, (reason,))


def test_law_that_was_read_with_high_confidence_is_no_doubt(known):
    known(made(kind="law", verified="confidence high"))
    assert doubts() == ()


def test_what_was_read_and_is_not_due_is_no_doubt(known):
    known(made(), made(kind="fact", verified=True))
    assert doubts(date(2027, 11, 21)) == ()


@pytest.mark.parametrize(
    ("on", "due"),
    [(date(2027, 11, 21), 0), (LATER, 1), (date(2027, 11, 23), 1), (None, 0)],
    ids=["the day before", "the day", "the day after", "no day"],
)
def test_something_is_due_from_its_day_on(known, on, due):
    known(made())
    assert len(doubts(on)) == due


def test_every_reason_is_named_worst_first(known):
    known(made(verified="unverified", bears="refer", conflicts=({"about": "x"},)))
    (one,) = doubts(LATER)
    assert one.reasons == (
        "policy or memory alone, and it decides: refer",
        "sources disagree",
        "due since 2027-11-22",
    )


def test_the_worst_comes_first(known):
    known(
        made(id="due", review_by=date(2027, 1, 1)),
        made(id="memory", kind="fact", verified=False),
        made(id="conflict", conflicts=({"about": "x"},)),
        made(id="law", kind="law", verified="confidence low"),
        made(id="partial", verified="partial", bears="exclude"),
        made(id="unverified", verified="unverified", bears="defer"),
        made(id="same-day", verified="unverified", bears="same_day"),
        made(id="refer", verified="unverified", bears="refer"),
        made(id="exclude", verified="unverified", bears="exclude"),
    )
    found = [one.id for one in doubts(date(2027, 1, 1))]
    assert found == ["exclude", "refer", "same-day", "unverified", "partial", "law", "conflict", "memory", "due"]


def test_alike_in_reason_and_gravity_the_sooner_due_comes_first_then_kind_and_id(known):
    late = {"verified": "unverified", "bears": "defer"}
    known(
        made(id="b", **late),
        made(id="a", **late),
        made(id="c", kind="consent", **late),
        made(id="soon", **{**late, "review_by": date(2027, 2, 22)}),
    )
    assert [one.id for one in doubts()] == ["soon", "c", "a", "b"]


def test_what_falls_due_is_listed_by_day(known):
    known(made(id="late"), made(id="soon", review_by=date(2027, 2, 22)), made(id="too"))
    assert list(falling_due().items()) == [(date(2027, 2, 22), ("soon",)), (LATER, ("late", "too"))]
    assert falling_due(date(2027, 2, 22)) == {LATER: ("late", "too")}
    assert falling_due(LATER) == {}


def test_the_list_is_written(known):
    known(made(verified="unverified", bears="refer"))
    assert as_json(date(2027, 1, 1)) == {
        "rule_set": VERSION,
        "on": "2027-01-01",
        "doubts": [
            {
                "id": "one",
                "kind": "rule",
                "statement": "A rule.",
                "reasons": ["policy or memory alone, and it decides: refer"],
                "review_by": "2027-11-22",
            }
        ],
        "due": [{"review_by": "2027-11-22", "ids": ["one"]}],
    }
    assert as_json(None)["on"] is None


def test_the_list_of_a_day_tells_what_is_due_on_it_and_what_later(known):
    known(made(id="late"), made(id="soon", review_by=date(2027, 2, 22)))
    written = as_json(date(2027, 2, 22))
    assert [one["id"] for one in written["doubts"]] == ["soon"]
    assert written["due"] == [{"review_by": "2027-11-22", "ids": ["late"]}]


@pytest.mark.parametrize(
    "graver_first",
    [
        ["exclude", "refer"],
        ["emergency", "same_day"],
    ],
    ids=["outcomes", "tiers"],
)
def test_within_one_reason_the_graver_comes_first(known, graver_first):
    known(*(made(id=bears, verified="unverified", bears=bears) for bears in sorted(graver_first, reverse=True)))
    assert [one.id for one in doubts()] == graver_first


def test_what_decides_nothing_comes_after_what_decides_the_least(known):
    known(
        made(id="a-fact", conflicts=({"about": "x"},)),
        made(id="b-sign", bears="expected", conflicts=({"about": "x"},)),
        made(id="c-rule", bears="suitable_with_adjustments", conflicts=({"about": "x"},)),
        made(id="d-sign", bears="practitioner_review", conflicts=({"about": "x"},)),
    )
    assert [(one.id, one.rank[1]) for one in doubts()] == [
        ("d-sign", -2),
        ("b-sign", -1),
        ("c-rule", -1),
        ("a-fact", 0),
    ]


def read(monkeypatch, table):
    """Return what another rule file with one table adds to the list."""
    monkeypatch.setattr(module, "entries", dict)
    one = of_table("aftercare.toml", "heat", table)
    monkeypatch.setattr(module, "others", lambda: {one.id: one} if one else {})
    return list(everything())


@pytest.mark.parametrize("source", ["policy", "memory"])
def test_an_entry_of_another_file_without_a_source_is_listed(monkeypatch, source):
    (one,) = read(
        monkeypatch, {"sources": [source], "when": [], "text": "No sauna.", "do": "avoid", "tier": "same_day"}
    )
    assert (one.id, one.kind, one.statement) == ("aftercare.heat", "aftercare", "No sauna.")
    assert (one.verified, one.bears, one.sources) == ("unverified", "same_day", (sources()[source],))
    assert one.text == "No sauna."
    assert one.review_by == (date(2027, 5, 22) if source == "policy" else date(2027, 2, 22))


def test_an_entry_on_policy_and_memory_is_listed_too(monkeypatch):
    (one,) = read(monkeypatch, {"sources": ["policy", "memory"]})
    assert one.verified == "unverified"


def test_an_entry_of_another_file_says_itself_what_was_read(monkeypatch):
    (one,) = read(monkeypatch, {"sources": ["fda-mn"], "verified": "partial", "outcome": "refer"})
    assert (one.verified, one.bears, one.statement) == ("partial", "refer", "heat")


def test_an_entry_of_another_file_that_names_no_source_is_policy(monkeypatch):
    (one,) = read(monkeypatch, {"verified": "unverified"})
    assert (one.sources, one.review_by) == ((), date(2027, 5, 22))


@pytest.mark.parametrize(
    "table",
    [
        {"text": "x"},
        {"sources": ["fda-mn"]},
        {"sources": ["policy", "fda-mn"]},
        {"sources": ["policy"], "verified": "seen"},
    ],
    ids=["nothing cited", "a source", "a source beside policy", "seen"],
)
def test_other_entries_are_not_listed(monkeypatch, table):
    assert read(monkeypatch, table) == []


def test_the_head_of_a_file_may_be_policy(monkeypatch):
    one = of_table("made.toml", "", {"sources": ["policy"], "text": "Ours."})
    monkeypatch.setattr(module, "entries", dict)
    monkeypatch.setattr(module, "others", lambda: {one.id: one})
    assert list(everything()) == [one]
    assert (one.id, one.kind) == ("made", "made")


def test_whatever_is_listed_can_be_shown_by_that_id():
    listed = doubts()
    assert {"combinations", "safety_net", "aftercare", "consent"} <= {one.kind for one in listed}
    for one in listed:
        shown = entry(one.id)
        assert (shown.id, shown.kind, shown.statement) == (one.id, one.kind, one.statement)


def test_screening_rules_and_signs_are_listed_once():
    ids = [one.id for one in doubts()]
    assert len(ids) == len(set(ids))
    assert "epilepsy_recent_fit" in ids
    assert not any(one.startswith(("screening.", "signs.")) for one in ids)


def test_everything_begins_with_the_catalogue():
    found = [one.id for one in everything()]
    assert found[: len(entries())] == list(entries())


def test_every_unverified_rule_sign_and_fact_is_listed():
    weak = {one.id for one in entries().values() if one.verified in {"unverified", "partial", False}}
    assert weak <= {one.id for one in doubts()}


def test_the_shipped_list_begins_with_what_decides_on_memory_alone():
    first = doubts()[0]
    assert isinstance(first, Doubt)
    assert (first.kind, first.reasons[0]) == ("rule", "policy or memory alone, and it decides: refer")
