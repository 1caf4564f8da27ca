"""A clinic on a Sunday morning, and somebody at its desk."""

from uuid import uuid4

import pytest

from needlework.accounts.models import Role
from needlework.diary import operations
from needlework.diary.models import (
    Appointment,
)
from tests.factories import accounts
from tests.factories import diary as made
from tests.integration.diary.staff.desk import AT, MONDAY, clock


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """It is the moment that the test says, Sunday morning at first."""
    moments = [AT]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments.append


@pytest.fixture
def clinic():
    return made.clinic_with_diary()


@pytest.fixture
def desk(clinic):
    return accounts.member(Role.FRONT_DESK, at=clinic.clinic, name="Beth Sayer")


@pytest.fixture
def book(clinic, desk):
    """Book a consultation with Amira on the Monday, or as said."""

    def booked(text: str, **changed: object) -> Appointment:
        common = {"service": clinic.consultation, "practitioner": clinic.amira, "patient": clinic.patient}
        return operations.book_appointment(
            appointment_id=uuid4(), begins=clock(text), by=desk, at=AT, **(common | changed)
        )

    return booked


@pytest.fixture
def coming(clinic, desk):
    """A consultation on the Monday at ten."""
    return operations.book_appointment(
        appointment_id=uuid4(),
        service=clinic.consultation,
        begins=clock("10:00", MONDAY),
        practitioner=clinic.amira,
        patient=clinic.patient,
        by=desk,
        at=AT,
    )
