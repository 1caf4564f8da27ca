"""What the books say: worked out from the entries each time, stored nowhere."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from needlework.payments.models import Checkout, CheckoutState, Entry, Kind, Method
from needlework.payments.tokens import hash_of, token_of

METHODS_BY_HAND = [(method.value, method.label) for method in Method if method != Method.ONLINE]
ASKED_FOR = timedelta(days=3)
"""How long the provider is asked about a checkout that it says nothing of."""


@dataclass(frozen=True)
class Balance:
    """What was charged, paid and paid back under one reference, in pence."""

    charged: int = 0
    paid: int = 0
    refunded: int = 0

    @property
    def kept(self) -> int:
        """What was paid and not paid back."""
        return self.paid - self.refunded

    @property
    def left(self) -> int:
        """What is left to pay; below zero where more was paid than is owed."""
        return self.charged - self.kept

    @property
    def over(self) -> int:
        """What was paid and is not owed."""
        return max(0, -self.left)

    def deposit_left(self, deposit: int) -> int:
        """Return what is left to pay of a deposit."""
        return max(0, min(deposit - self.kept, self.left))


def balances(references: Collection[str]) -> Mapping[str, Balance]:
    """Return the balance of each reference, all in one query; a reference without entries owes nothing."""
    rows = Entry.objects.filter(reference__in=references).values_list("reference", "kind")
    sums: dict[str, dict[str, int]] = {reference: {} for reference in references}
    for reference, kind, amount in rows.annotate(Sum("amount_pence")).order_by():
        sums[reference][kind] = amount
    return {reference: balance_of(by_kind) for reference, by_kind in sums.items()}


def balance_of(by_kind: Mapping[str, int]) -> Balance:
    """Return the balance of sums by kind of entry."""
    charge, reversal, payment, refund, failed = (by_kind.get(kind, 0) for kind in Kind)
    return Balance(charge - reversal, payment, refund - failed)


def balance(reference: str) -> Balance:
    """Return the balance of one reference."""
    return balances([reference])[reference]


def entries_of(references: Collection[str] = (), payers: Collection[UUID] = ()) -> QuerySet[Entry]:
    """Return entries under some references or of some payers, the oldest first."""
    found = Entry.objects.filter(Q(reference__in=references) | Q(payer__in=payers))
    return found.select_related("clinic", "of").order_by("recorded_at", "id")


def checkouts_of(references: Collection[str], payers: Collection[UUID]) -> QuerySet[Checkout]:
    """Return the visits to the provider's page under some references or of some payers."""
    return Checkout.objects.filter(Q(reference__in=references) | Q(payer__in=payers)).order_by("opened_at", "id")


def refundable(payment: Entry) -> int:
    """Return how much of a payment has not been paid back, in pence."""
    back = Entry.objects.filter(of=payment, taken_back_by=None)
    return payment.amount_pence - (back.aggregate(Sum("amount_pence"))["amount_pence__sum"] or 0)


@dataclass(frozen=True)
class Line:
    """One entry as a page shows it, with what can still be taken back of it."""

    entry: Entry
    open_pence: int

    @property
    def words(self) -> str:
        """What it is: its kind, and how the money went."""
        kind, method = Kind(self.entry.kind).label, self.entry.method
        return f"{kind}, {Method(method).label.lower()}" if method else kind

    @property
    def words_more(self) -> str:
        """What a charge is for, or why money went back."""
        return self.entry.about or self.entry.reason

    @property
    def back_pence(self) -> int:
        """What was taken back of it."""
        return self.entry.amount_pence - self.open_pence

    @property
    def signed_pence(self) -> int:
        """The amount as it counts towards what is left: charges up, payments down."""
        up = self.entry.kind in {Kind.CHARGE, Kind.REFUND}
        return self.entry.amount_pence if up else -self.entry.amount_pence

    @property
    def is_payment(self) -> bool:
        """Whether it has a receipt."""
        return self.entry.kind == Kind.PAYMENT

    @property
    def is_charge(self) -> bool:
        """Whether it says what something costs."""
        return self.entry.kind == Kind.CHARGE


def lines(entries: Iterable[Entry]) -> list[Line]:
    """Return entries with what can still be taken back of each: of a charge, of a payment."""
    all_of_them = list(entries)
    failed = {entry.of_id for entry in all_of_them if entry.kind == Kind.FAILED_REFUND}
    back: dict[UUID | None, int] = {}
    for entry in all_of_them:
        if entry.pk not in failed:
            back[entry.of_id] = back.get(entry.of_id, 0) + entry.amount_pence
    return [Line(entry, entry.amount_pence - back.get(entry.pk, 0)) for entry in all_of_them]


def entry(entry_id: UUID) -> Entry | None:
    """Return one entry; whose it is, the caller asks."""
    return Entry.objects.select_related("clinic", "of").filter(pk=entry_id).first()


def checkout_by_token(token: str) -> Checkout | None:
    """Return the checkout of a page's address."""
    return Checkout.objects.select_related("clinic").filter(token_hash=hash_of(token)).first()


def checkout_at_provider(provider_reference: str) -> Checkout | None:
    """Return the checkout that the provider calls so."""
    return Checkout.objects.filter(provider_reference=provider_reference).exclude(provider_reference="").first()


def open_checkouts(*, at: datetime) -> QuerySet[Checkout]:
    """Return what the provider has a page for and has not said the last word about."""
    waiting = Checkout.objects.filter(state=CheckoutState.OPEN, opened_at__gt=at - ASKED_FOR)
    return waiting.exclude(provider_reference="").order_by("opened_at")


def token_for(checkout: Checkout) -> str:
    """Return the token of our page about a checkout."""
    return token_of(checkout.pk)
