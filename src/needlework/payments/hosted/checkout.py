"""A hosted checkout by the protocol of Stripe's: forms with a bearer token and an Idempotency-Key, answered by JSON.

Used of it: POST and GET /v1/checkout/sessions, POST /v1/refunds, and signed messages about both. Nothing is sent but an
amount, the clinic's name and our own random keys.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from needlework.payments.hosted.base import Page, RefusedError, UnreachableError, Wanted, page_of
from needlework.payments.hosted.signing import is_signed

SECONDS = 10
LONGEST_ANSWER = 256 * 1024
SESSIONS = "/v1/checkout/sessions"
REFUNDS = "/v1/refunds"
AGAIN = frozenset({401, 403, 408, 409, 429})
"""Refusals that are about us or about now, not about what was asked."""


@dataclass(frozen=True)
class HostedCheckout:
    """The provider behind one address."""

    url: str
    secret: str = field(repr=False)
    webhook_secret: str = field(repr=False)

    @property
    def name(self) -> str:
        """The provider's host."""
        return urlsplit(self.url).hostname or ""

    def open_page(self, wanted: Wanted) -> Page:
        """Have a page made."""
        item, price = "line_items[0]", "line_items[0][price_data]"
        form = {
            "mode": "payment",
            "client_reference_id": wanted.key,
            f"{item}[quantity]": "1",
            f"{price}[currency]": "gbp",
            f"{price}[unit_amount]": str(wanted.amount_pence),
            f"{price}[product_data][name]": wanted.words,
            "success_url": wanted.back,
            "cancel_url": wanted.back,
            "expires_at": str(int(wanted.until.timestamp())),
        }
        return page_of(self._call("POST", SESSIONS, form, key=wanted.key))

    def ask(self, reference: str) -> Page:
        """Return what has become of a page."""
        return page_of(self._call("GET", f"{SESSIONS}/{quote(reference, safe='')}"))

    def refund(self, *, payment: str, amount_pence: int, key: str) -> None:
        """Pay back; a refund that fails at once is refused, one that is on its way is done."""
        form = {"payment_intent": payment, "amount": str(amount_pence), "metadata[refund]": key}
        answer = self._call("POST", REFUNDS, form, key=key)
        if answer.get("status") in {"failed", "canceled"}:
            raise RefusedError(str(answer.get("failure_reason") or "It was not accepted"))

    def heard(self, body: bytes, signature: str, *, at: datetime) -> dict[str, Any] | None:
        """Return the event of a signed message."""
        if not is_signed(body, signature, self.webhook_secret, at=at):
            return None
        return _json_object(body)

    def _call(self, method: str, path: str, form: dict[str, str] | None = None, *, key: str = "") -> dict[str, Any]:
        address = urlsplit(self.url)
        make = HTTPSConnection if address.scheme == "https" else HTTPConnection
        connection = make(address.hostname or "", address.port, timeout=SECONDS)
        body = urlencode(form) if form else None
        try:
            connection.request(method, address.path.rstrip("/") + path, body, self._headers(key))
            answer = connection.getresponse()
            said = answer.read(LONGEST_ANSWER)
        except (OSError, HTTPException) as error:
            raise UnreachableError(type(error).__name__) from error
        finally:
            connection.close()
        return understood(answer.status, said)

    def _headers(self, key: str) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {self.secret}", "Accept": "application/json"}
        if key:
            headers |= {"Idempotency-Key": key, "Content-Type": "application/x-www-form-urlencoded"}
        return headers


def understood(status: int, body: bytes) -> dict[str, Any]:
    """Return the object of an answer; raise `RefusedError` or `UnreachableError` for what is none."""
    said = _json_object(body)
    if status == 200 and said is not None:
        return said
    if 400 <= status < 500 and status not in AGAIN and said is not None:
        error = said.get("error")
        raise RefusedError(str(error.get("message", ""))[:300] if isinstance(error, dict) else f"HTTP {status}")
    raise UnreachableError(f"HTTP {status}")


def _json_object(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
