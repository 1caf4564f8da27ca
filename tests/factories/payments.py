"""Entries in the books, and a provider on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone

from needlework.accounts.models import User
from needlework.audit.record import SYSTEM
from needlework.payments import operations, paying
from needlework.payments.hosted.signing import signed
from needlework.payments.models import Checkout, Entry, Method
from needlework.payments.trial import Trial, server
from needlework.work.kinds import Task
from tests.factories import accounts, patients

AT = accounts.AT
REFERENCE = "appointment:11111111-1111-4111-8111-111111111111"
PAYER = UUID("22222222-2222-4222-8222-222222222222")
SECRET, WEBHOOK_SECRET = "trial-secret", "trial-webhook-secret"


def charge(amount_pence: int = 18000, **changed: Any) -> Entry:
    """Something that is owed."""
    own: dict[str, Any] = {"entry_id": uuid4(), "clinic": accounts.clinic(), "reference": REFERENCE, "payer": PAYER}
    own |= {"about": "Microneedling, face", "by": patients.lead(), "at": AT}
    return operations.charge(**own | changed, amount_pence=amount_pence)


def payment(amount_pence: int = 18000, *, by: User | None = None, **changed: Any) -> Entry:
    """Money handed over for it."""
    own: dict[str, Any] = {"entry_id": uuid4(), "clinic": accounts.clinic(), "reference": REFERENCE, "payer": PAYER}
    own |= {"method": Method.CASH, "performed_on": AT.date(), "by": by or patients.lead(), "at": AT}
    return operations.take_payment(**own | changed, amount_pence=amount_pence)


def refund(of: Entry, amount_pence: int, **changed: Any) -> Entry:
    """Money given back."""
    own: dict[str, Any] = {"entry_id": uuid4(), "method": Method.CASH, "reason": "Moved away", "by": patients.lead()}
    return operations.refund(**own | {"at": AT} | changed, payment=of, amount_pence=amount_pence)


@contextmanager
def provider(settings: Any) -> Iterator[Trial]:
    """Run the trial provider, and set it up."""
    trial = Trial(SECRET, WEBHOOK_SECRET)
    listening = server(trial)
    thread = Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    settings.PAYMENTS_URL, settings.DEMO = trial.address, False
    settings.PAYMENTS_SECRET, settings.PAYMENTS_WEBHOOK_SECRET = SECRET, WEBHOOK_SECRET
    try:
        yield trial
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()


def begin(amount_pence: int = 5000, at: datetime | None = None, **changed: Any) -> Checkout:
    """A page at the provider."""
    own: dict[str, Any] = {"clinic": accounts.clinic(), "reference": REFERENCE, "payer": PAYER, "by": SYSTEM}
    return paying.begin(**own | changed, amount_pence=amount_pence, at=at or timezone.now())


def tell(body: bytes, secret: str = WEBHOOK_SECRET, at: datetime | None = None) -> int:
    """Tell the clinic something, signed, and return the status of its answer."""
    headers = {"HTTP_STRIPE_SIGNATURE": signed(body, secret, at=at or timezone.now())}
    client = Client(enforce_csrf_checks=True)
    return client.post("/payments/heard/", body, content_type="application/json", **headers).status_code


def told(trial: Trial, kind: str, checkout: Checkout) -> bytes:
    """What the provider tells about a page."""
    return trial.event(kind, trial.sessions[checkout.provider_reference])


def task(kind: str = "refund-online", at: datetime = AT, **subject: str) -> Task:
    """A piece of work, as the worker hands it over."""
    return Task(uuid4(), kind, "key", subject, 1, lambda: at)
