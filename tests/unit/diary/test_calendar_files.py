"""Calendar files, as three libraries read them that had no part in laying them out."""

import warnings
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from needlework.diary.calendars import writing
from needlework.diary.calendars.entries import Entry, Who, for_practitioner

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of its parser's own grammar
    import ics

LONDON = ZoneInfo("Europe/London")
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
CLINIC = writing.organiser(name='Skin "Face" Clinic, Leeds', address="mailto:hello@clinic.test")


def entry(**changed) -> Entry:
    own = {
        "appointment_id": UUID("11111111-1111-4111-8111-111111111111"),
        "sequence": 0,
        "changed_at": AT,
        "begins": AT,
        "ends": AT + timedelta(hours=1),
        "is_cancelled": False,
        "summary": "Consultation, Linthorpe Road",
        "location": "Linthorpe Road, 12 Linthorpe Road",
    }
    return Entry(**own | changed)


def published(*entries: Entry) -> bytes:
    return writing.file(entries, method="PUBLISH", organiser=CLINIC)


def by_icalendar(content: bytes):
    [event] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return event


def by_vobject(content: bytes):
    return vobject.readOne(content.decode()).vevent


def by_ics(content: bytes):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        [event] = ics.Calendar(content.decode()).events
    return event


@pytest.mark.parametrize(
    ("day", "hour", "fold", "utc"),
    [
        ((2026, 3, 28), 10, 0, "20260328T100000Z"),
        ((2026, 3, 29), 0, 0, "20260329T000000Z"),
        ((2026, 3, 29), 2, 0, "20260329T010000Z"),
        ((2026, 3, 29), 10, 0, "20260329T090000Z"),
        ((2026, 10, 24), 10, 0, "20261024T090000Z"),
        ((2026, 10, 25), 1, 0, "20261025T000000Z"),
        ((2026, 10, 25), 1, 1, "20261025T010000Z"),
        ((2026, 10, 25), 10, 0, "20261025T100000Z"),
    ],
)
def test_every_library_reads_the_very_hour_across_both_clock_changes(day, hour, fold, utc):
    begins = datetime(*day, hour, tzinfo=LONDON, fold=fold)
    ends = (begins.astimezone(UTC) + timedelta(minutes=90)).astimezone(LONDON)
    content = published(entry(begins=begins, ends=ends))
    assert f"DTSTART:{utc}\r\n".encode() in content
    assert b"VTIMEZONE" not in content
    there = begins.astimezone(UTC)
    assert by_icalendar(content).decoded("DTSTART") == there
    assert by_vobject(content).dtstart.value == there
    assert by_ics(content).begin.datetime == there
    assert by_vobject(content).dtend.value - by_vobject(content).dtstart.value == timedelta(minutes=90)


def test_what_a_program_needs_to_put_an_appointment_in_its_place_is_there():
    content = published(
        entry(sequence=3, description="With Amira Khan\nChange it: https://a.test/1", url="https://a.test/1")
    )
    whole, event = icalendar.Calendar.from_ical(content), by_icalendar(content)
    assert (whole["VERSION"], whole["METHOD"], whole["CALSCALE"]) == ("2.0", "PUBLISH", "GREGORIAN")
    assert event["UID"] == "11111111-1111-4111-8111-111111111111@needlework"
    assert (event["SEQUENCE"], event.decoded("DTSTAMP")) == (3, AT)
    assert (event["STATUS"], event["TRANSP"], event["CLASS"]) == ("CONFIRMED", "OPAQUE", "PRIVATE")
    assert event["ORGANIZER"] == "mailto:hello@clinic.test"
    assert event["ORGANIZER"].params["CN"] == "Skin ’Face’ Clinic, Leeds"
    assert by_vobject(content).description.value == "With Amira Khan\nChange it: https://a.test/1"
    assert by_ics(content).url == "https://a.test/1"
    assert event.errors == []


def test_a_moved_appointment_is_the_same_event_and_a_cancelled_one_is_marked():
    booked, moved = entry(), entry(sequence=1, begins=AT + timedelta(days=1), ends=AT + timedelta(days=1, hours=1))
    cancelled = writing.file([replace(moved, sequence=2, is_cancelled=True)], method="CANCEL", organiser=CLINIC)
    events = [by_icalendar(content) for content in (published(booked), published(moved), cancelled)]
    assert len({event["UID"] for event in events}) == 1
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2]
    assert icalendar.Calendar.from_ical(cancelled)["METHOD"] == "CANCEL"
    assert (events[2]["STATUS"], events[2]["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    assert events[2]["SUMMARY"].startswith("Cancelled: ")
    assert by_ics(cancelled).status == "CANCELLED"
    assert by_vobject(cancelled).status.value == "CANCELLED"


def test_a_course_is_one_file_with_an_event_for_each_of_its_dates():
    ids = [UUID(int=number) for number in range(3)]
    content = published(*(entry(appointment_id=each) for each in ids))
    assert [str(event.uid.value) for event in vobject.readOne(content.decode()).vevent_list] == [
        f"{each}@needlework" for each in ids
    ]


def test_a_feed_has_a_name_a_pace_and_no_method():
    content = writing.feed([entry()], name="Amira; Khan, Leeds")
    assert content.count(rb"NAME:Amira\; Khan\, Leeds") == 2
    whole = icalendar.Calendar.from_ical(content)
    assert whole["REFRESH-INTERVAL"].to_ical() == b"PT15M"
    assert "METHOD" not in whole
    assert len(icalendar.Calendar.from_ical(writing.feed([], name="Nobody")).walk("VEVENT")) == 0


TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], include_characters="\n"), max_size=120)


@given(summary=TEXT, location=TEXT)
def test_whatever_is_written_is_escaped_folded_and_read_back(summary, location):
    content = published(entry(summary=summary, location=location))
    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert all(0 < len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    event = by_icalendar(content)
    assert (event["SUMMARY"], event["LOCATION"]) == (summary, location)
    assert by_vobject(content).summary.value == summary


@pytest.mark.parametrize(
    ("who", "is_named", "summary"),
    [
        (("Jo", "Ellison"), False, "J. E., Leeds"),
        (("Jo", "Ellison"), True, "Jo Ellison, Leeds"),
        (("", "Ellison"), False, "E., Leeds"),
        (("noor", ""), False, "N., Leeds"),
    ],
)
def test_a_practitioner_reads_initials_or_a_name_and_never_what_for(who, is_named, summary):
    plain = {"sequence": 0, "changed_at": AT, "begins": AT, "ends": AT, "is_cancelled": False}
    made = for_practitioner(Who(*who, "Leeds", "1 Road\nLS1"), is_named=is_named, appointment_id=UUID(int=1), **plain)
    assert (made.summary, made.location) == (summary, "Leeds, 1 Road, LS1")
    assert (made.description, made.url) == ("", "")
