"""Charging, taking a charge back, taking a payment, paying back.

What staff do by hand asks their permission; what follows from an appointment is charged by whoever made it.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from needlework.accounts.models import Clinic, User
from needlework.audit import record as audit
from needlework.audit.record import SYSTEM, Actor
from needlework.payments import permissions, queries
from needlework.payments.keys import key_of
from needlework.payments.models import Entry, Kind, Method
from needlework.payments.problems import NotDoneError
from needlework.web.money import pounds
from needlework.work import operations as work

REFUND_ONLINE = "refund-online"
STALE = "This page is out of date. Reload it and enter it again."


@transaction.atomic
def charge(
    *,
    entry_id: UUID,
    clinic: Clinic,
    reference: str,
    payer: UUID | None,
    amount_pence: int,
    about: str,
    by: Actor,
    at: datetime,
) -> Entry:
    """Write down that something is owed."""
    columns = {"clinic": clinic, "reference": reference, "payer": payer, "kind": Kind.CHARGE, "about": about}
    return written(entry_id, columns, amount_pence, by=by, at=at)


@transaction.atomic
def reverse_charge(*, entry_id: UUID, charged: Entry, reason: str, by: Actor, at: datetime) -> Entry:
    """Take a whole charge back; one that was taken back already stays so."""
    charged = Entry.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=charged.pk)
    before = Entry.objects.filter(of=charged, kind=Kind.REVERSAL).first()
    if before:
        return before
    return written(entry_id, _taking_back(charged, Kind.REVERSAL, reason), charged.amount_pence, by=by, at=at)


@transaction.atomic
def take_payment(
    *,
    entry_id: UUID,
    clinic: Clinic,
    reference: str,
    payer: UUID | None,
    amount_pence: int,
    method: Method,
    performed_on: date,
    by: User,
    at: datetime,
) -> Entry:
    """Write down that money was handed over: no more than is left to pay."""
    permissions.may_take_payments(user=by, clinic=clinic).or_raise()
    list(Entry.objects.select_for_update().filter(reference=reference, kind=Kind.CHARGE).order_by("pk"))
    left = queries.balance(reference).left
    if amount_pence > left and not Entry.objects.filter(pk=entry_id).exists():
        raise NotDoneError(_too_much(left))
    columns = {"clinic": clinic, "reference": reference, "payer": payer, "kind": Kind.PAYMENT, "method": method}
    return written(entry_id, columns, amount_pence, performed_on=performed_on, by=by, at=at)


@transaction.atomic
def refund(
    *, entry_id: UUID, payment: Entry, amount_pence: int, method: Method, reason: str, by: User, at: datetime
) -> Entry:
    """Pay back a payment or a part of it; what was paid online goes back the same way, through the provider."""
    permissions.may_refund_payments(user=by, clinic=payment.clinic).or_raise()
    payment = Entry.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=payment.pk)
    still = queries.refundable(payment)
    if amount_pence > still and not Entry.objects.filter(pk=entry_id).exists():
        raise NotDoneError(f"{pounds(still)} of this payment can be refunded. Enter that or less.")
    if method == Method.ONLINE and payment.method != Method.ONLINE:
        raise NotDoneError("This was not paid online. Choose another way to pay it back.")
    made = written(
        entry_id, _taking_back(payment, Kind.REFUND, reason) | {"method": method}, amount_pence, by=by, at=at
    )
    if method == Method.ONLINE:
        work.enqueue(REFUND_ONLINE, key=f"{REFUND_ONLINE}:{made.pk}", due_at=at, subject={"refund": str(made.pk)})
    return made


@transaction.atomic
def note_failed_refund(*, refund: Entry, reason: str, at: datetime) -> Entry:
    """Write down that the provider could not pay back: the money is still the clinic's to return."""
    before = Entry.objects.filter(of=refund, kind=Kind.FAILED_REFUND).first()
    if before:
        return before
    columns = _taking_back(refund, Kind.FAILED_REFUND, reason) | {"method": refund.method}
    return written(key_of(f"failure of {refund.pk}"), columns, refund.amount_pence, by=SYSTEM, at=at)


def _too_much(left: int) -> str:
    if left <= 0:
        return "Nothing is left to pay here."
    return f"{pounds(left)} is left to pay here. Enter that or less."


def _taking_back(entry: Entry, kind: Kind, reason: str) -> dict[str, Any]:
    columns = {"clinic": entry.clinic, "reference": entry.reference, "payer": entry.payer}
    return {**columns, "kind": kind, "of": entry, "reason": reason}


def written(
    entry_id: UUID,
    columns: dict[str, Any],
    amount_pence: int,
    *,
    by: Actor,
    at: datetime,
    performed_on: date | None = None,
) -> Entry:
    """Add an entry and its event, or return the one that was added under this key before."""
    recorded = {"recorded_at": at, "recorded_by_kind": by.audit_kind, "recorded_by_id": by.pk}
    day = performed_on or timezone.localdate(at)
    new = {**columns, **recorded, "amount_pence": amount_pence, "performed_on": day}
    entry, is_new = Entry.objects.get_or_create(id=entry_id, defaults=new)
    if entry.reference != columns["reference"]:
        raise NotDoneError(STALE)
    if is_new:
        audit.record(f"{entry.kind}-recorded", entry, by=by, at=at)
    return entry
