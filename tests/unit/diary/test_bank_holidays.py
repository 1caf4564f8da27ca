"""Bank holidays of each nation, checked against the dates that the government publishes."""

from datetime import date

import pytest

from needlework.accounts.models import Nation
from needlework.diary import bank_holidays

ENGLAND_2027 = {
    date(2027, 1, 1): "New Year's Day",
    date(2027, 3, 26): "Good Friday",
    date(2027, 3, 29): "Easter Monday",
    date(2027, 5, 3): "Early May bank holiday",
    date(2027, 5, 31): "Spring bank holiday",
    date(2027, 8, 30): "Summer bank holiday",
    date(2027, 12, 25): "Christmas Day",
    date(2027, 12, 26): "Boxing Day",
    date(2027, 12, 27): "Christmas Day (substitute day)",
    date(2027, 12, 28): "Boxing Day (substitute day)",
}


@pytest.mark.parametrize("nation", [Nation.ENGLAND, Nation.WALES])
def test_england_and_wales_keep_the_same_days(nation: Nation) -> None:
    assert list(bank_holidays.of(nation, [2027]).items()) == list(ENGLAND_2027.items())


@pytest.mark.parametrize(
    ("nation", "day", "name"),
    [
        (Nation.SCOTLAND, date(2026, 1, 2), "2 January"),
        (Nation.SCOTLAND, date(2023, 1, 2), "New Year's Day (substitute day)"),
        (Nation.SCOTLAND, date(2026, 6, 15), "World Cup bank holiday"),
        (Nation.SCOTLAND, date(2026, 8, 3), "Summer bank holiday"),
        (Nation.SCOTLAND, date(2026, 11, 30), "St Andrew's Day"),
        (Nation.SCOTLAND, date(2026, 8, 31), None),
        (Nation.SCOTLAND, date(2026, 4, 6), None),
        (Nation.NORTHERN_IRELAND, date(2026, 3, 17), "St Patrick's Day"),
        (Nation.NORTHERN_IRELAND, date(2026, 7, 13), "Battle of the Boyne (Orangemen's Day) (substitute day)"),
        (Nation.NORTHERN_IRELAND, date(2026, 11, 30), None),
        (Nation.ENGLAND, date(2026, 11, 30), None),
        (Nation.ENGLAND, date(2026, 6, 15), None),
    ],
)
def test_each_nation_keeps_its_own(nation: Nation, day: date, name: str | None) -> None:
    assert bank_holidays.of(nation, [day.year]).get(day) == name


def test_several_years_come_in_order() -> None:
    days = list(bank_holidays.of(Nation.ENGLAND, [2027, 2026, 2027]))
    assert days == sorted(days)
    assert {day.year for day in days} == {2026, 2027}
