"""A questionnaire that cannot be asked is refused: file, page, and what to do."""

from copy import deepcopy
from importlib.resources import files

import pytest

from needlework.clinical import questionnaire
from needlework.evidence import toml
from needlework.evidence.errors import DataError

FILE = files("needlework.clinical") / "rules" / "questionnaire.toml"
WHOLE = toml.read(FILE)


def small(**pages):
    """Return a questionnaire of one checklist and the pages given."""
    first = {
        "id": "first", "kind": "checklist", "question": "Do any fit?", "why": "So.",
        "items": [{"id": "one", "rule": "pregnant", "text": "I am"}, {"id": "two", "text": "I was"}],
    }  # fmt: skip
    more = [{"id": key.replace("_", "-"), "question": "Yes?", "why": "So.", **page} for key, page in pages.items()]
    return deepcopy({**WHOLE, "page": [first, *more], "rule": []})


def refusal(document):
    with pytest.raises(DataError) as refused:
        questionnaire.load(document)
    assert refused.value.file == "questionnaire.toml"
    return refused.value.key, refused.value.sentence


def test_the_questionnaire_loads_and_round_trips():
    assert questionnaire.load(toml.loads(toml.dumps(WHOLE), name="again")) == questionnaire.questionnaire()


def test_a_small_one_loads():
    made = questionnaire.load(small(second={"kind": "yes_no", "when": ["first.one", "first.two=no"]}))
    assert [page.id for page in made.pages] == ["first", "second"]
    assert made.by_id["second"].when == (
        questionnaire.Condition("first", "one"),
        questionnaire.Condition("first", "two", "no"),
    )
    assert made.by_id["second"].enter == "Choose yes or no"
    assert [trigger.rule for trigger in made.triggers] == ["pregnant"]


@pytest.mark.parametrize("key", ["page", "rule", "together", "date_hint", "zones_hint", "none", "places", "sentences"])
def test_a_part_that_is_missing(key):
    document = small()
    del document[key]
    assert refusal(document) == ("questionnaire.toml", f"{key} is missing. Add it.")


@pytest.mark.parametrize("key", ["most_characters", "oldest_age_years", "most_years_ahead"])
def test_a_limit_that_is_missing(key):
    document = small()
    del document[key]
    assert refusal(document) == ("questionnaire.toml", f"{key} is missing. Add it.")


@pytest.mark.parametrize("key", ["id", "kind", "question", "why"])
def test_a_page_that_lacks_something(key):
    document = small()
    document["page"][0][key] = ""
    assert refusal(document) == ("" if key == "id" else "first", f"{key} is missing. Add it.")


def test_a_page_without_an_id():
    document = small()
    del document["page"][0]["id"]
    assert refusal(document) == ("page", "id is missing. Add it.")


def test_a_key_that_is_not_known():
    document = small() | {"title": "All"}
    key, sentence = refusal(document)
    assert (key, sentence[:38]) == ("questionnaire.toml", "There is no key 'title' here. The keys")
    key, sentence = refusal(small(second={"kind": "yes_no", "whenn": []}))
    assert (key, sentence[:31]) == ("second", "There is no key 'whenn' here. T")
    document = small()
    document["page"][0]["items"][0]["dose"] = 1
    assert refusal(document) == (
        "first",
        "There is no key 'dose' here. The keys are: "
        "ahead, becomes, date, elsewhere, ended, enter, id, rule, still, text, today, unsure, why, zones.",
    )


@pytest.mark.parametrize("key", ["id", "text"])
def test_a_line_that_lacks_something(key):
    document = small()
    del document["page"][0]["items"][0][key]
    assert refusal(document) == ("first", f"{key} is missing. Add it.")


@pytest.mark.parametrize("key", ["rule", "when"])
def test_a_rule_that_lacks_something(key):
    document = small()
    document["rule"] = [{"rule": "pregnant", "when": ["first.one"]}]
    del document["rule"][0][key]
    assert refusal(document) == ("rule" if key == "rule" else "pregnant", f"{key} is missing. Add it.")


def test_a_rule_without_a_name_and_with_a_key_that_is_not_known():
    document = small()
    document["rule"] = [{"when": ["first.one"], "at": 1}]
    assert refusal(document)[0] == "rule"


@pytest.mark.parametrize("kind", ["date", "ended"])
def test_a_line_with_a_day_needs_the_sentence_for_a_missing_one(kind):
    line = {"id": "a", "text": "A", kind: "When?", "still": "Not yet"}
    sentence = "A day that is missing needs its sentence: add enter."
    assert refusal(small(second={"kind": "checklist", "items": [line]})) == (f"second-a-{kind}", sentence)


def test_a_condition_with_a_point_too_many():
    document = small(second={"kind": "yes_no", "when": ["first.one.two"]})
    assert refusal(document) == ("second", "Page 'first' asks no 'one.two'. Name a line of it, or 'answer'.")


def test_a_rule_with_a_key_that_is_not_known():
    document = small()
    document["rule"] = [{"rule": "pregnant", "when": ["first.one"], "at": 1}]
    key, sentence = refusal(document)
    assert (key, sentence) == ("pregnant", "There is no key 'at' here. The keys are: date, rule, when, zones.")


@pytest.mark.parametrize("text", ["first", ".one", "first.", "", "=yes"])
def test_a_condition_that_is_not_written_as_one(text):
    document = small(second={"kind": "yes_no", "when": [text]})
    assert refusal(document) == (text, "Write it as page.question or page.question=value.")


@pytest.mark.parametrize(
    ("key", "condition", "sentence"),
    [
        ("when", "third.one", "There is no page 'third' before it. Name one that is asked earlier."),
        ("when", "second.answer", "There is no page 'second' before it. Name one that is asked earlier."),
        ("when", "first.three", "Page 'first' asks no 'three'. Name a line of it, or 'answer'."),
        ("when", "first.one=maybe", "'maybe' is no answer to 'first'. Name one of: yes, no, unsure."),
        ("again", "first.three", "Page 'first' asks no 'three'. Name a line of it, or 'answer'."),
        ("becomes", "first.three", "Page 'first' asks no 'three'. Name a line of it, or 'answer'."),
    ],
)
def test_a_condition_on_what_is_not_asked(key, condition, sentence):
    page = {"kind": "yes_no", key: condition if key == "becomes" else [condition]}
    assert refusal(small(second=page)) == ("second", sentence)


def test_a_line_that_is_kept_where_nothing_is_asked():
    document = small()
    document["page"][0]["items"][0]["becomes"] = "first.three"
    assert refusal(document) == ("first", "Page 'first' asks no 'three'. Name a line of it, or 'answer'.")


def test_what_a_page_and_its_lines_keep():
    made = questionnaire.questionnaire().by_id
    assert made["now"].kept == (("cold-sore", questionnaire.Condition("skin", "cold-sores")),)
    assert made["last-session"].kept == (("answer", questionnaire.Condition("healing", "bad-reaction")),)
    assert made["skin"].kept == ()


def test_a_follow_up_says_why_as_its_line_does():
    lines = [
        {"id": "a", "text": "A", "zones": "Where?", "date": "When?", "enter": "Enter it", "why": "For this."},
        {"id": "b", "text": "B", "zones": "Where?", "date": "When?", "enter": "Enter it"},
    ]
    made = questionnaire.load(small(second={"kind": "checklist", "items": lines})).by_id
    assert [made[f"second-a-{kind}"].why for kind in ("zones", "date")] == ["For this.", "For this."]
    assert [made[f"second-b-{kind}"].why for kind in ("zones", "date")] == ["So.", "So."]


@pytest.mark.parametrize(
    ("page", "value", "sentence"),
    [
        (
            {"kind": "choice", "choices": [{"id": "a", "text": "A"}]},
            "b",
            "'b' is no answer to 'second'. Name one of: a.",
        ),
        ({"kind": "date", "enter": "Enter it"}, "yes", "'yes' is no answer to 'second'. Name one of: date."),
    ],
    ids=["choice", "date"],
)
def test_a_condition_on_a_value_that_cannot_be_given(page, value, sentence):
    document = small(second=page, third={"kind": "yes_no", "when": [f"second.answer={value}"]})
    assert refusal(document) == ("third", sentence)


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ({"kind": "slider"}, "kind 'slider' is not one of: checklist, yes_no, choice, date, ended, text, zones."),
        ({"kind": "date"}, "A day that is missing needs its sentence: add enter."),
        ({"kind": "checklist"}, "A checklist has items, a choice has choices, and no other page has any."),
        (
            {"kind": "text", "items": [{"id": "a", "text": "A"}]},
            "A checklist has items, a choice has choices, and no other page has any.",
        ),
        (
            {"kind": "checklist", "items": [{"id": f"a{n}", "text": "A"} for n in range(9)]},
            "A page has at most 8 lines. Move some to a page of their own.",
        ),
        (
            {"kind": "checklist", "items": [{"id": "a", "text": "A"}] * 2},
            "Two lines have the same id. Give each its own.",
        ),
    ],
    ids=["kind", "no-sentence", "no-items", "items-of-a-text", "nine-lines", "same-line"],
)
def test_a_page_that_cannot_be_asked(page, sentence):
    assert refusal(small(second=page)) == ("second", sentence)


def test_a_day_that_was_reached_needs_the_words_for_not_yet():
    line = {"id": "a", "text": "A", "ended": "When?", "enter": "Enter it"}
    sentence = "It may not be over yet: add still."
    assert refusal(small(second={"kind": "checklist", "items": [line]})) == ("second-a-ended", sentence)


def test_two_pages_of_one_id():
    document = small()
    document["page"] *= 2
    assert refusal(document) == ("first", "There is such a page already. Give this one its own id.")


@pytest.mark.parametrize("rule", ["no_such_rule", "age_under_18", "bbv_do_not_ask", "numbing_conflict"])
def test_a_rule_that_no_answer_decides(rule):
    document = small()
    document["page"][0]["items"][0]["rule"] = rule
    assert refusal(document) == (rule, "There is no rule of this id that an answer decides. Name one.")


@pytest.mark.parametrize("key", ["zones", "date"])
def test_a_rule_with_a_page_that_is_not_there(key):
    document = small()
    document["rule"] = [{"rule": "scar_recent", "when": ["first.one"], key: "nowhere"}]
    assert refusal(document) == ("scar_recent", "There is no page 'nowhere'. Name one that is there.")


def test_a_rule_on_what_is_not_asked():
    document = small()
    document["rule"] = [{"rule": "scar_recent", "when": ["first.three"]}]
    assert refusal(document)[0] == "scar_recent"


def test_a_zone_without_a_name():
    document = small()
    del document["places"]["chin"]
    assert refusal(document) == ("places", "'chin' has no name in the patient's words. Add it.")


@pytest.mark.parametrize("members", [["chin", "chin"], ["lips"]], ids=str)
def test_places_that_overlap_or_are_never_treated(members):
    document = small()
    document["together"] = [{"Mouth": members}]
    assert refusal(document) == (
        "together",
        "Each zone stands in one place, and only zones that may be treated do.",
    )
