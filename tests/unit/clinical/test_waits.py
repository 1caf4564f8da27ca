"""Waits: one unit each, compared from every day that both could start on."""

from datetime import date, timedelta

import pytest

from needlework.clinical import waits


@pytest.mark.parametrize("wait", [{"days": 1}, {"weeks": 4}, {"months": 12}, {"months": 4800}], ids=str)
def test_one_unit_with_a_whole_number_is_a_wait(wait):
    assert waits.is_wait(wait)


@pytest.mark.parametrize(
    "wait",
    [{}, {"days": 0}, {"days": -1}, {"days": True}, {"days": 1.5}, {"days": "1"}, {"years": 1}, {"days": 4801},
     {"days": 1, "weeks": 1}, 14, None, "14 days", ["days"]],
    ids=str,
)  # fmt: skip
def test_anything_else_is_not(wait):
    assert waits.is_wait(wait) is False


@pytest.mark.parametrize(
    ("new", "old", "expected"),
    [
        ({"days": 14}, {"days": 14}, True),
        ({"days": 13}, {"days": 14}, False),
        ({"days": 15}, {"days": 14}, True),
        ({"weeks": 2}, {"days": 14}, True),
        ({"weeks": 2}, {"days": 15}, False),
        ({"days": 28}, {"weeks": 4}, True),
        ({"days": 27}, {"weeks": 4}, False),
        ({"months": 6}, {"months": 6}, True),
        ({"months": 5}, {"months": 6}, False),
        ({"months": 7}, {"months": 6}, True),
        ({"months": 1}, {"days": 28}, True),
        ({"months": 1}, {"days": 29}, False),
        ({"days": 30}, {"months": 1}, False),
        ({"days": 31}, {"months": 1}, True),
        ({"months": 1}, {"weeks": 4}, True),
        ({"weeks": 5}, {"months": 1}, True),
        ({"months": 2}, {"days": 59}, True),
        ({"months": 2}, {"days": 60}, False),
        ({"days": 62}, {"months": 2}, True),
        ({"days": 61}, {"months": 2}, False),
        ({"months": 12}, {"days": 365}, True),
        ({"months": 12}, {"days": 366}, False),
        ({"days": 366}, {"months": 12}, True),
        ({"months": 96}, {"days": 2921}, True),
        ({"months": 96}, {"days": 2922}, False),
        ({"months": 4800}, {"days": 146097}, True),
        ({"days": 146096}, {"months": 4800}, False),
    ],
    ids=str,
)
def test_a_wait_is_at_least_another_when_it_ends_no_earlier_from_any_day(new, old, expected):
    assert waits.at_least(new, old) is expected


def months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


@pytest.mark.parametrize("months", [1, 3, 6, 13])
def test_the_shortest_and_longest_months_are_those_of_the_calendar(months):
    starts = (date(2095, 12, 1) + timedelta(days) for days in range(9 * 366))
    lengths = {(months_later(start, months) - start).days for start in starts}
    assert waits.at_least({"months": months}, {"days": min(lengths)})
    assert not waits.at_least({"months": months}, {"days": min(lengths) + 1})
    assert waits.at_least({"days": max(lengths)}, {"months": months})
    assert not waits.at_least({"days": max(lengths) - 1}, {"months": months})


@pytest.mark.parametrize(
    ("wait", "words"),
    [({"days": 1}, "1 day"), ({"days": 14}, "14 days"), ({"weeks": 1}, "1 week"), ({"months": 6}, "6 months")],
    ids=str,
)
def test_a_wait_in_words(wait, words):
    assert waits.told(wait) == words
