"""A clinic whose treatments cost something, and appointments there."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from needlework.diary import operations
from needlework.diary.models import Appointment, AppointmentSeries
from needlework.diary.operations.series import book_series
from needlework.diary.queries.proposals import Wishes
from tests.factories import diary

AT = diary.AT
TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.fixture
def there(db):
    """A clinic with a diary, a deposit on its treatment, and a price for a course of three."""
    there = diary.clinic_with_diary()
    there.treatment.deposit_pence = 5000
    there.treatment.course_price_pence, there.treatment.course_sessions = 45000, 3
    there.treatment.save()
    return there


@pytest.fixture
def appointment(there) -> Appointment:
    """One treatment, for which a deposit was asked."""
    booked(there)
    Appointment.objects.update(deposit_pence=5000)
    return Appointment.objects.select_related("clinic", "service", "patient").get()


@pytest.fixture
def course(there) -> AppointmentSeries:
    """A course of three, sold as a whole."""
    return course_of_three(there)


def course_of_three(there) -> AppointmentSeries:
    wishes = Wishes(service=there.treatment, sessions=3, least_days=28, most_days=42, first_day=date(2026, 11, 24))
    chosen = [(TEN + timedelta(days=1 + 28 * number), there.amira) for number in range(3)]
    return book_series(series_id=uuid4(), wishes=wishes, chosen=chosen, patient=there.patient, by=there.lead, at=AT)


def booked(there, begins=TEN, **changed):
    own = {"service": there.treatment, "practitioner": there.amira, "patient": there.patient, "by": there.lead}
    return operations.book_appointment(appointment_id=uuid4(), begins=begins, **own | {"at": AT} | changed)
