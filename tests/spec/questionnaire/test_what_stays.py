"""What is still to be minded when a wait is over, and what has no end to wait for."""

from datetime import date

import pytest

from needlework.clinical import questionnaire
from needlework.clinical.terms import Outcome
from tests.spec.questionnaire.answering import PLANNED, fill, found, raised, screened

LATER = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("declared", "stays"),
    [
        (["skin.eczema", "eczema.here", "eczema-here-ended=2026-11-01"], ["eczema_elsewhere"]),
        (["now.cold-sore", "now-cold-sore-ended=2026-11-09"], ["cold_sore_history"]),
        (["health.fit", "fit-in-last-year=yes", "fit-in-last-year-date=2025-11-30"], ["epilepsy"]),
        (["medicines.isotretinoin", "medicines-isotretinoin-ended=2026-05-30"], []),
    ],
    ids=lambda value: value[0] if value else "nothing",
)
def test_when_the_wait_is_over_the_caution_stays(declared, stays):
    assert found(*declared, planned_on=LATER) == stays


def test_while_the_wait_lasts_it_is_found_with_the_caution():
    eczema = ["skin.eczema", "eczema.here", "eczema-here-ended=2026-11-20"]
    assert found(*eczema, planned_on=LATER) == ["eczema_active_area", "eczema_elsewhere"]
    assert found("now.cold-sore", planned_on=LATER) == ["cold_sore_active", "cold_sore_history"]


def test_an_eczema_or_psoriasis_of_a_place_planned_no_longer_is_one_elsewhere():
    given = fill("skin.eczema", "eczema.here", "skin.psoriasis", "psoriasis.here")
    told = questionnaire.answers(given, zones=("chin",))["answers"]
    assert {"eczema_elsewhere", "psoriasis_elsewhere"} <= told.keys()


def test_eczema_here_and_elsewhere_counts_once():
    here = {"zones": ["cheek-left"]}
    assert raised("skin.eczema", "eczema.here", "eczema.elsewhere") == {
        "eczema_active_area": here,
        "eczema_elsewhere": {},
    }


def test_a_cold_sore_is_remembered_at_later_sessions():
    second = fill("still=yes", given=questionnaire.short_form(fill("now.cold-sore")))
    assert questionnaire.answers(second, zones=PLANNED)["answers"] == {"cold_sore_history": {}}
    third = fill("still=yes", given=questionnaire.short_form(second))
    assert third["before"]["skin"]["cold-sores"] == "yes"


def test_without_a_cold_sore_none_is_remembered():
    assert questionnaire.short_form(fill("now.fever"))["before"]["skin"]["cold-sores"] == "no"


def test_antibiotics_without_an_end_defer_without_a_date():
    assert raised("now.antibiotics", "now-antibiotics-ended=still") == {"antibiotics_current": {}}
    deferred = screened("now.antibiotics", "now-antibiotics-ended=still", planned_on=date(2028, 11, 1))
    assert (deferred.outcome, deferred.earliest_date) == (Outcome.DEFER, None)


def test_antibiotics_with_an_end_ahead_defer_until_two_weeks_after_it():
    assert raised("now.antibiotics", "now-antibiotics-ended=2026-12-01") == {
        "antibiotics_current": {"date": "2026-12-01"}
    }
    assert screened("now.antibiotics", "now-antibiotics-ended=2026-12-01").earliest_date == date(2026, 12, 15)


def test_antibiotics_without_an_end_are_told_in_the_patients_words():
    rows = questionnaire.check_your_answers(fill("now.antibiotics", "now-antibiotics-ended=still"))
    assert rows[2].answers == ("I take them all the time, or I do not know when they end",)
