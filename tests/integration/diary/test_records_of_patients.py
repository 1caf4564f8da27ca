"""A patient's record with all that the diary holds of them: copied, erased, merged."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from needlework.audit.record import SYSTEM
from needlework.diary import operations
from needlework.diary.models import (
    AppointmentSeries,
    CalendarFeed,
    Hold,
    Occupancy,
    OnlineBlock,
    Resource,
    Visitor,
    WaitingEntry,
    WaitingOffer,
)
from needlework.diary.people import VisitorDetails
from needlework.diary.problems import NotDoneError, StaleError
from needlework.diary.queries.appointments import appointments_of
from needlework.front import operations as front
from needlework.front.queries import subject_access
from needlework.patients import operations as of_patients
from needlework.patients.models import Patient
from needlework.web import guards
from tests.factories import diary, patients

AT = diary.AT
TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)
DAY = timedelta(days=1)
SAM = VisitorDetails("Sam", "Reyes", "sam@example.org")


@pytest.fixture
def there(db):
    return diary.clinic_with_diary()


def book(there, begins=TEN, **more):
    own = {"appointment_id": uuid4(), "service": there.treatment, "patient": there.patient, "by": there.lead, "at": AT}
    return operations.book_appointment(begins=begins, **own | more)


def fill(there):
    """Let a patient have one of everything that the diary holds."""
    came = book(there, patient=SAM)
    operations.match_visitor(visitor=came.visitor, patient=there.patient, by=there.lead, at=AT)
    series = AppointmentSeries.objects.create(
        clinic=there.clinic,
        patient=there.patient,
        service=there.treatment,
        sessions=2,
        least_days=7,
        most_days=14,
        wishes={},
        booked_at=AT,
        booked_by_kind="system",
    )
    book(there, TEN + DAY, series=series, number=1)
    held = operations.hold_slot(service=there.treatment, begins=TEN + 2 * DAY, patient=there.patient, by=SYSTEM, at=AT)
    entry = WaitingEntry.objects.create(
        clinic=there.clinic,
        service=there.treatment,
        patient=there.patient,
        instead_of=came,
        first_day=date(2026, 11, 24),
        last_day=date(2026, 11, 30),
        joined_at=AT,
        joined_by_kind="system",
    )
    WaitingOffer.objects.create(
        entry=entry, hold=held, begins=TEN, practitioner=there.amira, link_hash="1", until=AT, offered_at=AT
    )
    CalendarFeed.objects.create(patient=there.patient, token_hash="1", made_at=AT)
    operations.block_online(block_id=uuid4(), patient=there.patient, reason="Owes us", by=there.lead, at=AT)


def test_a_patient_who_was_in_the_diary_is_copied_and_erased(there):
    fill(there)
    kept = subject_access.records(there.patient)
    tables = {"appointment", "appointmentchange", "appointmentseries", "onlineblock", "calendarfeed", "hold"}
    assert tables | {"occupancy", "resource", "visitor", "waitingentry", "waitingoffer"} <= set(kept)
    assert [len(kept[one]) for one in ("appointment", "resource", "visitor")] == [2, 2, 1]
    front.erase_patient(patient=there.patient, by=SYSTEM, at=AT + timedelta(days=9 * 366))
    assert not Patient.objects.exists()
    for model in (Occupancy, Hold, AppointmentSeries, WaitingEntry, WaitingOffer, Visitor, OnlineBlock, CalendarFeed):
        assert not model.objects.exists()
    assert not Resource.objects.filter(kind__in=["patient", "visitor"]).exists()
    assert guards.missing(connection) == []


def test_two_records_of_one_person_are_never_in_two_places(there):
    again = patients.patient(there.clinic, given_names="Johanna")
    first = book(there, patient=again, practitioner=there.ben, service=there.consultation)
    of_patients.merge_patients(kept=there.patient, merged=again, by=there.lead, at=AT)
    with pytest.raises(NotDoneError, match="This patient has another appointment"):
        book(there, practitioner=there.amira)
    again.refresh_from_db()
    later = book(there, TEN + DAY, patient=again)
    assert later.patient == there.patient
    assert list(appointments_of(again)) == [first, later]


def test_a_visitor_is_matched_with_one_patient_only_and_never_into_two_places(there):
    booked = book(there, patient=SAM, service=there.consultation, practitioner=there.ben)
    with pytest.raises(NotDoneError, match="same person"):
        clash = patients.patient(there.clinic, given_names="Kit")
        book(there, patient=clash, practitioner=there.amira)
        operations.match_visitor(visitor=booked.visitor, patient=clash, by=there.lead, at=AT)
    for _ in range(2):
        matched = operations.match_visitor(visitor=booked.visitor, patient=there.patient, by=there.lead, at=AT)
    assert [change.kind for change in booked.changes.order_by("recorded_at", "kind")] == ["booked", "matched"]
    with pytest.raises(StaleError):
        operations.match_visitor(visitor=matched, patient=clash, by=there.lead, at=AT)
    known = book(there, TEN + DAY, patient=VisitorDetails("SAM ", "Reyes", "Sam@example.org", "+447700900123"))
    assert (known.patient, known.visitor) == (there.patient, matched)
    assert Visitor.objects.get().details["phone"] == "+447700900123"


def test_a_hold_that_has_ended_is_in_nobodys_way_when_a_visitor_is_matched(there):
    booked = book(there, patient=SAM, service=there.consultation, practitioner=there.ben)
    kept = {"service": there.consultation, "begins": booked.begins, "practitioner": there.amira}
    operations.hold_slot(**kept, patient=there.patient, minutes=5, by=there.lead, at=AT)
    later = AT + timedelta(minutes=10)
    operations.match_visitor(visitor=booked.visitor, patient=there.patient, by=there.lead, at=later)
    booked.refresh_from_db()
    assert booked.patient == there.patient
    assert not Hold.objects.exists()
