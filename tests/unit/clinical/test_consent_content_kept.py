"""A consent text as it is kept: its version, its way out and back, and what differs between two."""

import copy
import json
from dataclasses import replace
from datetime import date

import pytest

from needlework.clinical.consent_content import Asked, Content, Section, Statement, as_json, content, difference, read
from needlework.clinical.consent_content.wordings import Rate
from needlework.evidence.errors import InputError
from needlework.evidence.sources import Source

STUDY = Source("study", "A study", "RCT", "rct", "https://example.org/study")
POLICY = Source("policy", "Our policy", "policy", "policy")
RED = Statement(
    "red", "Your skin will be red.", (STUDY,), "seen", "Nearly everyone.", (Rate("9 of 10 people.", (STUDY,)),)
)
DARK = Statement("dark", "Dark marks can come.", (POLICY,), "unverified")
KEPT = Content(
    "2026.11",
    (Section("risks", "What can go wrong", (RED, DARK)), Section("stop", "The right to stop", ())),
    (Asked("what", "What will we do?"),),
    48,
)


def with_risks(*statements: Statement, title: str = "What can go wrong") -> Content:
    return replace(KEPT, sections=(Section("risks", title, statements), KEPT.sections[1]))


def test_the_version_is_the_rule_sets_and_a_digest_of_what_is_shown():
    assert KEPT.version == "2026.11-d8dee4899590"


def test_all_words_of_a_statement_in_the_order_they_are_read():
    assert RED.whole == "Your skin will be red. Nearly everyone. 9 of 10 people."
    assert DARK.whole == "Dark marks can come."


CHANGES = {
    "text": with_risks(replace(RED, text="Your skin will be pink."), DARK),
    "frequency": with_risks(replace(RED, frequency=None), DARK),
    "rate": with_risks(replace(RED, rates=()), DARK),
    "rate's source": with_risks(replace(RED, rates=(Rate("9 of 10 people.", (POLICY,)),)), DARK),
    "source": with_risks(replace(RED, sources=(POLICY,)), DARK),
    "source's address": with_risks(RED, replace(DARK, sources=(replace(POLICY, url="https://example.org"),))),
    "source's strength": with_risks(RED, replace(DARK, sources=(replace(POLICY, strength="law"),))),
    "order": with_risks(DARK, RED),
    "added": with_risks(RED, DARK, replace(DARK, id="pale", text="Pale marks can come.")),
    "removed": with_risks(RED),
    "heading": with_risks(RED, DARK, title="Risks"),
    "section": replace(
        KEPT, sections=(replace(KEPT.sections[0], statements=(RED,)), replace(KEPT.sections[1], statements=(DARK,)))
    ),
    "question": replace(KEPT, questions=()),
    "time to think": replace(KEPT, reflection_hours=72),
    "rule set": replace(KEPT, rule_set="2027.01"),
}

LINES = {
    "text": [
        "Reworded in “What can go wrong”: “Your skin will be red. Nearly everyone. 9 of 10 people.” is now "
        "“Your skin will be pink. Nearly everyone. 9 of 10 people.”"
    ],
    "frequency": [
        "Reworded in “What can go wrong”: “Your skin will be red. Nearly everyone. 9 of 10 people.” is now "
        "“Your skin will be red. 9 of 10 people.”"
    ],
    "rate": [
        "Reworded in “What can go wrong”: “Your skin will be red. Nearly everyone. 9 of 10 people.” is now "
        "“Your skin will be red. Nearly everyone.”",
        "Other sources in “What can go wrong” for “Your skin will be red. Nearly everyone.”: "
        "“A study (RCT, https://example.org/study)”, “A study (RCT, https://example.org/study)” before, "
        "“A study (RCT, https://example.org/study)” now",
    ],
    "rate's source": [
        "Other sources in “What can go wrong” for “Your skin will be red. Nearly everyone. 9 of 10 people.”: "
        "“A study (RCT, https://example.org/study)”, “A study (RCT, https://example.org/study)” before, "
        "“A study (RCT, https://example.org/study)”, “Our policy (policy, no address)” now"
    ],
    "source": [
        "Other sources in “What can go wrong” for “Your skin will be red. Nearly everyone. 9 of 10 people.”: "
        "“A study (RCT, https://example.org/study)”, “A study (RCT, https://example.org/study)” before, "
        "“Our policy (policy, no address)”, “A study (RCT, https://example.org/study)” now"
    ],
    "source's address": [
        "Other sources in “What can go wrong” for “Dark marks can come.”: "
        "“Our policy (policy, no address)” before, “Our policy (policy, https://example.org)” now"
    ],
    "source's strength": [
        "Other sources in “What can go wrong” for “Dark marks can come.”: "
        "“Our policy (policy, no address)” before, “Our policy (law, no address)” now"
    ],
    "order": ["The statements stand in another order."],
    "added": ["Added to “What can go wrong”: “Pale marks can come.”"],
    "removed": ["Removed from “What can go wrong”: “Dark marks can come.”"],
    "heading": [
        "The headings were “What can go wrong”, “The right to stop” and are “Risks”, “The right to stop”.",
    ],
    "section": ["Moved from “What can go wrong” to “The right to stop”: “Dark marks can come.”"],
    "question": ["The questions were “What will we do?” and are none."],
    "time to think": ["The time to think was 48 hours and is 72."],
    "rule set": ["The rule set was 2026.11 and is 2027.01."],
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_makes_another_version(change):
    assert CHANGES[change].version != KEPT.version


@pytest.mark.parametrize("change", CHANGES)
def test_a_difference_reads_line_by_line(change):
    assert list(difference(KEPT, CHANGES[change])) == LINES[change]


def test_the_same_text_has_no_difference():
    assert difference(KEPT, copy.deepcopy(KEPT)) == ()


def test_what_nobody_sees_makes_no_other_version():
    hidden = with_risks(replace(RED, verified="partial"), DARK)
    assert hidden.version == KEPT.version


def test_a_text_as_it_is_stored():
    study = {
        "id": "study",
        "title": "A study",
        "url": "https://example.org/study",
        "strength": "RCT",
        "strength_class": "rct",
    }
    policy = {"id": "policy", "title": "Our policy", "url": None, "strength": "policy", "strength_class": "policy"}
    assert as_json(KEPT) == {
        "rule_set": "2026.11",
        "version": KEPT.version,
        "reflection_hours": 48,
        "sections": [
            {
                "id": "risks",
                "title": "What can go wrong",
                "statements": [
                    {
                        "id": "red",
                        "text": "Your skin will be red.",
                        "frequency": "Nearly everyone.",
                        "rates": [{"text": "9 of 10 people.", "sources": [study]}],
                        "sources": [study],
                        "verified": "seen",
                    },
                    {
                        "id": "dark",
                        "text": "Dark marks can come.",
                        "frequency": None,
                        "rates": [],
                        "sources": [policy],
                        "verified": "unverified",
                    },
                ],
            },
            {"id": "stop", "title": "The right to stop", "statements": []},
        ],
        "questions": [{"id": "what", "text": "What will we do?"}],
    }


def test_a_stored_text_reads_back_as_it_was():
    assert read(json.loads(json.dumps(as_json(KEPT)))) == KEPT


def at(document: dict, *path: str | int) -> dict:
    for step in path:
        document = document[step]
    return document


TAMPERED = "These words are not those of this version. Take the text from where it was kept."
STRANGE = "That is not known here. Send one of:"
UNKNOWN = "There is a key that is not known."
AT = "sections[0].statements[0]"
SECTION = ("sections", 0)
STATEMENT = (*SECTION, "statements", 0)
RATE = (*STATEMENT, "rates", 0)


@pytest.mark.parametrize(
    ("path", "changed", "field", "sentence"),
    [
        ((), {"version": "2026.11-0"}, "version", TAMPERED),
        (STATEMENT, {"text": "Nothing."}, "version", TAMPERED),
        ((), {"rule_set": None}, "rule_set", "This is missing. Send a text."),
        ((), {"reflection_hours": -1}, "reflection_hours", "Send a number from 0 to 10000 hours."),
        ((), {"reflection_hours": 10_001}, "reflection_hours", "Send a number from 0 to 10000 hours."),
        ((), {"colour": 1}, "", UNKNOWN),
        (SECTION, {"colour": 1}, "sections[0]", UNKNOWN),
        (SECTION, {"title": None}, "sections[0].title", "This is missing. Send a text."),
        (SECTION, {"id": None}, "sections[0].id", "This is missing. Send a text."),
        (STATEMENT, {"colour": 1}, AT, UNKNOWN),
        (STATEMENT, {"verified": "sure"}, f"{AT}.verified", f"{STRANGE} unverified, partial, seen."),
        (RATE, {"colour": 1}, f"{AT}.rates[0]", UNKNOWN),
        ((*RATE, "sources", 0), {"colour": 1}, f"{AT}.rates[0].sources[0]", UNKNOWN),
        ((*STATEMENT, "sources", 0), {"strength_class": "hearsay"}, f"{AT}.sources[0].strength_class", STRANGE),
        (("questions", 0), {"colour": 1}, "questions[0]", UNKNOWN),
    ],
    ids=lambda value: "",
)  # fmt: skip
def test_a_stored_text_that_was_changed_is_refused(path, changed, field, sentence):
    document = as_json(KEPT)
    at(document, *path).update(changed)
    with pytest.raises(InputError) as refused:
        read(document)
    assert refused.value.field == field
    assert refused.value.sentence.startswith(sentence)


def test_an_old_consent_can_be_shown_and_compared_after_the_rules_moved_on():
    plan = {"concerns": ["acne-scars"], "zones": ["cheeks"], "device": "SkinPen", "skin_type": "III", "nation": "Wales"}
    signed = as_json(content(**plan, depth_mm=1.0, on=date(2026, 12, 1)))
    today = content(**plan, depth_mm=2.0, on=date(2027, 1, 4))
    lines = difference(read(signed), today)
    assert [line for line in lines if line.startswith("Added to “What can go wrong”: “The plan is to go deeper")]
    assert "Reworded in “What it is”: “We plan to go up to 1 mm deep.” is now “We plan to go up to 2 mm deep.”" in lines
