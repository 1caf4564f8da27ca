"""Appointments, holds and absences put straight into the tables, and what is offered then."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from needlework.diary.models import Absence, Appointment, Hold, Resource, ResourceKind
from needlework.diary.problems import NotOfferedError
from needlework.diary.queries.availability import Asking, Offers, offers, start_at
from needlework.diary.slots.offering import Start
from tests.factories import patients
from tests.factories.diary import AT, MONDAY, DiaryClinic

LONDON = ZoneInfo("Europe/London")
TUESDAY = MONDAY + timedelta(1)
ONLINE, STAFF = Asking(online=True), Asking(online=False)


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
