"""What the database itself refuses in the diary, one by one, whoever writes."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from needlework.diary.models import Appointment, AppointmentChange, Hold, Occupancy, Resource, State
from needlework.web import guards
from tests.factories import diary, patients

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def there(db):
    there = diary.clinic_with_diary()
    Resource.objects.create(kind="patient", patient=there.patient)
    return there


def somebody(there, name="Kit"):
    patient = patients.patient(there.clinic, given_names=name)
    Resource.objects.create(kind="patient", patient=patient)
    return patient


def appointment(there, begins=NINE, minutes=60, **columns):
    own = {"practitioner": there.amira, "room": there.room, "device": there.pen, "patient": there.patient} | columns
    return Appointment.objects.create(
        clinic=there.clinic,
        service=there.treatment,
        begins=begins,
        ends=begins + timedelta(minutes=minutes),
        link_hash=uuid4().hex,
        booked_at=diary.AT,
        booked_by_kind="system",
        **own,
    )


def busy(**of):
    """Return what is occupied: resource, from and until as clock times."""
    rows = Occupancy.objects.filter(**of).order_by("resource")
    return [(row.resource_id, f"{row.begins:%H:%M}", f"{row.ends:%H:%M}", row.exclusive) for row in rows]


def refused(message="diary: this time is taken"):
    return pytest.raises(IntegrityError, match=message)


def test_an_appointment_occupies_everything_it_needs_with_its_cleaning(there):
    made = appointment(there)
    of = (there.amira.pk, there.room.pk, there.pen.pk, there.patient.resource.pk)
    ends = dict.fromkeys(of, "10:00") | {there.room.pk: "10:10"}
    assert busy(appointment=made) == [(one, "09:00", ends[one], True) for one in sorted(of)]
    made.begins, made.ends = NINE + HOUR, NINE + 2 * HOUR
    made.save()
    assert busy(appointment=made)[0][1:3] == ("10:00", "11:00")
    made.state = State.CANCELLED
    made.save()
    assert busy() == []
