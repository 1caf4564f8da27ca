"""A clinic that can be reached, somebody at its desk, and channels that answer."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from needlework.diary import operations
from needlework.diary.models import Appointment
from needlework.messages import sending
from needlework.work import kinds as work
from tests.factories import diary
from tests.factories.diary import AT, DiaryClinic
from tests.scripted import Provider

TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_recurs(monkeypatch):
    """Let many hours pass without the work that comes round by itself."""
    monkeypatch.setattr(work, "KINDS", {name: kind for name, kind in work.KINDS.items() if not kind.every})


@pytest.fixture
def email() -> Provider:
    return Provider("email", honours_keys=False)


@pytest.fixture
def sms() -> Provider:
    return Provider("sms", honours_keys=True)


@pytest.fixture(autouse=True)
def ways(monkeypatch, email, sms):
    monkeypatch.setattr(sending, "configured", lambda: {"email": email, "sms": sms})


@pytest.fixture
def there(db) -> DiaryClinic:
    made = diary.clinic_with_diary()
    made.clinic.address, made.clinic.phone = "12 Linthorpe Road\nMiddlesbrough", "+441642960123"
    made.clinic.email = "hello@linthorpe.test"
    made.clinic.save()
    made.patient.email, made.patient.phone = "jo@example.test", "+447700900456"
    made.patient.save()
    made.treatment.deposit_pence = 3000
    made.treatment.save()
    return made


@dataclass
class Desk:
    """The lead of a clinic who books, moves and cancels with Amira."""

    there: DiaryClinic

    def book(self, begins: datetime = TEN, *, at: datetime = AT, **more) -> Appointment:
        own = {"appointment_id": uuid4(), "service": self.there.treatment, "patient": self.there.patient}
        by = {"practitioner": self.there.amira, "by": self.there.lead, "at": at}
        return operations.book_appointment(begins=begins, **own | by | more)

    def move(self, appointment: Appointment, begins: datetime, *, at: datetime = AT) -> Appointment:
        appointment.refresh_from_db()
        own = {"appointment": appointment, "sequence": appointment.sequence}
        return operations.move_appointment(begins=begins, **own, by=self.there.lead, at=at)

    def cancel(self, appointment: Appointment, *, at: datetime = AT) -> Appointment:
        appointment.refresh_from_db()
        own = {"appointment": appointment, "sequence": appointment.sequence}
        return operations.cancel_appointment(**own, by=self.there.lead, at=at)


@pytest.fixture
def desk(there) -> Desk:
    return Desk(there)
