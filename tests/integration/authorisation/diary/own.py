"""What the matrix knows of patients' own appointments."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from needlework.diary import operations
from needlework.diary.models import Service
from needlework.diary.queries.availability import Asking, offers
from tests.integration.authorisation.cast import Person
from tests.integration.authorisation.rules import Row, patients_own

FORM = ("GET", "POST")
SEND = ("POST",)
SHOWN_OR_SENT = (200, 302, 422)


def any_patient(person: Person, place: str | None) -> bool:
    """Whoever has signed in as a patient: what a clinic offers is no secret."""
    return person.is_patient


ROWS: dict[str, Row] = {
    "me-appointments": Row(patients_own),
    "me-book": Row(patients_own),
    "me-book-times": Row(any_patient, FORM, SHOWN_OR_SENT),
    "me-book-confirm": Row(any_patient, FORM, (410,)),
    "me-wait": Row(patients_own, FORM, SHOWN_OR_SENT),
    "me-move": Row(patients_own, FORM, SHOWN_OR_SENT),
    "me-cancel": Row(patients_own, FORM, SHOWN_OR_SENT),
    "me-wait-earlier": Row(patients_own, SEND, (302,)),
    "me-leave-waiting": Row(patients_own, SEND, (302,)),
}


def made(thing: Any) -> dict[str, Any]:
    """Make an appointment of the patient, and a wait for a time."""
    service = Service.objects.get(pk=thing.keys["service_id"])
    today, common = thing.at.date(), {"patient": thing.patient, "by": thing.lead, "at": thing.at}
    soon = offers(service, first=today, last=today + timedelta(days=21), asking=Asking(online=False), at=thing.at)
    begins = next(day for day in soon.days if day.count).starts[0].begins
    appointment = operations.book_appointment(appointment_id=uuid4(), service=service, begins=begins, **common)
    last = today + timedelta(days=90)
    wait = operations.join_waiting(entry_id=uuid4(), service=service, first_day=today, last_day=last, **common)
    return {"appointment_id": appointment.pk, "wait_id": wait.pk} | thing.keys
