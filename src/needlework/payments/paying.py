"""Paying online, step by step: our books and the provider, who is asked outside every transaction.

What somebody's browser says when it comes back from the provider's page counts for nothing: the provider is asked.
"""

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from needlework.accounts.models import Clinic
from needlework.audit.record import Actor
from needlework.payments import operations, queries
from needlework.payments.hosted.base import RefusedError, UnreachableError, Wanted, page_of
from needlework.payments.hosted.setup import configured
from needlework.payments.models import Checkout, CheckoutState, Entry, Kind
from needlework.payments.problems import NotDoneError
from needlework.payments.tokens import token_of

log = logging.getLogger(__name__)
NOT_NOW = (
    "The payment page cannot be reached at the moment. Nothing was paid, and everything booked stands. "
    "Try again in a few minutes, or pay at the clinic."
)
SAID_OF_PAGES = ("checkout.session.completed", "checkout.session.async_payment_succeeded", "checkout.session.expired")


def can_pay_online() -> bool:
    """Say whether a provider is set up."""
    return configured() is not None


def begin(
    *, clinic: Clinic, reference: str, payer: UUID | None, amount_pence: int, by: Actor, at: datetime
) -> Checkout:
    """Return a checkout with a page at the provider; raise NotDoneError where there is none to be had now."""
    provider = configured()
    if provider is None:
        raise NotDoneError("Payments online are not set up here. Pay at the clinic.")
    checkout = operations.start_checkout(
        clinic=clinic, reference=reference, payer=payer, amount_pence=amount_pence, by=by, at=at
    )
    if checkout.page:
        return checkout
    wanted = Wanted(
        key=str(checkout.pk),
        amount_pence=amount_pence,
        words=f"Payment to {clinic.name}",
        back=settings.ADDRESS + reverse("pay", args=[token_of(checkout.pk)]),
        until=checkout.valid_until,
    )
    try:
        return operations.keep_page(checkout=checkout, page=provider.open_page(wanted))
    except (UnreachableError, RefusedError) as error:
        log.warning("The payment provider opened no page: %s", type(error).__name__)
        raise NotDoneError(NOT_NOW) from error


def ask(checkout: Checkout, *, at: datetime) -> Checkout:
    """Ask the provider what became of a checkout, and write it down; while nobody answers it stays as it is."""
    provider = configured()
    if provider is None or not checkout.provider_reference or checkout.state == CheckoutState.PAID:
        return checkout
    try:
        page = provider.ask(checkout.provider_reference)
    except (UnreachableError, RefusedError) as error:
        log.warning("The payment provider did not say what became of a checkout: %s", type(error).__name__)
        return checkout
    return operations.settle_checkout(checkout=checkout, page=page, at=at)


def hear(event: dict[str, Any], *, at: datetime) -> None:
    """Act on a signed event about a checkout or a refund of ours; everything else is not for us."""
    kind, told = event.get("type"), _within(_within(event, "data"), "object")
    if kind in SAID_OF_PAGES:
        page = page_of(told)
        checkout = queries.checkout_at_provider(page.reference)
        if checkout:
            operations.settle_checkout(checkout=checkout, page=page, at=at)
    elif kind in {"refund.failed", "refund.updated"} and told.get("status") == "failed":
        refund = _refund_named(_within(told, "metadata").get("refund"))
        if refund:
            operations.note_failed_refund(refund=refund, reason=str(told.get("failure_reason") or ""), at=at)


def _within(whole: dict[str, Any], name: str) -> dict[str, Any]:
    part = whole.get(name)
    return part if isinstance(part, dict) else {}


def _refund_named(key: Any) -> Entry | None:
    try:
        entry = queries.entry(UUID(str(key)))
    except ValueError:
        return None
    return entry if entry and entry.kind == Kind.REFUND else None
