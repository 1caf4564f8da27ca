"""What staff write into the books by hand, beyond taking payments: a charge of their own, and taking one back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from needlework.accounts.models import User
from needlework.care.queries.bills import Bill
from needlework.payments import operations, permissions
from needlework.payments.models import Entry


@transaction.atomic
def charge_by_hand(*, entry_id: UUID, bill: Bill, amount_pence: int, about: str, by: User, at: datetime) -> Entry:
    """Charge something that no booking brings, such as a late cancellation."""
    permissions.may_take_payments(user=by, clinic=bill.clinic).or_raise()
    return operations.charge(
        entry_id=entry_id,
        clinic=bill.clinic,
        reference=bill.reference,
        payer=bill.payer,
        amount_pence=amount_pence,
        about=about,
        by=by,
        at=at,
    )


@transaction.atomic
def take_charge_back(*, entry_id: UUID, charged: Entry, reason: str, by: User, at: datetime) -> Entry:
    """Take a charge back: nothing of it is owed any more."""
    permissions.may_refund_payments(user=by, clinic=charged.clinic).or_raise()
    return operations.reverse_charge(entry_id=entry_id, charged=charged, reason=reason, by=by, at=at)
