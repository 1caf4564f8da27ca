"""What the matrix knows of the pages about money."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from needlework.accounts.models import Role
from needlework.care.queries import bills
from needlework.diary.models import Appointment, Resource, Service
from needlework.payments import operations
from needlework.payments.models import Method
from tests.integration.authorisation.rules import Canary, Row, anyone, either, patients_own, roles

FORM = ("GET", "POST")
SEND = ("POST",)
SHOWN_OR_SENT = (200, 302, 422)
DESK = (Role.LEAD, Role.FRONT_DESK)
taking, giving_back = roles(*DESK), roles(Role.LEAD)

ROWS: dict[str, Row] = {
    "pay": Row(anyone, FORM, (410,)),
    "payments-heard": Row(anyone, SEND, (403,)),
    "patient-money": Row(taking),
    "bill": Row(taking),
    "bill-payment": Row(taking, FORM, SHOWN_OR_SENT),
    "bill-charge": Row(taking, FORM, SHOWN_OR_SENT),
    "bill-receipt": Row(taking),
    "bill-refund": Row(giving_back, FORM, SHOWN_OR_SENT),
    "bill-take-back": Row(giving_back, FORM, (200, 302, 404, 422)),
    "me-payments": Row(patients_own),
    "me-receipt": Row(patients_own),
    "me-pay": Row(patients_own, SEND, (302,)),
    "appointment-private-pay": Row(anyone, SEND, (302, 404)),
}


def canaries(place: str) -> list[Canary]:
    """Return what stands in the books of one clinic, and who may read it."""
    return [Canary(f"Canary-refund-{place}", place, either(taking, patients_own))]


def made(thing: Any) -> dict[str, Any]:
    """Make an appointment that was charged, paid and partly paid back, with a canary in the reason."""
    common = {"by": thing.lead, "at": thing.at}
    begins = (thing.at + timedelta(days=30)).replace(minute=0, second=0, microsecond=0)
    practitioner, _ = Resource.objects.get_or_create(kind="practitioner", user=thing.practitioner)
    appointment = Appointment.objects.create(
        clinic=thing.clinic,
        service=Service.objects.create(clinic=thing.clinic, name="Paid for", minutes=60, recorded_at=thing.at),
        patient=thing.patient,
        practitioner=practitioner,
        begins=begins,
        ends=begins + timedelta(hours=1),
        link_hash=uuid4().hex,
        booked_at=thing.at,
        booked_by_kind="system",
    )
    bill = bills.of_appointment(appointment)
    about = {"clinic": thing.clinic, "reference": bill.reference, "payer": thing.patient.pk}
    operations.charge(entry_id=uuid4(), amount_pence=9000, about="Paid for", **about, **common)
    day = thing.at.date()
    paid = operations.take_payment(
        entry_id=uuid4(), amount_pence=5000, method=Method.CASH, performed_on=day, **about, **common
    )
    reason = f"Canary-refund-{thing.place}"
    operations.refund(entry_id=uuid4(), payment=paid, amount_pence=1000, method=Method.CASH, reason=reason, **common)
    return {"reference": bill.reference, "entry_id": paid.pk}
