"""Holding, confirming, booking, moving and cancelling."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from needlework.audit.record import SYSTEM
from needlework.diary import operations
from needlework.diary.models import Hold, Occupancy
from needlework.diary.people import VisitorDetails
from needlework.diary.problems import NotOfferedError, StaleError
from tests.factories import diary

AT = diary.AT
TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
SAM = VisitorDetails("Sam", "Reyes", "sam@example.org")


@pytest.fixture
def there(db):
    return diary.clinic_with_diary()


def hold(there, begins=TEN, *, by=SYSTEM, at=AT, **more):
    return operations.hold_slot(service=there.treatment, begins=begins, by=by, at=at, **more)


def book(there, begins=TEN, **more):
    own = {"appointment_id": uuid4(), "service": there.treatment, "patient": there.patient, "by": there.lead, "at": AT}
    return operations.book_appointment(begins=begins, **own | more)


def test_a_visitor_holds_a_slot_and_confirms_it_once(there):
    held = hold(there, practitioner=there.amira)
    with pytest.raises(NotOfferedError):
        book(there, TEN + HOUR / 2, practitioner=there.amira)
    first = operations.confirm_hold(hold_id=held.pk, visitor=SAM, by=SYSTEM, at=AT)
    again = operations.confirm_hold(hold_id=held.pk, visitor=SAM, by=SYSTEM, at=AT)
    assert (first, first.pk, first.visitor.name) == (again, held.pk, "Sam Reyes")
    assert not Hold.objects.exists()
    assert Occupancy.objects.filter(appointment=first).count() == 4


def test_an_appointment_is_moved_and_cancelled(there):
    made = book(there, practitioner=there.amira)
    moved = operations.move_appointment(appointment=made, begins=TEN + HOUR / 2, sequence=0, by=there.lead, at=AT)
    assert (moved.begins, moved.practitioner, moved.sequence) == (TEN + HOUR / 2, there.amira, 1)
    with pytest.raises(StaleError):
        operations.cancel_appointment(appointment=made, sequence=0, by=there.lead, at=AT)
    operations.cancel_appointment(appointment=made, sequence=1, by=there.lead, at=AT)
    assert not Occupancy.objects.exists()
    assert [change.kind for change in made.changes.order_by("recorded_at", "to_begins")]


def test_a_visitor_is_matched_with_a_patient(there):
    held = hold(there, practitioner=there.amira)
    booked = operations.confirm_hold(hold_id=held.pk, visitor=SAM, by=SYSTEM, at=AT)
    operations.match_visitor(visitor=booked.visitor, patient=there.patient, by=there.lead, at=AT)
    booked.refresh_from_db()
    assert booked.patient == there.patient
    arrived = operations.mark_arrived(appointment=booked, sequence=1, by=there.lead, at=TEN)
    assert operations.put_back(appointment=arrived, sequence=2, by=there.lead, at=TEN).state == "booked"
