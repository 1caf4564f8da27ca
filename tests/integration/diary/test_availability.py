"""What is offered is bookable and nothing else is; each refusal says what is wrong with this very time."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from needlework.diary import limits
from needlework.diary.models import (
    Absence,
    Appointment,
    BookingBlock,
    ChangedDay,
    Closure,
    DiaryRules,
    ForWhom,
    Hold,
    Occupancy,
    Resource,
    ResourceKind,
    State,
    Visitor,
)
from needlework.diary.problems import NotOfferedError, TakenError
from needlework.diary.queries.availability import Asking, Offers, offers, start_at
from needlework.diary.slots.limits import Block, Window
from needlework.diary.slots.offering import Start
from tests.factories import diary, patients
from tests.factories.diary import AT, MONDAY, DiaryClinic

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
TUESDAY = MONDAY + timedelta(1)
ONLINE, STAFF = Asking(online=True), Asking(online=False)


@pytest.fixture
def made() -> DiaryClinic:
    return diary.clinic_with_diary()


def when(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), LONDON)


def book(made: DiaryClinic, begins: datetime, *, minutes: int = 60, **columns) -> Appointment:
    """An appointment with Amira, or as said; the database notes what it occupies."""
    patient = columns.pop("patient", None) or made.patient
    Resource.objects.get_or_create(kind=ResourceKind.PATIENT, patient=patient)
    own = {"service": made.treatment, "practitioner": made.amira, "room": made.room, "device": made.pen} | columns
    ends, key = begins + timedelta(minutes=minutes), uuid4()
    return Appointment.objects.create(
        id=key, clinic=made.clinic, patient=patient, begins=begins.astimezone(UTC), ends=ends.astimezone(UTC),
        link_hash=key.hex, booked_at=AT, booked_by_kind="system", **own,
    )  # fmt: skip


def somebody_else(made: DiaryClinic):
    return patients.patient(made.clinic, given_names="Sam", date_of_birth=date(1990, 1, 1))


def hold(made: DiaryClinic, begins: datetime, *, until: datetime, **columns) -> Hold:
    own = {"service": made.treatment, "practitioner": made.amira, "room": made.room, "device": made.pen} | columns
    return Hold.objects.create(
        clinic=made.clinic, begins=begins.astimezone(UTC), ends=begins.astimezone(UTC) + timedelta(hours=1),
        until=until, held_at=AT, held_by_kind="visitor", **own,
    )  # fmt: skip


def times(made: DiaryClinic, day: date = TUESDAY, *, service=None, asking: Asking = ONLINE, **more) -> list[str]:
    """The clock times that a day offers."""
    return [there(start.begins) for start in of_day(made, day, service=service, asking=asking, **more).days[0].starts]


def there(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%H:%M}"


def of_day(made: DiaryClinic, day: date, *, service=None, asking: Asking = ONLINE, **more) -> Offers:
    return offers(service or made.treatment, first=day, last=day, asking=asking, **({"at": AT} | more))


def start(made: DiaryClinic, begins: datetime, *, service=None, asking: Asking = ONLINE, **more) -> Start:
    return start_at(service or made.treatment, begins, asking=asking, **({"at": AT} | more))


def refusal(made: DiaryClinic, begins: datetime, **more) -> str:
    with pytest.raises(NotOfferedError) as refused:
        start(made, begins, **more)
    return str(refused.value)


def away(resource: Resource, begins: datetime, ends: datetime) -> Absence:
    return Absence.objects.create(
        resource=resource, begins=begins.astimezone(UTC), ends=ends.astimezone(UTC), recorded_at=AT
    )


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


def test_a_time_that_cannot_be_booked_says_what_is_wrong_with_it(made: DiaryClinic):
    missing, twice = date(2027, 3, 28), when(date(2026, 10, 25), "01:30").replace(fold=1)
    in_october, christmas = datetime(2026, 10, 20, tzinfo=UTC), date(2026, 12, 25)
    book(made, when(TUESDAY, "10:00"))
    away(made.amira, when(TUESDAY, "13:00"), when(TUESDAY, "17:00"))
    sentences = {
        refusal(made, AT - timedelta(hours=1)): "This time has passed. Choose a later one.",
        refusal(made, when(TUESDAY, "10:07")): (
            "Appointments begin every 15 minutes, and none at 10:07. Choose 10:00 or 10:15."
        ),
        refusal(made, when(TUESDAY, "10:00") + timedelta(seconds=3)): (
            "Appointments begin every 15 minutes, and none at 10:00. Choose 10:00 or 10:15."
        ),
        refusal(made, when(MONDAY + timedelta(400), "10:00")): (
            "The diary can be booked until Friday 21 May 2027. Choose an earlier day."
        ),
        refusal(made, when(MONDAY + timedelta(400), "10:00"), asking=STAFF): (
            "The diary can be booked until Tuesday 23 November 2027. Choose an earlier day."
        ),
        refusal(made, when(missing, "01:30")): (
            "The clocks go forward on Sunday 28 March 2027, and there is no 01:30. Choose another time."
        ),
        refusal(made, twice, at=in_october): (
            "The clocks go back on Sunday 25 October 2026: 01:30 comes twice, and appointments begin at the first. "
            "Choose another time."
        ),
        refusal(made, AT + timedelta(hours=1)): (
            "Appointments are booked online at least 2 hours ahead. Choose a later time, or call the clinic."
        ),
        refusal(made, when(christmas, "10:00")): (
            "The clinic is closed on Friday 25 December 2026 for Christmas Day. Choose another day."
        ),
        refusal(made, when(MONDAY - timedelta(1), "18:00")): (
            "Nobody who offers Microneedling, face works on Sunday 22 November 2026. Choose another day."
        ),
        refusal(made, when(MONDAY, "20:00"), practitioner=made.ben): (
            "Microneedling, face takes 60 minutes, and 20:00 is outside the hours of Monday 23 November 2026 "
            "(09:00 to 12:30, 13:00 to 17:00). Choose another time."
        ),
        refusal(made, when(TUESDAY, "14:00"), practitioner=made.amira): (
            "Amira Khan is away at this time. Choose another time."
        ),
        refusal(made, when(TUESDAY, "10:30"), practitioner=made.amira): (
            "Amira Khan is taken at this time. Choose another time."
        ),
    }  # fmt: skip
    assert list(sentences) == list(sentences.values())
    with pytest.raises(TakenError):
        start(made, when(TUESDAY, "10:00"))
    assert start(made, AT + timedelta(days=1, minutes=0), asking=STAFF)


def test_what_stands_in_the_way_of_everybody_is_said_by_name(made: DiaryClinic):
    for who in (made.amira, made.ben):
        away(who, when(TUESDAY, "09:00"), when(TUESDAY, "12:00"))
    assert "Everybody who offers Microneedling, face is away at this time" in refusal(made, when(TUESDAY, "10:00"))
    wednesday = TUESDAY + timedelta(1)
    book(made, when(wednesday, "10:00"), room=None)
    assert refusal(made, when(wednesday, "10:00")) == "No pen is free at this time. Choose another time."
    book(made, when(wednesday, "10:00"), room=None, device=None, practitioner=made.ben, patient=somebody_else(made))
    nobody = "Nobody who offers Microneedling, face is free at this time. Choose another time."
    assert refusal(made, when(wednesday, "10:00")) == nobody
    away(made.ben, when(MONDAY, "09:00"), when(MONDAY, "12:00"))
    book(made, when(MONDAY, "10:00"), room=None, device=None)
    assert refusal(made, when(MONDAY, "10:00")) == nobody, "one is away, the other taken"


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


def test_only_who_may_book_a_service_online_is_offered_it(made: DiaryClinic):
    known = Asking(online=True, patient=made.patient)
    stranger = Asking(online=True, patient=somebody_else(made))
    begins = when(TUESDAY, "10:00")
    book(made, when(MONDAY - timedelta(7), "10:00"), state=State.ATTENDED)
    made.treatment.consultation_first = True
    assert "Book a consultation first." in refusal(made, begins, asking=known)
    assert "Book a consultation first." in refusal(made, begins)
    assert start(made, begins, asking=STAFF)
    attended = {"service": made.consultation, "room": None, "device": None, "state": State.ATTENDED}
    book(made, when(MONDAY - timedelta(14), "10:00"), **attended)
    assert start(made, begins, asking=known)
    made.treatment.consultation_first = False
    made.treatment.for_whom = ForWhom.NEW
    assert "is for new patients" in refusal(made, begins, asking=known)
    assert start(made, begins, asking=stranger) and start(made, begins)
    made.treatment.for_whom = ForWhom.RETURNING
    assert start(made, begins, asking=known) and start(made, begins, asking=Asking(online=True, known=True))
    assert "who have been here before" in refusal(made, begins, asking=stranger)
    made.treatment.online = False
    assert "cannot be booked online" in refusal(made, begins, asking=known)


def test_a_service_that_has_ended_and_a_practitioner_who_left_are_not_offered(made: DiaryClinic):
    begins = when(TUESDAY, "10:00")
    outsider = diary.practitioner("Cora Lane", at=made.clinic)
    assert "Cora Lane does not offer" in refusal(made, begins, practitioner=outsider)
    Resource.objects.filter(pk=made.ben.pk).update(ended_at=AT, ended_by=made.lead)
    assert "Ben Okafor does not offer" in refusal(made, begins, practitioner=made.ben)
    type(made.amira.user).objects.filter(pk=made.amira.user.pk).update(ended_at=AT, ended_by=made.lead)
    assert "Nobody offers Microneedling, face at present." in refusal(made, begins)
    assert of_day(made, TUESDAY).sentence == refusal(made, begins)
    made.treatment.ended_at = AT
    assert "is no longer offered" in refusal(made, begins)


def test_limits_from_above_and_blocks_that_staff_put_bind_whom_they_are_for(made: DiaryClinic, monkeypatch):
    monkeypatch.setattr(limits, "_providers", [])
    asking, begins = Asking(online=True, patient=made.patient), when(TUESDAY, "10:00")
    block = BookingBlock.objects.create(
        patient=made.patient, reason="Rang twice", until_day=TUESDAY, recorded_at=AT, recorded_by=made.lead
    )
    said = "You cannot book online until 24 November 2026. Call the clinic."
    assert refusal(made, begins, asking=asking) == said
    assert start(made, begins, asking=Asking(online=False, patient=made.patient))
    assert times(made, TUESDAY + timedelta(1), asking=asking)
    assert [one.sentence for one in limits.limits_for(made.patient, made.treatment, AT)] == [said]
    BookingBlock.objects.filter(pk=block.pk).update(until_day=None)
    week = offers(made.treatment, first=TUESDAY, last=TUESDAY + timedelta(6), asking=asking, at=AT)
    assert week.sentence == "You cannot book online. Call the clinic."
    BookingBlock.objects.update(ended_at=AT, ended_by=made.lead)

    def above(patient, service, at):
        yield Block(TUESDAY, TUESDAY, "Wait until your skin has calmed.")
        yield Window(TUESDAY, TUESDAY + timedelta(2), "Between Tuesday and Thursday.")

    limits.register(above)
    limits.register(above)
    assert len(limits.limits_for(made.patient, made.treatment, AT)) == 3
    patient = Asking(online=False, patient=made.patient)
    assert refusal(made, begins, asking=patient) == "Wait until your skin has calmed."
    assert refusal(made, when(MONDAY, "10:00"), asking=patient) == "Between Tuesday and Thursday."
    assert times(made, TUESDAY + timedelta(1), asking=patient)
    own = Asking(online=True, window=Window(None, MONDAY, "Only on Monday."), blocks=(Block(MONDAY, None, "Never."),))
    assert refusal(made, begins, asking=own) == "Never."
    assert refusal(made, when(MONDAY, "10:00"), asking=own) == "Never."


def test_days_without_anything_say_why(made: DiaryClinic):
    week = offers(made.treatment, first=MONDAY - timedelta(2), last=MONDAY + timedelta(5), asking=ONLINE, at=AT)
    assert [day.count for day in week.days] == [0, 0, 24, 24, 24, 24, 24, 0]
    assert week.sentence == "" and week.days[2].sentence == ""
    assert week.days[0].sentence == "This day has passed. Choose a later one."
    assert week.names[made.room.pk] == "Room 1" and week.names[made.amira.pk] == "Amira Khan"
    away(made.room, when(MONDAY, "00:00"), when(MONDAY + timedelta(7), "00:00"))
    full = offers(made.treatment, first=MONDAY, last=MONDAY + timedelta(6), asking=ONLINE, at=AT)
    assert full.days[0].sentence == "Nothing is free on Monday 23 November 2026. Choose another day."
    assert full.sentence == "Nothing is free on these days. Choose other days."
    later = offers(made.treatment, first=MONDAY + timedelta(5), last=MONDAY + timedelta(200), asking=ONLINE, at=AT)
    assert later.sentence == ""
