"""The days of the demo's diary: working days, whichever day it is built on."""

import tomllib
from datetime import date
from importlib.resources import files

import pytest

from needlework.front.demo.days import WorkingDays, visits

ROWS = tomllib.loads(files("needlework.front.demo").joinpath("diary.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("today", "first", "next_one", "before"),
    [
        (date(2026, 11, 25), date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 24)),
        (date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 20)),
        (date(2026, 12, 25), date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 24)),
        (date(2027, 3, 26), date(2027, 3, 30), date(2027, 3, 31), date(2027, 3, 25)),
    ],
)
def test_days_are_counted_from_the_nearest_working_day(today: date, first: date, next_one: date, before: date) -> None:
    days = WorkingDays(today)
    assert [days[number] for number in (0, 1, -1)] == [first, next_one, before]


@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2026, 12, 25), date(2027, 3, 27)])
def test_nothing_is_planned_where_somebody_is_away_or_the_clinic_closed(today: date) -> None:
    days = WorkingDays(today)
    planned = visits(ROWS, days)
    assert planned == visits(ROWS, days), "the same every time"
    assert {visit.practitioner for visit in planned if visit.day == days[0]} == {
        "Amira Khan",
        "Dana Reid",
        "Tomasz Wolny",
    }
    assert not [one for one in planned if one.practitioner == "Dana Reid" and days[17] <= one.day <= days[19]]
    assert not [one for one in planned if one.practitioner == "Tomasz Wolny" and one.day == days[24]]
    assert {one.state for one in planned if one.day > max(days[0], today)} == {""}
    assert {one.state for one in planned if one.day < today} <= {"attended", "no-show", "cancelled"}
