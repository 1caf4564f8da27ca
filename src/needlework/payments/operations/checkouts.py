"""Following one payment online: from asking for a page to what the provider says became of it."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from needlework.accounts.models import Clinic
from needlework.audit import record as audit
from needlework.audit.record import SYSTEM, Actor
from needlework.payments.hosted.base import Page
from needlework.payments.keys import key_of
from needlework.payments.models import Checkout, CheckoutState, Kind, Method
from needlework.payments.operations.entries import written
from needlework.payments.tokens import hash_of, token_of

VALID = timedelta(hours=1)
SPARE = timedelta(minutes=31)
"""A provider makes no page for less than half an hour, and somebody needs time to pay."""


@transaction.atomic
def start_checkout(
    *, clinic: Clinic, reference: str, payer: UUID | None, amount_pence: int, by: Actor, at: datetime
) -> Checkout:
    """Return the checkout for an amount: the one that is open already, or a new one."""
    same = Checkout.objects.filter(reference=reference, amount_pence=amount_pence, state=CheckoutState.OPEN)
    before = same.filter(valid_until__gt=at + SPARE).order_by("-opened_at").first()
    if before:
        return before
    checkout_id = uuid4()
    checkout = Checkout.objects.create(
        id=checkout_id,
        clinic=clinic,
        reference=reference,
        payer=payer,
        amount_pence=amount_pence,
        token_hash=hash_of(token_of(checkout_id)),
        opened_at=at,
        opened_by_kind=by.audit_kind,
        opened_by_id=by.pk,
        valid_until=at + VALID,
    )
    audit.record("checkout-started", checkout, by=by, at=at)
    return checkout


@transaction.atomic
def keep_page(*, checkout: Checkout, page: Page) -> Checkout:
    """Keep where the provider's page is."""
    checkout.provider_reference, checkout.page = page.reference, page.url
    checkout.save(update_fields=["provider_reference", "page"])
    return checkout


@transaction.atomic
def settle_checkout(*, checkout: Checkout, page: Page, at: datetime) -> Checkout:
    """Write down what the provider says of its page: paid (once, however often it is said), ended, or nothing yet."""
    checkout = Checkout.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=checkout.pk)
    if checkout.state == CheckoutState.PAID or not (page.paid or page.ended) or checkout.state == _state(page):
        return checkout
    checkout.state, checkout.settled_at = _state(page), at
    checkout.save(update_fields=["state", "settled_at"])
    audit.record(f"checkout-{checkout.state}", checkout, by=SYSTEM, at=at)
    if page.paid:
        columns = {"clinic": checkout.clinic, "reference": checkout.reference, "payer": checkout.payer}
        paid = {"kind": Kind.PAYMENT, "method": Method.ONLINE, "provider_reference": page.payment}
        written(key_of(f"checkout {checkout.pk}"), {**columns, **paid}, page.amount_pence, by=SYSTEM, at=at)
    return checkout


def _state(page: Page) -> CheckoutState:
    return CheckoutState.PAID if page.paid else CheckoutState.ENDED
