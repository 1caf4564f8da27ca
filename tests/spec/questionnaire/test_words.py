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
    assert [number for number in ("999", "NHS 111", "Samaritans 116 123") if number not in page.note] == []
    assert "999" in str(questionnaire.questionnaire().by_id["distress"].note)


def test_a_question_asks_one_thing():
    assert [page.id for page in PAGES if page.question.count("?") != 1 or not page.question.endswith("?")] == []
