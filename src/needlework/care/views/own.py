"""Money as the person sees it whose it is: a patient signed in, or whoever holds an appointment's private link."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from needlework.accounts.asking import public
from needlework.audit.record import Actor
from needlework.care.queries import bills
from needlework.care.queries.bills import Bill
from needlework.diary.queries.appointments import appointment_by_token
from needlework.diary.queries.own import person_behind
from needlework.patients.asking import PatientRequest, asks_patient, own_record
from needlework.payments import paying
from needlework.payments.problems import NotDoneError
from needlework.payments.queries import token_for
from needlework.web.http import page

DEPOSIT = "deposit"


@asks_patient(own_record)
def account(request: PatientRequest) -> HttpResponse:
    """Show a patient what they were charged and have paid."""
    shown = bills.account_of(request.patient)
    return page(request, "care/own/account.html", account=shown, online=paying.can_pay_online())


@asks_patient(own_record)
def receipt(request: PatientRequest, entry_id: UUID) -> HttpResponse:
    """Show a patient one payment as a page to print."""
    bill, line = bills.own_receipt(request.patient, entry_id)
    return page(request, "care/receipt.html", bill=bill, line=line, own=True)


@asks_patient(own_record)
@require_POST
def pay(request: PatientRequest, reference: str) -> HttpResponse:
    """Go to the page on which a patient pays what is left."""
    bill = bills.own_bill(request.patient, reference)
    return _begun(request, bill, by=request.patient, back=redirect("me-payments"))


@public
@require_POST
def pay_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Go to the page on which whoever holds an appointment's link pays for it."""
    appointment = appointment_by_token(token, timezone.now())
    bill, back = bills.of_appointment(appointment), redirect("appointment-private", token)
    return _begun(request, bill, by=person_behind(appointment), back=back)


def _begun(request: HttpRequest, bill: Bill, *, by: Actor, back: HttpResponse) -> HttpResponse:
    """Lead on to our page about the payment, or say on the page before why there is none."""
    deposit = request.POST.get("part") == DEPOSIT
    amount = bill.deposit_left if deposit else bill.balance.left
    if amount <= 0:
        notices.info(request, "Nothing is left to pay here.")
        return back
    try:
        checkout = paying.begin(
            clinic=bill.clinic,
            reference=bill.reference,
            payer=bill.payer,
            amount_pence=amount,
            by=by,
            at=timezone.now(),
        )
    except NotDoneError as problem:
        notices.error(request, str(problem))
        return back
    return redirect("pay", token_for(checkout))
