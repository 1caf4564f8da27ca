"""What the matrix knows of the diary's settings: working time, services, rooms and devices."""

from datetime import time, timedelta
from typing import Any
from uuid import uuid4

from needlework.accounts.models import Role
from needlework.diary.hours import Hours
from needlework.diary.models import ResourceKind
from needlework.diary.operations import absences, closures, resources, services, working
from needlework.diary.terms import Terms
from tests.integration.authorisation.rules import Row, roles

FORM = ("GET", "POST")
SHOWN_OR_SENT = (200, 302, 422)
LED = roles(Role.LEAD)

ROWS: dict[str, Row] = {
    "diary-settings": Row(LED, answers=(200, 302)),
    "diary-clinic-settings": Row(LED),
    "diary-person": Row(LED),
} | dict.fromkeys(
    (
        "diary-rules",
        "diary-service-add",
        "diary-service-change",
        "diary-service-end",
        "diary-resource-add",
        "diary-resource-change",
        "diary-resource-end",
        "diary-resource-absence",
        "diary-week",
        "diary-changed-day",
        "diary-person-absence",
        "diary-changed-day-withdraw",
        "diary-absence-withdraw",
        "diary-closure",
        "diary-bank-holiday-open",
        "diary-closure-withdraw",
    ),
    Row(LED, FORM, SHOWN_OR_SENT),
)


def made(thing: Any) -> dict[str, Any]:
    """Make hours, a changed day, an absence, a closure, a service, a room and a device of the practitioner's clinic."""
    common = {"by": thing.lead, "at": thing.at}
    person, clinic, today = thing.practitioner, thing.clinic, thing.at.date()
    day = today + timedelta(days=40)
    week = dict.fromkeys(range(5), Hours(time(9), time(17)))
    resource = working.set_week(person=person, clinic=clinic, from_day=today, week=week, **common)
    changed = working.change_day(changed_day_id=uuid4(), person=person, clinic=clinic, day=day, hours=None, **common)
    absence = absences.record_absence(
        absence_id=uuid4(), resource=resource, clinic=clinic, first_day=day, last_day=day, **common
    )
    closure = closures.close_clinic(closure_id=uuid4(), clinic=clinic, first_day=day, last_day=day, **common)
    room = resources.add_resource(clinic=clinic, kind=ResourceKind.ROOM, name="Room 1", sort="treatment room", **common)
    resources.add_resource(clinic=clinic, kind=ResourceKind.DEVICE, name="Pen 1", sort="pen", **common)
    terms = Terms(name="Microneedling, face", minutes=60, room_type="treatment room", device_type="pen")
    service = services.add_service(service_id=uuid4(), clinic=clinic, terms=terms, performers=[person], **common)
    return {
        "person_id": person.pk,
        "holiday": "2027-12-27",
        "changed_day_id": changed.pk,
        "absence_id": absence.pk,
        "closure_id": closure.pk,
        "resource_id": room.pk,
        "service_id": service.pk,
    }
