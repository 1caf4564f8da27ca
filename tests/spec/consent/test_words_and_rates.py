"""The words: plain, without promise or pressure; the rates: counted, with their sources."""

import re
from statistics import mean

import pytest

from needlework.clinical.consent_content.choosing import net
from needlework.clinical.consent_content.proposed import cleared
from needlework.clinical.consent_content.wordings import book
from needlework.clinical.reading import grade
from tests.spec.consent.plans import told

STATEMENTS = book().statements
FILLED = {
    "device": "SkinPen",
    "depth": "1.5",
    "label_limit": "1.5",
    "numbing": "another cream",
    "reflection_hours": "48",
    "cleared_for": "lines on some parts of the face, and acne scars on the face",
}
FORBIDDEN = re.compile(
    r"\b(safe|safely|promise\w*|guarantee\w*|cure\w*|best|perfect|flawless|painless|risk-free|proven|miracle|hurry|offer|"
    r"discount|before and after|diagnos\w*|must be treated|should have it|recommend\w*|hepatitis)\b",
    re.IGNORECASE,
)


def whole(one) -> str:
    return " ".join([one.text, one.frequency or "", *(rate.text for rate in one.rates)])


@pytest.mark.parametrize("one", STATEMENTS, ids=lambda one: one.id)
def test_no_statement_reads_above_grade_9(one):
    for text in filter(None, (one.text, one.text_before, whole(one), *(r.text for r in one.rates))):
        assert grade(text.format(**FILLED)) <= 9


def test_the_statements_read_at_grade_6_or_less_on_average():
    assert mean(grade(whole(one).format(**FILLED)) for one in STATEMENTS) <= 6


def test_the_questions_read_at_grade_6_or_less():
    assert max(grade(one.text) for one in book().questions) <= 6


@pytest.mark.parametrize("one", STATEMENTS, ids=lambda one: one.id)
def test_no_statement_promises_presses_or_diagnoses(one):
    assert FORBIDDEN.findall(f"{whole(one)} {one.text_before or ''}") == []


@pytest.mark.parametrize("one", [*STATEMENTS, *net()], ids=lambda one: one.id)
def test_every_statement_has_a_source_and_none_is_memory(one):
    cited = [source for each in (one.sources, *(rate.sources for rate in one.rates)) for source in each]
    assert one.sources
    assert all(source.strength_class != "memory" for source in cited)


@pytest.mark.parametrize("one", [one for one in STATEMENTS if one.rates], ids=lambda one: one.id)
def test_every_rate_was_read_in_a_publication_and_counts_something(one):
    for rate in one.rates:
        assert all(source.url for source in rate.sources)
        assert re.search(r"\d|half|none|two", rate.text, re.IGNORECASE)


def test_dark_marks_are_told_as_a_range_with_each_study_beside_it():
    one = told()["dark-marks"]
    assert one.frequency == "Studies disagree: from none to about 1 in 5 people."
    assert [(rate.text, [source.id for source in rate.sources]) for rate in one.rates] == [
        (
            "0 of 39 people, skin types III to V. The true rate could still be up to 7 in 100.",
            ["skin-microneedling-for-acne-scars-associated", "alqarqaz"],
        ),
        ("5 of 36 people in one study with rollers, skin types IV and V.", ["dogra-2014"]),
        ("7 of 32 people in one study on pale stretch marks.", ["arch-dermatol-res-2023-microneedling-for"]),
    ]


@pytest.mark.parametrize("risk", ["cold-sores", "infection", "thick-scar", "pale-marks", "faint", "allergy"])
def test_where_no_reliable_rate_was_found_the_text_says_so(risk):
    assert told()[risk].frequency.endswith("No reliable rate was found.")


def test_a_risk_without_a_rate_says_that_none_was_found():
    risks = [one for one in STATEMENTS if one.section == "risks" and one.frequency and not one.rates]
    assert [one.id for one in risks if "No reliable rate was found" not in one.frequency] == []


def test_lumps_are_counted_in_the_whole_world():
    one = told()["lumps"]
    assert (one.frequency, one.rates[0].text) == ("Very rare.", "15 people in 13 reports in the whole world.")


def test_a_mean_is_told_as_one():
    assert [rate.text.startswith("On average, people gave the pain ") for rate in told()["pain"].rates] == [True, True]


@pytest.mark.parametrize("known", cleared().values(), ids=list(cleared()))
def test_what_a_device_is_cleared_for_reads_at_grade_9_or_less(known):
    for one in STATEMENTS:
        assert grade(one.text.format(**{**FILLED, "cleared_for": known.words})) <= 9


def test_there_are_three_to_five_questions_for_understanding():
    assert [one.id for one in book().questions] == ["what", "first-days", "matters-most", "whom-to-call", "instead"]
