"""What the matrix knows of the diary as staff see it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from needlework.accounts.models import Role
from needlework.diary import operations
from needlework.diary.models import Resource, Service
from needlework.diary.queries.availability import Asking, offers
from tests.integration.authorisation.rules import Row, roles

FORM = ("GET", "POST")
SEND = ("POST",)
SHOWN_OR_SENT = (200, 302, 422)
DESK = roles(Role.LEAD, Role.PRACTITIONER, Role.PRESCRIBER, Role.FRONT_DESK)

ROWS: dict[str, Row] = {
    "diary": Row(DESK, filters=("", "?by=room", "?private=1&day=2027-12-27")),
    "diary-seven-days": Row(DESK, answers=(200, 404), filters=("", "?by=room")),
    "diary-print": Row(DESK, filters=("", "?private=1")),
    "appointment-new": Row(DESK, filters=("", "?visitor=1", "?q=canary")),
    "appointment": Row(DESK),
    "patient-appointments": Row(DESK),
} | dict.fromkeys(
    (
        "appointment-move",
        "appointment-cancel",
        "appointment-match",
        "appointment-register",
        "patient-stop-booking",
        "patient-allow-booking",
    ),
    Row(DESK, FORM, SHOWN_OR_SENT),
) | dict.fromkeys(
    ("appointment-arrived", "appointment-attended", "appointment-no-show", "appointment-put-back"),
    Row(DESK, SEND, SHOWN_OR_SENT),
)  # fmt: skip


def made(thing: Any) -> dict[str, Any]:
    """Make an appointment of the patient in the coming days, and keep the patient from booking online."""
    service = Service.objects.get(pk=thing.keys["service_id"])
    first = thing.at.date() + timedelta(days=2)
    free = offers(service, first=first, last=first + timedelta(days=7), asking=Asking(online=False), at=thing.at)
    start = next(start for day in free.days for start in day.starts)
    booked = operations.book_appointment(
        appointment_id=uuid4(),
        service=service,
        begins=start.begins,
        practitioner=Resource.objects.get(pk=start.practitioner),
        patient=thing.patient,
        note=f"Canary-notes-{thing.place}",
        by=thing.lead,
        at=thing.at,
    )
    block = operations.block_online(
        block_id=uuid4(), patient=thing.patient, reason=f"Canary-other-{thing.place}", by=thing.lead, at=thing.at
    )
    return {"appointment_id": booked.pk, "block_id": block.pk}
