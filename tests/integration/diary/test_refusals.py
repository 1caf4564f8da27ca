"""A time that is not offered says what is wrong with it, and what to do next; so does a day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from needlework.diary import limits
from needlework.diary.models import (
    ForWhom,
    OnlineBlock,
    Resource,
    State,
)
from needlework.diary.problems import TakenError
from needlework.diary.queries.availability import Asking, offers
from needlework.diary.slots.limits import Block, Window
from needlework.patients.models import Patient
from needlework.patients.operations import merge_patients
from tests.factories import diary
from tests.factories.diary import AT, MONDAY, DiaryClinic
from tests.integration.diary.times import (
    ONLINE,
    STAFF,
    TUESDAY,
    away,
    book,
    of_day,
    refusal,
    somebody_else,
    start,
    times,
    when,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> DiaryClinic:
    return diary.clinic_with_diary()


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
            "(09:00 to 12:30 and 13:00 to 17:00). Choose another time."
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


def test_a_patient_is_all_records_that_were_merged_into_theirs(made: DiaryClinic):
    twin = somebody_else(made)
    past = book(made, when(MONDAY - timedelta(7), "10:00"), patient=twin, service=made.consultation)
    type(past).objects.filter(pk=past.pk).update(state=State.ATTENDED)
    book(made, when(TUESDAY, "10:00"), patient=twin, practitioner=made.ben, room=None, device=None)
    made.treatment.consultation_first, made.treatment.for_whom = True, ForWhom.RETURNING
    made.treatment.save()
    merge_patients(kept=made.patient, merged=twin, by=made.lead, at=AT)
    for record in (made.patient, Patient.objects.get(pk=twin.pk)):
        asking = Asking(online=True, patient=record)
        assert start(made, when(TUESDAY, "14:00"), asking=asking)
        assert refusal(made, when(TUESDAY, "10:00"), asking=asking) == (
            "You have another appointment at this time. Choose another time."
        )
    OnlineBlock.objects.create(patient=twin, reason="Rang twice", recorded_at=AT, recorded_by=made.lead)
    said = "You cannot book online. Call the clinic."
    assert refusal(made, when(TUESDAY, "14:00"), asking=Asking(online=True, patient=made.patient)) == said
    assert [one.sentence for one in limits.limits_for(made.patient, made.treatment, AT)] == [said]


def test_limits_from_above_and_blocks_that_staff_put_bind_whom_they_are_for(made: DiaryClinic, monkeypatch):
    monkeypatch.setattr(limits, "_providers", [])
    asking, begins = Asking(online=True, patient=made.patient), when(TUESDAY, "10:00")
    block = OnlineBlock.objects.create(
        patient=made.patient, reason="Rang twice", until_day=TUESDAY, recorded_at=AT, recorded_by=made.lead
    )
    said = "You cannot book online until 24 November 2026. Call the clinic."
    assert refusal(made, begins, asking=asking) == said
    assert start(made, begins, asking=Asking(online=False, patient=made.patient))
    assert times(made, TUESDAY + timedelta(1), asking=asking)
    assert [one.sentence for one in limits.limits_for(made.patient, made.treatment, AT)] == [said]
    OnlineBlock.objects.filter(pk=block.pk).update(until_day=None)
    week = offers(made.treatment, first=TUESDAY, last=TUESDAY + timedelta(6), asking=asking, at=AT)
    assert week.sentence == "You cannot book online. Call the clinic."
    OnlineBlock.objects.update(ended_at=AT, ended_by=made.lead)

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
