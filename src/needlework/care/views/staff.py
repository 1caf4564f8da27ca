"""Money as the desk sees it: a patient's, an appointment's or a course's; taking payments, paying back."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.audit import record as audit
from needlework.care import forms, operations
from needlework.care.queries import bills
from needlework.care.queries.bills import Bill
from needlework.patients.opening import opened
from needlework.payments import operations as books
from needlework.payments.paying import can_pay_online
from needlework.payments.permissions import may_refund_payments, may_take_payments
from needlework.payments.problems import NotDoneError
from needlework.payments.queries import Line
from needlework.web.forms import Form
from needlework.web.http import page


@asks(may_take_payments)
def account(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Show all that a patient was charged and has paid."""
    patient = opened(request, patient_id, at=timezone.now(), part="payments")
    shown = bills.account_of(patient, seen_by=request.user)
    return page(request, "care/staff/account.html", patient=patient, account=shown)


@asks(may_take_payments)
def bill(request: StaffRequest, reference: str) -> HttpResponse:
    """Show what was charged and paid for one appointment or course."""
    found = _seen(request, reference, timezone.now())
    may_refund = bool(may_refund_payments(user=request.user, clinic=found.clinic))
    return page(request, "care/staff/bill.html", bill=found, may_refund=may_refund)


@asks(may_take_payments)
def take_payment(request: StaffRequest, reference: str) -> HttpResponse:
    """Write a payment down."""
    at, found = timezone.now(), bills.bill_for(request.user, reference)
    form = forms.PaymentForm(request.POST or None, left=found.balance.left, today=timezone.localdate(at))

    def write() -> None:
        answer = form.cleaned_data
        books.take_payment(
            entry_id=answer["id"],
            clinic=found.clinic,
            reference=reference,
            payer=found.payer,
            amount_pence=answer["amount"],
            method=answer["method"],
            performed_on=answer["performed_on"],
            by=request.user,
            at=at,
        )

    return _written(request, found, form, write, "care/staff/payment.html", "The payment is recorded.")


@asks(may_take_payments)
def charge(request: StaffRequest, reference: str) -> HttpResponse:
    """Charge something more."""
    at, found = timezone.now(), bills.bill_for(request.user, reference)
    form = forms.ChargeForm(request.POST or None)

    def write() -> None:
        answer = form.cleaned_data
        operations.charge_by_hand(
            entry_id=answer["id"],
            bill=found,
            amount_pence=answer["amount"],
            about=answer["about"],
            by=request.user,
            at=at,
        )

    return _written(request, found, form, write, "care/staff/charge.html", "It is charged.")


@asks(may_refund_payments)
def refund(request: StaffRequest, reference: str, entry_id: UUID) -> HttpResponse:
    """Pay a payment back, wholly or in part."""
    at, found = timezone.now(), bills.bill_for(request.user, reference)
    line = bills.line_of(found, entry_id)
    if not line.is_payment:
        raise Http404(bills.MISSING)
    entry = line.entry
    form = forms.RefundForm(
        request.POST or None, open_pence=line.open_pence, method=entry.method, online=can_pay_online()
    )

    def write() -> None:
        answer = form.cleaned_data
        books.refund(
            entry_id=answer["id"],
            payment=entry,
            amount_pence=answer["amount"],
            method=answer["method"],
            reason=answer["reason"],
            by=request.user,
            at=at,
        )

    return _written(request, found, form, write, "care/staff/refund.html", "The refund is recorded.", line=line)


@asks(may_refund_payments)
def take_back(request: StaffRequest, reference: str, entry_id: UUID) -> HttpResponse:
    """Take a charge back."""
    at, found = timezone.now(), bills.bill_for(request.user, reference)
    line = bills.line_of(found, entry_id)
    if not line.is_charge:
        raise Http404(bills.MISSING)
    form = forms.TakeBackForm(request.POST or None)

    def write() -> None:
        answer = form.cleaned_data
        operations.take_charge_back(
            entry_id=answer["id"], charged=line.entry, reason=answer["reason"], by=request.user, at=at
        )

    return _written(request, found, form, write, "care/staff/take_back.html", "The charge is taken back.", line=line)


@asks(may_take_payments)
def receipt(request: StaffRequest, reference: str, entry_id: UUID) -> HttpResponse:
    """Show a payment as a page to print."""
    found = _seen(request, reference, timezone.now())
    line = bills.line_of(found, entry_id)
    if not line.is_payment:
        raise Http404(bills.MISSING)
    return page(request, "care/receipt.html", bill=found, line=line)


def _seen(request: StaffRequest, reference: str, at: datetime) -> Bill:
    """Return a bill, and note that the patient's record was seen."""
    found = bills.bill_for(request.user, reference)
    if found.patient:
        audit.viewed(found.patient, by=request.user, at=at, part="payments")
    return found


def _written(
    request: StaffRequest,
    bill: Bill,
    form: Form,
    write: Callable[[], None],
    template: str,
    done: str,
    line: Line | None = None,
) -> HttpResponse:
    """Answer a form: write and go back to the bill, or show what to change."""
    if form.is_valid():
        try:
            write()
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, done)
            return redirect("bill", bill.reference)
    return page(request, template, form=form, bill=bill, line=line)
