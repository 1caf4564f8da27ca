"""Days and times as the clinic writes them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template

from needlework.web.templatetags import dates

WINTER = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)


def test_a_day_is_written_in_three_ways():
    day = date(2026, 11, 2)
    assert dates.day(day) == "Monday 2 November 2026"
    assert dates.long_date(day) == "2 November 2026"
    assert dates.short_date(day) == "2 Nov 2026"


def test_moments_are_written_in_the_clinics_time():
    assert dates.clock(WINTER) == "14:05"
    assert dates.clock(SUMMER) == "00:30"
    assert dates.day(SUMMER) == "Thursday 2 July 2026"


def test_a_moment_can_be_read_by_machines_too():
    assert dates.moment(SUMMER) == '<time datetime="2026-07-02T00:30:00+01:00">2 Jul 2026, 00:30</time>'


@pytest.mark.parametrize("written", [dates.day, dates.long_date, dates.short_date, dates.clock, dates.moment])
def test_nothing_is_written_for_no_day(written):
    assert written(None) == ""


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=400), "400 days ago"),
    ],
)
def test_how_long_ago_is_said_in_the_largest_whole_unit(passed, words):
    assert dates.distance(passed) == words


def test_how_long_ago_never_stands_without_the_moment():
    template = Template("{% load dates %}{% ago earlier now %}")
    written = template.render(Context({"now": WINTER, "earlier": WINTER - timedelta(minutes=12)}))
    assert written == '<time datetime="2026-11-22T13:53:00+00:00">22 Nov 2026, 13:53</time> (12 minutes ago)'
