"""What a day, a week and the printed day show of a clinic's diary."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from needlework.accounts.models import Role
from needlework.diary import operations
from needlework.diary.models import (
    Absence,
    ChangedDay,
    Closure,
    DiaryRules,
)
from needlework.diary.queries import sheets
from needlework.diary.queries.sheets import Asked
from needlework.diary.queries.today import today
from needlework.front.queries.day import day as front_day
from tests.factories import accounts, patients
from tests.factories import diary as made
from tests.integration.diary.staff.desk import AT, LONDON, MONDAY, NEW, clock, text_of

pytestmark = pytest.mark.django_db


def day_of(user, *, at=AT, **asked):
    """The page of the Monday as somebody sees it."""
    return sheets.day_page(sheets.here(user, None, at), Asked(**({"day": MONDAY} | asked)))


def cells(page, key):
    """From when until when each cell of a column lies, with its kind and name."""
    number = next(head.number for head in page.sheet.heads if head.key == str(key))
    found = [cell for row in page.sheet.rows for cell in row.cells if cell.column == number]
    return [(cell.kind, cell.since or cell.what.time, cell.name if cell.kind != "free" else "") for cell in found]


def test_a_day_shows_hours_breaks_appointments_and_who_is_away(clinic, desk, book):
    book("10:00")
    book("10:15", overbooking_reason="She is in pain", patient=patients.patient(given_names="Sam"))
    Absence.objects.create(
        resource=clinic.ben, begins=clock("14:00"), ends=clock("18:00"), reason="Training", recorded_at=AT
    )
    page = day_of(desk)
    assert [head.name for head in page.sheet.heads] == ["Amira Khan", "Ben Okafor"]
    assert [head.lanes for head in page.sheet.heads] == [2, 1]
    assert cells(page, clinic.amira.pk) == [
        ("free", "09:00", ""),
        ("appointment", "10:00", ""),
        ("gap", "10:00", ""),
        ("appointment", "10:15", ""),
        ("gap", "10:30", ""),
        ("free", "10:45", ""),
        ("break", "12:30", "Break"),
        ("free", "13:00", ""),
    ]
    assert cells(page, clinic.ben.pk) == [
        ("free", "09:00", ""),
        ("break", "12:30", "Break"),
        ("free", "13:00", ""),
        ("away", "14:00", "Training"),
    ]
    assert page.free == ("09:00", "Amira Khan")


def test_a_room_shows_its_cleaning_and_who_works_in_it(clinic, desk, book):
    book("10:00", service=clinic.treatment)
    book("14:00", patient=patients.patient(given_names="Sam"))
    page = day_of(desk, by_room=True)
    assert cells(page, clinic.room.pk) == [
        ("free", "09:00", ""),
        ("appointment", "10:00", ""),
        ("tail", "11:00", ""),
        ("free", "11:10", ""),
    ]
    assert [head.name for head in page.sheet.heads] == ["Room 1", "No room"]
    answer = accounts.signed_in_client(desk).get(f"/diary/?day={MONDAY}&by=room")
    assert "cleaning" in text_of(answer)


def test_a_held_time_says_until_when(clinic, desk):
    hold = operations.hold_slot(
        service=clinic.consultation, begins=clock("10:00"), practitioner=clinic.amira, browser_key="b", by=desk, at=AT
    )
    page = day_of(desk)
    assert ("hold", "10:00", "") in cells(page, clinic.amira.pk)
    assert [one.what.words for row in page.sheet.rows for one in row.cells if one.kind == "hold"] == [
        f"being booked until {hold.until.astimezone(LONDON):%H:%M}"
    ]
    assert not [one for one in cells(day_of(desk, at=hold.until), clinic.amira.pk) if one[0] == "hold"]


def test_closures_and_bank_holidays_are_named_and_what_is_booked_stays_in_sight(clinic, desk, book):
    book("10:00")
    Closure.objects.create(clinic=clinic.clinic, first_day=MONDAY, last_day=MONDAY, reason="Painting", recorded_at=AT)
    page = day_of(desk)
    assert page.closed == "Painting"
    assert ("closed", "10:30", "Painting") in cells(page, clinic.amira.pk)
    christmas = day_of(desk, day=date(2026, 12, 25))
    assert (christmas.closed, christmas.sheet, christmas.lists) == ("Christmas Day", None, [])
    client = accounts.signed_in_client(desk)
    assert "The clinic is closed on this day" in text_of(client.get("/diary/?day=2026-12-25"))
    assert "Nobody works on this day" in text_of(client.get("/diary/?day=2026-11-28"))


def test_a_day_that_differs_from_the_week_shows_its_own_hours(clinic, desk):
    ChangedDay.objects.create(
        resource=clinic.amira, clinic=clinic.clinic, day=MONDAY, opens=time(12), closes=time(14), recorded_at=AT
    )
    ChangedDay.objects.create(resource=clinic.ben, clinic=clinic.clinic, day=MONDAY, recorded_at=AT)
    page = day_of(desk)
    assert [head.name for head in page.sheet.heads] == ["Amira Khan"]
    assert cells(page, clinic.amira.pk) == [("free", "12:00", "")]


@pytest.mark.parametrize(
    ("day", "labels"),
    [
        (date(2026, 10, 25), ["00:00", "01:00", "01:00 again", "02:00"]),
        (date(2027, 3, 28), ["00:00", "02:00", "03:00"]),
    ],
)
def test_a_day_on_which_the_clocks_change_has_its_hours_right(clinic, desk, day, labels):
    DiaryRules.objects.create(clinic=clinic.clinic, grid_minutes=60)
    made.week(clinic.amira, clinic.clinic, days=[6], opens=time(0), closes=time(5), break_starts=None, break_ends=None)
    page = day_of(desk, day=day)
    assert [row.label for row in page.sheet.rows if row.label][: len(labels)] == labels
    assert page.change is not None
    client = accounts.signed_in_client(desk)
    assert "The clocks change today" in text_of(client.get(f"/diary/?day={day}"))
    assert "The clocks change this week" in text_of(client.get(f"/diary/week/?day={day}"))


def test_hours_at_another_clinic_only_say_that_there_are_some(clinic, desk):
    marton = made.clinic_with_diary("Marton", suffix=" of Marton")
    made.week(clinic.amira, marton.clinic, opens=time(17), closes=time(20), break_starts=None, break_ends=None)
    marton.consultation.performers.add(clinic.amira)
    operations.book_appointment(
        appointment_id=uuid4(),
        service=marton.consultation,
        begins=clock("17:00"),
        practitioner=clinic.amira,
        patient=patients.patient(marton.clinic, family_name="Secret"),
        by=marton.lead,
        at=AT,
    )
    assert ("elsewhere", "17:00", "") in cells(day_of(desk), clinic.amira.pk)
    answer = accounts.signed_in_client(desk).get(f"/diary/?day={MONDAY}")
    assert "at another clinic" in text_of(answer)
    assert "Secret" not in text_of(answer)
    with pytest.raises(Http404):
        sheets.here(desk, marton.clinic.pk, AT)


def test_a_week_shows_seven_days_of_one_person_or_room(clinic, desk, book):
    book("10:00", service=clinic.treatment)
    here = sheets.here(desk, None, AT)
    week = sheets.week_page(here, Asked(day=MONDAY + timedelta(days=3)))
    assert (week.name, week.monday) == ("Amira Khan", MONDAY)
    assert [head.items for head in week.sheet.heads] == [1, 0, 0, 0, 0, 0, 0]
    room = sheets.week_page(here, Asked(day=MONDAY, by_room=True))
    assert (room.name, next(head.items for head in room.sheet.heads)) == ("Room 1", 1)
    with pytest.raises(Http404):
        sheets.week_page(here, Asked(resource=clinic.pen.pk))
    assert sheets.week_page(here, Asked(day=date(2020, 1, 6))).sheet is None


def test_names_are_initials_where_they_are_hidden(desk, book):
    book("10:00")
    client = accounts.signed_in_client(desk)
    for page in ("/diary/", "/diary/print/", "/diary/week/"):
        assert "Jo Ellison" in text_of(client.get(f"{page}?day={MONDAY}"))
        hidden = text_of(client.get(f"{page}?day={MONDAY}&private=1"))
        assert "J. E." in hidden
        assert "Ellison" not in hidden


@pytest.mark.parametrize(
    "query", ["day=banana", "day=0001-01-01", "day=9999-12-31", "service=x", "resource=zero", "clinic=x", "by=y"]
)
def test_an_address_that_makes_no_sense_asks_for_nothing(clinic, desk, query):
    client = accounts.signed_in_client(desk)
    for page in ("/diary/", "/diary/week/", "/diary/print/", "/diary/new/"):
        assert client.get(f"{page}?{query}").status_code == 200


def test_the_free_starts_of_a_service_lead_to_booking(clinic, desk):
    client = accounts.signed_in_client(desk)
    page = text_of(client.get(f"/diary/?day={MONDAY}&service={clinic.treatment.pk}"))
    assert f"clock=09:00&practitioner={clinic.amira.pk}" in page
    gone = text_of(client.get(f"/diary/?day=2020-01-06&service={clinic.treatment.pk}"))
    assert "This day has passed. Choose a later one." in gone


def test_the_day_of_the_clinic_names_who_comes_and_who_is_not_a_patient_yet(clinic, desk, book):
    book("10:00")
    book("11:00", patient=NEW)
    found = today(desk, at=clock("09:30"))
    assert [(one.time, one.name) for one in found.due] == [("10:00", "Jo Ellison"), ("11:00", "Mo Idris")]
    assert (found.coming.name, [one.name for one in found.unmatched]) == ("Jo Ellison", ["Mo Idris"])
    assert [one.time for one in today(desk, at=clock("10:45")).at_hand] == ["11:00"]
    assert today(desk, at=clock("12:00")).coming is None
    words = [notice.heading for notice in front_day(desk, at=clock("09:30")).soon]
    assert words == ["1 person who booked is not a patient yet, the next one Mo Idris."]
    auditor = accounts.member(Role.AUDITOR, at=clinic.clinic, name="Ravi Menon")
    assert front_day(auditor, at=AT).diary is None
