"""What is offered is bookable and nothing else is: who is free, where, and for how long."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from needlework.diary.models import (
    Appointment,
    ChangedDay,
    Closure,
    DiaryRules,
    Occupancy,
    Resource,
    ResourceKind,
    State,
    Visitor,
)
from needlework.diary.problems import NotOfferedError
from needlework.diary.queries.availability import Asking, offers
from tests.factories import diary
from tests.factories.diary import AT, MONDAY, DiaryClinic
from tests.integration.diary.times import TUESDAY, away, book, hold, of_day, refusal, somebody_else, start, times, when

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> DiaryClinic:
    return diary.clinic_with_diary()


def test_a_day_is_read_in_five_statements_that_stay_the_same_however_much_has_happened(made: DiaryClinic):
    asking = Asking(online=True, patient=made.patient)

    def read(days: int) -> list[str]:
        with CaptureQueriesContext(connection) as seen:
            offers(made.treatment, first=TUESDAY, last=TUESDAY + timedelta(days), asking=asking, at=AT)
        return [query["sql"] for query in seen]

    Resource.objects.create(kind=ResourceKind.PATIENT, patient=made.patient)
    empty = read(0)
    for number in range(40):
        book(made, when(MONDAY - timedelta(3 + number), "10:00"), state=State.ATTENDED)
    assert len(empty) == 5 and read(0) == empty and len(read(90)) == 5


def test_every_five_minutes_of_a_day_can_be_booked_exactly_where_they_are_offered(made: DiaryClinic):
    book(made, when(TUESDAY, "10:00"))
    book(made, when(TUESDAY, "14:30"), practitioner=made.ben, patient=somebody_else(made))
    away(made.ben, when(TUESDAY, "09:00"), when(TUESDAY, "10:20"))
    spare = diary.resource_of(made.clinic, "Room 2", clean_down_minutes=20)
    diary.resource_of(made.clinic, "Pen 2", sort="pen")
    away(spare, when(TUESDAY, "13:00"), when(TUESDAY, "14:00"))
    asking, bookable = Asking(online=True, patient=made.patient), []
    for number in range(8 * 12, 18 * 12):
        begins = when(TUESDAY, "00:00") + number * timedelta(minutes=5)
        try:
            bookable.append(start(made, begins, asking=asking))
        except NotOfferedError:
            continue
    assert bookable == of_day(made, TUESDAY, asking=asking).days[0].starts
    assert 10 < len(bookable) < 24


def test_cleaning_comes_after_each_appointment_and_not_within_anybodys_hours(made: DiaryClinic):
    book(made, when(TUESDAY, "10:00"))
    free = times(made)
    assert "11:00" not in free and "11:15" in free  # ten minutes for the room
    assert "08:45" not in free and "09:00" not in free  # the room would not be clean by ten
    assert free[-1] == "16:00"


def test_work_is_shared_fairly_and_rooms_are_packed(made: DiaryClinic):
    spare = diary.resource_of(made.clinic, "Room 2", clean_down_minutes=10)
    diary.resource_of(made.clinic, "Pen 2", sort="pen")
    assert start(made, when(TUESDAY, "14:00")).practitioner == made.amira.pk
    book(made, when(TUESDAY, "10:00"), room=spare)
    found = start(made, when(TUESDAY, "14:00"))
    assert found.practitioner == made.ben.pk, "who is less busy that day"
    assert found.room == spare.pk, "the room with the smaller gap"
    assert start(made, when(TUESDAY, "14:00"), practitioner=made.amira).practitioner == made.amira.pk


def test_nobody_is_in_two_places(made: DiaryClinic):
    other = diary.clinic_with_diary("Marton", suffix=" of Marton")
    elsewhere = {"clinic": other.clinic, "service": other.consultation, "room": None, "device": None}
    key, begins = uuid4(), when(TUESDAY, "10:00")
    Resource.objects.create(kind=ResourceKind.PATIENT, patient=made.patient)
    Appointment.objects.create(
        id=key, patient=made.patient, practitioner=other.amira, begins=begins, ends=begins + timedelta(hours=1),
        link_hash=key.hex, booked_at=AT, booked_by_kind="system", **elsewhere,
    )  # fmt: skip
    themselves = Asking(online=True, patient=made.patient)
    assert refusal(made, begins, asking=themselves) == "You have another appointment at this time. Choose another time."
    assert "This patient has another" in refusal(made, begins, asking=Asking(online=False, patient=made.patient))
    assert start(made, begins)


def test_a_visitor_who_turned_out_to_be_a_patient_is_one_person(made: DiaryClinic):
    visitor = Visitor.objects.create(clinic=made.clinic, person_key="k", details={}, recorded_at=AT)
    Resource.objects.create(kind=ResourceKind.VISITOR, visitor=visitor)
    book(made, when(TUESDAY, "10:00"), practitioner=made.ben, room=None, device=None, service=made.consultation)
    Appointment.objects.update(patient=None, visitor=visitor)
    assert "another appointment" in refusal(made, when(TUESDAY, "10:00"), asking=Asking(online=True, visitor=visitor))
    Visitor.objects.update(patient=made.patient, matched_at=AT, matched_by=made.lead)
    asking = Asking(online=True, patient=made.patient)
    assert "another appointment" in refusal(made, when(TUESDAY, "10:00"), asking=asking)


def test_holds_keep_a_time_until_they_end_but_not_from_whom_they_are_for(made: DiaryClinic):
    begins, minute = when(TUESDAY, "10:00"), timedelta(minutes=1)
    kept = hold(made, begins, until=AT + 10 * minute)
    assert refusal(made, begins) == "No treatment room is free at this time. Choose another time."
    assert start(made, begins, asking=Asking(online=True, hold=kept))
    assert start(made, begins, at=AT + 10 * minute)
    late = {"asking": Asking(online=True, hold=kept), "at": AT + 10 * minute}
    assert start(made, begins, **late), "an own hold that has ended counts once"


def test_an_appointment_that_moves_makes_room_for_itself_and_keeps_its_length(made: DiaryClinic):
    moving, other = book(made, when(TUESDAY, "10:00"), minutes=90), book(made, when(TUESDAY, "13:00"))
    asking = Asking(online=True, patient=made.patient, instead_of=moving)
    found = start(made, when(TUESDAY, "09:30"), asking=asking)
    assert found.ends - found.begins == timedelta(minutes=90)
    assert "11:30" not in times(made, asking=asking) and "13:00" not in times(made, asking=asking)
    both = Asking(online=True, patient=made.patient, instead_of=moving, along=(other,))
    assert "13:00" in times(made, asking=both)
    assert Occupancy.objects.count() == 8, "reading frees nothing"


def test_days_that_differ_closures_and_bank_holidays_change_the_hours(made: DiaryClinic):
    recorded = {"clinic": made.clinic, "recorded_at": AT}
    christmas, new_year = date(2026, 12, 25), date(2027, 1, 1)
    ChangedDay.objects.create(resource=made.amira, day=TUESDAY, opens=time(18), closes=time(20), **recorded)
    ChangedDay.objects.create(resource=made.ben, day=TUESDAY, **recorded)
    assert times(made) == ["18:00", "18:15", "18:30", "18:45", "19:00"]
    Closure.objects.create(first_day=MONDAY, last_day=MONDAY, reason="training", **recorded)
    ChangedDay.objects.create(resource=made.ben, day=MONDAY, opens=time(18), closes=time(20), **recorded)
    closed = of_day(made, MONDAY)
    assert closed.sentence == "The clinic is closed on Monday 23 November 2026 for training. Choose another day."
    Closure.objects.update(reason="")
    assert of_day(made, MONDAY).sentence == "The clinic is closed on Monday 23 November 2026. Choose another day."
    assert not times(made, christmas)
    Closure.objects.create(first_day=christmas, last_day=christmas, is_open=True, **recorded)
    assert times(made, christmas) and not times(made, new_year)
    DiaryRules.objects.create(clinic=made.clinic, open_on_bank_holidays=True, grid_minutes=60)
    assert times(made, new_year) == ["09:00", "10:00", "11:00", "13:00", "14:00", "15:00", "16:00"]
