"""Days of 23, 23½, 24, 24½ and 25 hours, and what the clock shows on them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from needlework.diary.slots.clock import days_between, local, minute_of, moment_of, reached
from needlework.diary.slots.offering import Offering, Thing
from needlework.diary.slots.taken import taken
from needlework.diary.slots.wishes import nearest
from needlework.diary.slots.working import Hours, working

LONDON, LORD_HOWE = ZoneInfo("Europe/London"), ZoneInfo("Australia/Lord_Howe")
FORWARD, BACK = date(2027, 3, 28), date(2026, 10, 25)
EVERY_DAY = date(2026, 1, 1)


def utc(year: int, month: int, day: int, hour: int, minute: int = 0) -> int:
    return minute_of(datetime(year, month, day, hour, minute, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (FORWARD, LONDON, 23),
        (BACK, LONDON, 25),
        (date(2026, 11, 24), LONDON, 24),
        (date(2026, 10, 4), LORD_HOWE, 23.5),
        (date(2027, 4, 4), LORD_HOWE, 24.5),
    ],
)
def test_a_day_has_as_many_hours_as_its_clock_says(day: date, zone: ZoneInfo, hours: float):
    days = days_between(day, day, zone)
    assert days.begins[1] - days.begins[0] == 60 * hours
    assert days.regular(0) == (hours == 24)
    quarters = days.grid(0, 15).bit_count()
    assert quarters == 96 if hours > 24 else quarters == 4 * hours, "a repeated time is on the grid once"


def test_a_missing_time_is_none_and_hours_reach_it_when_the_clock_jumps():
    assert local(FORWARD, time(1, 30), LONDON) is None
    assert reached(FORWARD, time(1, 30), LONDON) == utc(2027, 3, 28, 1)
    assert local(FORWARD, time(2), LONDON) == utc(2027, 3, 28, 1)
    assert local(date(2026, 10, 4), time(2, 15), LORD_HOWE) is None


def test_a_repeated_time_means_the_first():
    assert local(BACK, time(1, 30), LONDON) == utc(2026, 10, 25, 0, 30)
    assert reached(BACK, time(1, 30), LONDON) == utc(2026, 10, 25, 0, 30)
    assert local(BACK, time(2), LONDON) == utc(2026, 10, 25, 2)


@pytest.mark.parametrize(
    ("day", "opens", "closes", "starts"),
    [
        (FORWARD, time(0, 30), time(3), ["00:30", "00:45", "02:00"]),  # 00:30 to 01:00, then 02:00 to 03:00: 90 minutes
        (BACK, time(0, 30), time(2), ["00:30", "00:45", "01:00", "01:15", "01:30", "01:45"]),
        (BACK, time(0), time(1, 30), ["00:00", "00:15", "00:30"]),
    ],
)
def test_hours_across_a_change_of_the_clocks_last_as_long_as_they_do(
    day: date, opens: time, closes: time, starts: list[str]
):
    days = days_between(day, day, LONDON)
    works = working(days, [Hours(1, day.weekday(), opens, closes, None, None, EVERY_DAY, None)], {}, set())
    offering = one_practitioner(days, works, [], clean_down_minutes=0)
    found = [start.begins.astimezone(LONDON) for start in offering.every_start(0, offering.starts(0))]
    assert [f"{begins:%H:%M}" for begins in found] == starts


def one_practitioner(days, works, rows, *, clean_down_minutes: int) -> Offering:
    return Offering(
        days=days,
        minutes=60,
        practitioners=(Thing(1, "Dana Reid", clean_down_minutes),),
        rooms=None,
        devices=None,
        person=(),
        may_begin=[days.grid(index, 15) for index in range(len(days.days))],
        works=works,
        away=taken(days, []),
        taken=taken(days, rows),
    )


def test_cleaning_at_night_meets_what_begins_early_on_the_next_day():
    sunday = date(2026, 11, 22)
    days = days_between(sunday, sunday, LONDON)
    works = working(days, [Hours(1, 6, time(20), time(23, 55), None, None, EVERY_DAY, None)], {}, set())

    def last(rows) -> str:
        offering = one_practitioner(days, works, rows, clean_down_minutes=120)
        return f"{offering.every_start(0, offering.starts(0))[-1].begins:%H:%M}"

    assert last([]) == "22:45"
    assert last([(1, utc(2026, 11, 23, 1), utc(2026, 11, 23, 2))]) == "22:00"
    assert last([(1, utc(2026, 11, 23, 1, 45), utc(2026, 11, 23, 3))]) == "22:45"
    assert last([(1, utc(2026, 11, 21, 23), utc(2026, 11, 22, 20, 30))]) == "22:45"


def test_a_minute_is_found_on_its_day_and_beyond_the_last():
    days = days_between(BACK - timedelta(1), BACK + timedelta(1), LONDON)
    for index, (begins, ends) in enumerate(zip(days.begins, days.begins[1:], strict=False)):
        assert days.place(begins) == days.place(ends - 1) == index
    assert days.place(days.begins[0] - 1) == -1 and days.place(days.begins[-1]) == 3


def test_a_minute_is_whole():
    with pytest.raises(ValueError, match="whole minutes"):
        minute_of(datetime(2026, 11, 22, 9, 0, 1, tzinfo=UTC))
    assert minute_of(moment_of(29_000_000)) == 29_000_000


@pytest.mark.parametrize(
    ("free", "wished", "place"),
    [
        (0b1100_0001, 0b1110_0000, 6),
        (0b0000_0101, 0b1100_0000, 2),
        (0b1000_0001, 0b0001_1000, 0),
        (0b1000_0001, 0b11_0000, 7),
    ],
)
def test_the_time_nearest_to_a_wish_is_found(free: int, wished: int, place: int):
    assert nearest(free, wished) == place
