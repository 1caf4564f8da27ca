"""What the provider says, in our words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class Page:
    """A page on which one amount can be paid, and what has become of it."""

    reference: str
    url: str
    amount_pence: int
    paid: bool
    ended: bool
    payment: str
    """What the provider calls the payment, once there is one."""


@dataclass(frozen=True)
class Wanted:
    """A page to be made: how much, what the payer reads, where they come back to, and the key under which it is one."""

    key: str
    amount_pence: int
    words: str
    back: str
    until: datetime


class UnreachableError(Exception):
    """Nobody knows what became of the request: the same again, under the same key, is safe."""


class RefusedError(Exception):
    """The provider will not do it; the message is what it said."""


class Provider(Protocol):
    """A payment provider with pages of its own."""

    @property
    def name(self) -> str:
        """The host that payers are sent to."""

    def open_page(self, wanted: Wanted) -> Page:
        """Have a page made; the same key returns the same page."""

    def ask(self, reference: str) -> Page:
        """Return what has become of a page."""

    def refund(self, *, payment: str, amount_pence: int, key: str) -> None:
        """Pay back a payment or a part of it, once for a key."""

    def heard(self, body: bytes, signature: str, *, at: datetime) -> dict[str, Any] | None:
        """Return the event of a signed message; None where the signature or its time is wrong."""


def page_of(session: dict[str, Any]) -> Page:
    """Return a provider's checkout session in our words; raise `UnreachableError` for what is none."""
    try:
        payment = session.get("payment_intent") or ""
        return Page(
            reference=session["id"],
            url=session.get("url") or "",
            amount_pence=int(session["amount_total"]),
            paid=session["payment_status"] == "paid" and session["currency"] == "gbp" and bool(payment),
            ended=session["status"] == "expired",
            payment=payment,
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise UnreachableError("The answer is no checkout session") from fault
