"""When what is known is due to be read again."""

from datetime import date

import pytest

from needlework.evidence.errors import DataError
from needlework.evidence.reviewing import checked, later, reading
from needlework.evidence.sources import STRENGTHS

WHOLE = {"read_on": date(2026, 11, 22), "months": dict.fromkeys(STRENGTHS, 12)}


@pytest.mark.parametrize(
    ("months", "day"),
    [
        (1, date(2026, 12, 30)),
        (2, date(2027, 1, 30)),
        (3, date(2027, 2, 28)),
        (12, date(2027, 11, 30)),
        (15, date(2028, 2, 29)),
        (25, date(2028, 12, 30)),
    ],
    ids=["1", "2", "3", "12", "15", "25"],
)
def test_calendar_months_end_at_most_on_the_months_last_day(months, day):
    assert later(date(2026, 11, 30), months) == day


@pytest.mark.parametrize(
    ("strengths", "day"),
    [
        (["law"], date(2027, 2, 22)),
        (["memory"], date(2027, 2, 22)),
        (["policy"], date(2027, 5, 22)),
        (["regulator_or_ifu"], date(2027, 11, 22)),
        (["rct"], date(2028, 11, 22)),
        (["measurement_study"], date(2029, 11, 22)),
        (["rct", "policy", "measurement_study"], date(2027, 5, 22)),
    ],
    ids=["law", "memory", "policy", "label", "trial", "measurement", "the first of several"],
)
def test_what_can_change_soonest_is_due_first(strengths, day):
    assert reading().due(strengths) == day


def test_every_class_of_strength_has_its_months():
    assert set(reading().months) == set(STRENGTHS)


def refused(sentence, **changed):
    with pytest.raises(DataError) as wrong:
        checked({**WHOLE, **changed})
    assert str(wrong.value) == f"review.toml: {sentence}"


def test_a_whole_table_is_read():
    assert checked(WHOLE).due(["rct"]) == date(2027, 11, 22)


def test_a_class_left_out_is_refused():
    months = {key: value for key, value in WHOLE["months"].items() if key != "rct"}
    refused(
        "months: rct is missing. Write a whole number of at least 1, without quotation marks.",
        months=months,
    )


def test_an_unknown_class_is_refused():
    refused("months: There is no key 'rcts'. Did you mean 'rct'?", months={**WHOLE["months"], "rcts": 1})


def test_a_text_for_the_day_is_refused():
    refused(
        "the whole file: read_on is not what it must be. Write a day without quotation marks: 2026-11-22.",
        read_on="2026-11-22",
    )


def test_a_number_for_the_months_is_refused():
    refused("the whole file: months is not what it must be. Write the table [months].", months=12)
