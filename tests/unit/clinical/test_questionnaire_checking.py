"""Reading a page's form: what is kept, and the sentence to show for what is wrong."""

from datetime import date

import pytest

from needlework.clinical import questionnaire

ON = date(2026, 11, 22)
BY_ID = questionnaire.questionnaire().by_id
ALL_TICKED = {page: {line.id: "yes" for line in BY_ID[page].lines} for page in ("skin", "treated-skin")}
SEVERAL = {page.id: page for page in questionnaire.asked(ALL_TICKED, zones=("cheek-left", "chin"))}


def checked(page, form, on=ON):
    return questionnaire.check(SEVERAL.get(page) or BY_ID[page], form, on=on)


def given(page, form, on=ON):
    values, wrong = checked(page, form, on)
    assert wrong == ()
    return values


def refused(page, form, on=ON):
    values, (wrong,) = checked(page, form, on)
    assert values == {}
    return wrong.field, wrong.sentence


def test_a_checklist_keeps_an_answer_for_every_line():
    assert given("diabetes", {"ticked": ["hard"]}) == {"hard": "yes", "harm": "no"}
    assert given("diabetes", {"unsure": ["harm"]}) == {"hard": "no", "harm": "unsure"}
    assert given("diabetes", {"ticked": ("none",)}) == {"hard": "no", "harm": "no"}


def test_a_checklist_about_today_keeps_the_day():
    assert given("now", {"ticked": ["none"]})["on"] == "2026-11-22"


def test_a_checklist_about_the_treated_skin_keeps_what_it_was_asked_for():
    assert given("treated-skin", {"ticked": ["none"]})["offered"] == ["cheek-left", "chin"]
    assert "offered" not in questionnaire.check(BY_ID["treated-skin"], {"ticked": ["none"]}, on=ON)[0]


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"ticked": []},
        {"ticked": ["softly"]},
        {"ticked": "hard"},
        {"ticked": [3]},
        {"ticked": None},
        {"unsure": ["none"]},
        {"unsure": ["softly"]},
        {"ticked": ["hard"], "unsure": {"hard": 1}},
    ],
    ids=str,
)
def test_a_checklist_without_a_tick_or_with_a_strange_one(form):
    assert refused("diabetes", form) == ("ticked", "Choose each line that fits, or choose none of these")


def test_not_sure_where_it_is_not_offered():
    sentence = "Choose each line that fits, or choose none of these"
    assert refused("now", {"unsure": ["breastfeeding"]}) == ("ticked", sentence)


@pytest.mark.parametrize("form", [{"ticked": ["none", "hard"]}, {"ticked": ["none"], "unsure": ["hard"]}], ids=str)
def test_none_of_these_excludes_the_others(form):
    assert refused("diabetes", form) == ("ticked", "Choose none of these only when no other line fits")


def test_a_line_is_yes_or_not_sure():
    form = {"ticked": ["hard", "harm"], "unsure": ["harm"]}
    assert refused("diabetes", form) == ("harm", "Choose yes or not sure for a line, not both")


@pytest.mark.parametrize("value", ["yes", "no"])
def test_yes_or_no(value):
    assert given("looks", {"answer": value}) == {"answer": value}


@pytest.mark.parametrize("value", ["", "Yes", "unsure", None, ["yes"], True])
def test_anything_else_than_yes_or_no(value):
    assert refused("looks", {"answer": value}) == ("answer", "Choose yes or no")
    assert refused("looks", {}) == ("answer", "Choose yes or no")


def test_yes_no_or_not_sure():
    assert given("two-antiplatelets", {"answer": "unsure"}) == {"answer": "unsure"}
    assert refused("two-antiplatelets", {"answer": ""}) == ("answer", "Choose yes, no or not sure")


def test_a_choice():
    assert given("skin-type", {"answer": "IV"}) == {"answer": "IV"}
    for value in ("VII", "", None, ["I"]):
        assert refused("skin-type", {"answer": value}) == ("answer", "Choose the line that fits best")


def test_a_day():
    assert given("date-of-birth", {"answer": " 1990-02-28 "}) == {"answer": "1990-02-28"}
    assert given("recent-botox-date", {"answer": "2026-11-22"}) == {"answer": "2026-11-22"}


@pytest.mark.parametrize(
    "form", [{}, {"answer": ""}, {"answer": "  "}, {"answer": None}, {"answer": 19900228}], ids=str
)
def test_a_day_that_is_missing_says_which(form):
    assert refused("date-of-birth", form) == ("answer", "Enter your date of birth")
    sentence = "Enter the date of the last dose, or say that you do not know when they end"
    assert refused("now-antibiotics-ended", form) == ("answer", sentence)


@pytest.mark.parametrize("value", ["1990-02-30", "28/02/1990", "1990-2-8", "soon", "still", "0000-01-01", "19900228"])
def test_a_day_that_does_not_exist(value):
    assert refused("date-of-birth", {"answer": value}) == ("answer", "Enter a real date, such as 27 March 2026")


def test_a_day_ahead():
    assert refused("recent-botox-date", {"answer": "2026-11-23"}) == ("answer", "Enter a date that is today or earlier")
    assert given("now-antibiotics-ended", {"answer": "2026-11-23"}) == {"answer": "2026-11-23"}
    assert given("now-antibiotics-ended", {"answer": "still"}) == {"answer": "still"}


def test_a_day_too_far_ahead():
    assert given("now-antibiotics-ended", {"answer": "2028-12-31"}) == {"answer": "2028-12-31"}
    far = ("answer", "Check the year: that is too far ahead")
    assert refused("now-antibiotics-ended", {"answer": "2029-01-01"}) == far


def test_a_day_too_long_ago():
    assert given("date-of-birth", {"answer": "1906-01-01"}) == {"answer": "1906-01-01"}
    ago = ("answer", "Check the year: that is too long ago")
    assert refused("date-of-birth", {"answer": "1905-12-31"}) == ago


def test_what_is_over_or_not():
    assert given("now-fever-ended", {"answer": "still"}) == {"answer": "still"}
    assert given("now-fever-ended", {"answer": "2026-11-20"}) == {"answer": "2026-11-20"}
    sentence = "Enter the day you felt well again, or say that you are not well yet"
    assert refused("now-fever-ended", {}) == ("answer", sentence)


def test_a_text_may_be_empty_and_has_an_end():
    assert given("anything-else", {}) == {"answer": ""}
    assert given("anything-else", {"answer": "  I am nervous. \n"}) == {"answer": "I am nervous."}
    assert given("anything-else", {"answer": " " + "a" * 2000}) == {"answer": "a" * 2000}
    long = ("answer", "Write less: up to 2000 characters")
    assert refused("anything-else", {"answer": "a" * 2001}) == long
    assert refused("anything-else", {"answer": 3}) == long


def test_places():
    page = "skin-mole-zones"
    offered = ["cheek-left", "chin"]
    assert given(page, {"ticked": ["elsewhere", "chin"]}) == {"answer": ["chin", "elsewhere"], "offered": offered}
    everywhere = ["cheek-left", "chin", "elsewhere"]
    assert given(page, {"ticked": everywhere})["answer"] == everywhere
    for form in ({}, {"ticked": []}, {"ticked": ["nose"]}, {"ticked": "chin"}, {"ticked": ["none"]}):
        assert refused(page, form) == ("ticked", "Choose one place or more")
