"""The demo's money: who came has paid at the desk; what is to come is still owed."""

from needlework.accounts.models import User
from needlework.care.queries import bills
from needlework.diary.models import Appointment, State
from needlework.payments import operations
from needlework.payments.keys import key_of
from needlework.payments.models import Method


def pay(*, desk: User) -> None:
    """Take what is left on the bill of everybody who came."""
    came = Appointment.objects.filter(state=State.ATTENDED).select_related("clinic", "service", "patient", "series")
    for appointment in came.order_by("begins", "pk"):
        bill = bills.of_appointment(appointment)
        if bill.balance.left > 0:
            operations.take_payment(
                entry_id=key_of(f"payment in the demo of {bill.reference}"),
                clinic=bill.clinic,
                reference=bill.reference,
                payer=bill.payer,
                amount_pence=bill.balance.left,
                method=Method.CARD_MACHINE,
                performed_on=appointment.ends.date(),
                by=desk,
                at=appointment.ends,
            )
