"""The words: plain, kind, and never a question that must not be asked."""

import re
from statistics import mean

import pytest

from needlework.clinical import questionnaire
from needlework.clinical.reading import grade

PAGES = questionnaire.pages()
ASKED = {
    (page.id, place): text
    for page in PAGES
    for place, text in enumerate([page.question, *(line.text for line in page.lines), page.still])
    if text
}
FORBIDDEN = (
    r"\bhiv\b|\baids\b|hepatitis|\bhep\b|virus|viral|\bbbv\b|blood[- ]borne|\bsti\b|\bstd\b|sexual|syphilis"
    r"|needle[- ]stick|inject(ed|ing)? drugs|positive"
)


def test_the_mean_reading_grade_is_at_most_six():
    assert mean(map(grade, ASKED.values())) <= 6


def test_no_question_and_no_line_is_above_grade_nine():
    assert {key: text for key, text in ASKED.items() if grade(text) > 9} == {}


def test_why_it_is_asked_is_plain_too():
    told = [text for page in PAGES for text in (page.why, page.hint, page.note) if text]
    told += [line.why for page in PAGES for line in page.lines if line.why]
    assert {text: grade(text) for text in told if grade(text) > 9} == {}


def test_nobody_is_asked_for_a_virus_or_led_to_tell_of_one():
    texts = [text for page in PAGES for text in (page.title, page.question, page.why, page.hint, page.note, page.enter)]
    texts += [text for page in PAGES for line in page.lines for text in (line.text, line.why)]
    assert [text for text in texts if text and re.search(FORBIDDEN, text.lower())] == []


def test_nobody_needs_to_name_what_makes_it_hard_to_fight_germs():
    page = questionnaire.questionnaire().by_id["medicines"]
    line = next(line for line in page.lines if line.id == "infection")
    assert line.text.endswith("You do not need to name it")


def test_no_list_is_longer_than_eight():
    assert max(len(page.lines) for page in PAGES) == 8


def test_every_page_says_why_it_is_asked():
    assert [page.id for page in PAGES if not page.why.endswith(".")] == []


@pytest.mark.parametrize("page", ["looks", "distress"])
def test_a_sensitive_question_says_what_happens_with_a_yes(page):
    assert "If you say yes, we" in questionnaire.questionnaire().by_id[page].why


def test_pressure_says_what_happens_with_it():
    page = questionnaire.questionnaire().by_id["wishes"]
    assert [line.why for line in page.lines if line.why] == [
        "It must be your own choice. If you tick this, we talk with you alone first."
    ]


def test_somebody_who_thinks_of_self_harm_is_told_whom_to_call():
    page = questionnaire.questionnaire().by_id["distress-help"]
    assert page.note is not None
    assert [
        number
        for number in ("999", "111", "0808 808 8000 (Lifeline)", "116 123 (Samaritans)")
        if number not in page.note
    ] == []
    assert "999" in str(questionnaire.questionnaire().by_id["distress"].note)


def test_a_question_asks_one_thing():
    assert [page.id for page in PAGES if page.question.count("?") != 1 or not page.question.endswith("?")] == []


def test_northern_ireland_has_no_111_and_is_told_whom_to_call_instead():
    note = questionnaire.questionnaire().by_id["distress-help"].note
    assert note == (
        "Call 999 if you are in danger now. You can talk to someone today. Call 111 and choose the mental health "
        "option. If you live in Northern Ireland, call 0808 808 8000 (Lifeline). Or call 116 123 (Samaritans)."
    )


def text(page, line):
    return {one.id: one.text for one in questionnaire.questionnaire().by_id[page].lines}[line]


@pytest.mark.parametrize(
    ("page", "line", "named"),
    [
        ("medicines", "painkillers", "aspirin that no doctor told me to"),
        ("medicines", "infection", "methotrexate"),
        ("health", "rare-blood", "put people to sleep"),
        ("health-more", "sarcoid", "granulomas"),
        ("skin", "mole", "on any part of me"),
        ("skin", "eczema", "had eczema in the past"),
        ("now", "drink-or-drugs", "alcohol"),
    ],
)
def test_those_whom_a_rule_means_find_themselves_in_its_line(page, line, named):
    assert named in text(page, line)


@pytest.mark.parametrize("line", [("recent", "peel"), ("peel", "light")], ids=".".join)
def test_a_scrub_at_home_is_no_peel(line):
    assert "scrub" not in text(*line)
    assert "fine grains" in text(*line)


def test_sanding_is_told_apart_by_how_deep_it_went():
    assert (text("recent", "laser").count("sanded deep"), text("recent", "peel").count("deep")) == (1, 0)


def test_where_two_lines_about_spots_fit_the_worst_is_chosen():
    page = questionnaire.questionnaire().by_id["spots"]
    assert page.hint == "If more than one fits, choose the worst."
    assert text("spots", "few") == "I have five or fewer, and none is deep"


def test_antibiotics_are_to_be_finished():
    by_id = questionnaire.questionnaire().by_id
    line = next(line for line in by_id["now"].lines if line.id == "antibiotics")
    assert line.why == by_id["now-antibiotics-ended"].why == "Please finish them. Do not stop them for us."


def test_a_hope_for_work_or_love_is_not_mocked():
    assert text("wishes", "life") == "I hope it will change things at work or with someone I love"
