"""Moments: elapsed hours in the offset that the session ended in, over months, leap days and changes of clocks."""

import pytest

from needlework.clinical.aftercare import advise, as_json, read
from needlework.evidence.errors import InputError
from tests.spec.aftercare.spec import session


def until(name, finished_at, **differs):
    answer = as_json(advise(read(session(finished_at=finished_at, **differs))))
    return next((one["from"], one["to"]) for one in answer["instructions"] if one["id"] == name)


@pytest.mark.parametrize(
    ("finished_at", "ends"),
    [
        ("2026-11-29T10:48:00+00:00", "2026-12-02T10:48:00+00:00"),
        ("2026-12-30T10:48:00+00:00", "2027-01-02T10:48:00+00:00"),
        ("2028-02-27T10:48:00+00:00", "2028-03-01T10:48:00+00:00"),
        ("2027-02-27T10:48:00+00:00", "2027-03-02T10:48:00+00:00"),
        ("2026-12-01T23:59:00+00:00", "2026-12-04T23:59:00+00:00"),
        ("2026-12-01T00:00:00+00:00", "2026-12-04T00:00:00+00:00"),
        ("2026-07-01T10:48:00+01:00", "2026-07-04T10:48:00+01:00"),
        ("2026-12-01T10:48:00Z", "2026-12-04T10:48:00+00:00"),
        ("2026-12-01T10:48:00-09:30", "2026-12-04T10:48:00-09:30"),
    ],
)
def test_three_days_are_72_hours(finished_at, ends):
    assert until("makeup", finished_at)[1] == ends


def test_a_change_of_clocks_moves_nothing():
    """British summer time ends on 25 October 2026: the offset of the session stays, and a day is 24 hours."""
    assert until("supplied-gel", "2026-10-24T14:00:00+01:00") == (
        "2026-10-24T14:00:00+01:00",
        "2026-10-25T14:00:00+01:00",
    )


def test_what_comes_after_begins_at_the_very_moment():
    finished_at = "2026-12-01T10:48:00+00:00"
    chosen = {"supplied-gel": 8, "washing": 24}
    assert until("moisturiser", finished_at, choices=chosen) == ("2026-12-01T18:48:00+00:00", None)
    assert until("gentle-cleanser", finished_at, choices=chosen)[0] == until("washing", finished_at, choices=chosen)[1]
    start = until("sunscreen-start", finished_at)
    assert start == ("2026-12-03T10:48:00+00:00", None)
    assert until("sun-protection", finished_at)[0] == start[0]


def test_sunscreen_never_starts_while_only_the_gel_goes_on():
    with pytest.raises(InputError) as refused:
        read(session(choices={"sunscreen-start": 23}))
    assert str(refused.value) == (
        "choices.sunscreen-start: Send at least as many hours as for supplied-gel, which comes first."
    )
    assert read(session(choices={"sunscreen-start": 24})).choices == {"sunscreen-start": 24}
    assert read(session(choices={"supplied-gel": 12, "sunscreen-start": 12}))


def test_a_session_in_a_year_that_nobody_here_will_see_is_refused():
    assert read(session(finished_at="2199-12-31T23:59:00+00:00"))
    with pytest.raises(InputError) as refused:
        read(session(finished_at="2200-01-01T00:00:00+00:00"))
    assert str(refused.value) == "finished_at: Check the year: send one from 1870 to 2199."
