"""What is owed and what was paid: entries that are only ever added, and the visits to a provider's payment page.

Amounts are whole pence of pounds sterling. `reference` and `payer` mean something to the rooms above and nothing here:
what an entry is about may be erased, and the books still add up.
"""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from needlework.accounts.models import Clinic
from needlework.vault.fields import EncryptedText
from needlework.web.text import BoundedText

MOST = 10_000_000
"""£100,000: one entry is never more."""


class Kind(models.TextChoices):
    """What an entry says."""

    CHARGE = "charge", "Charge"
    REVERSAL = "reversal", "Charge taken back"
    PAYMENT = "payment", "Payment"
    REFUND = "refund", "Refund"
    FAILED_REFUND = "failed-refund", "Refund that did not arrive"


class Method(models.TextChoices):
    """How money changed hands."""

    CASH = "cash", "Cash"
    CARD_MACHINE = "card-machine", "Card machine"
    BANK_TRANSFER = "bank-transfer", "Bank transfer"
    ONLINE = "online", "Online"


TAKES_BACK = {Kind.REVERSAL: Kind.CHARGE, Kind.REFUND: Kind.PAYMENT, Kind.FAILED_REFUND: Kind.REFUND}
"""Kind → the kind of entry that it takes back, wholly or, for a refund, in part."""
OF_MONEY = (Kind.PAYMENT, Kind.REFUND, Kind.FAILED_REFUND)


class Entry(models.Model):
    """One line of the books. Its key is the idempotency key: what is asked for twice is written once."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="entries")
    reference = BoundedText(max_length=80)
    """What it is for, such as "appointment:…" or "series:…"."""
    payer = models.UUIDField(null=True)
    """Whose books it stands in, where that is known."""
    kind = BoundedText(max_length=14, choices=Kind.choices)
    method = BoundedText(max_length=14, choices=Method.choices, blank=True)
    amount_pence = models.PositiveIntegerField()
    of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="taken_back_by")
    """What it takes back."""
    provider_reference = BoundedText(max_length=255, blank=True)
    """What the payment provider calls an online payment."""
    about = EncryptedText()
    """What a charge is for, as a receipt says it."""
    reason = EncryptedText()
    performed_on = models.DateField()
    """The day on which the money changed hands, or was owed from."""
    recorded_at = models.DateTimeField()
    recorded_by_kind = BoundedText(max_length=20)
    recorded_by_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["reference", "recorded_at"], name="entry_of_reference"),
            models.Index(fields=["payer", "recorded_at"], name="entry_of_payer"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount_pence__range=(1, MOST)), name="entry_is_of_some_money"),
            models.CheckConstraint(condition=~Q(reference=""), name="entry_is_for_something"),
            models.CheckConstraint(
                condition=Q(kind__in=OF_MONEY, method__in=Method.values)
                | Q(kind__in=[Kind.CHARGE, Kind.REVERSAL], method=""),
                name="entry_of_money_says_how",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[Kind.CHARGE, Kind.PAYMENT], of=None)
                | Q(kind__in=list(TAKES_BACK), of__isnull=False),
                name="entry_names_what_it_takes_back",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.PAYMENT, method=Method.ONLINE, provider_reference=""),
                name="entry_paid_online_names_the_payment",
            ),
            models.UniqueConstraint(
                fields=["of"], condition=Q(kind__in=[Kind.REVERSAL, Kind.FAILED_REFUND]), name="entry_taken_back_once"
            ),
            models.UniqueConstraint(
                fields=["provider_reference"],
                condition=Q(kind=Kind.PAYMENT, method=Method.ONLINE),
                name="entry_of_online_payment_once",
            ),
        ]

    @property
    def audit_clinic_id(self) -> UUID:
        """Events join the clinic's chain."""
        return self.clinic_id

    @property
    def audit_patient_id(self) -> UUID | None:
        """Events are the payer's to see."""
        return self.payer


class CheckoutState(models.TextChoices):
    """Where a visit to the provider's payment page stands, as the provider says."""

    OPEN = "open", "Open"
    PAID = "paid", "Paid"
    ENDED = "ended", "Ended without a payment"


class Checkout(models.Model):
    """One page at the payment provider on which one amount can be paid once. No card data ever comes here."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="checkouts")
    reference = BoundedText(max_length=80)
    payer = models.UUIDField(null=True)
    amount_pence = models.PositiveIntegerField()
    token_hash = BoundedText(max_length=64, unique=True)
    """SHA-256 of the token of our own page about it."""
    provider_reference = BoundedText(max_length=255, blank=True)
    """What the provider calls it; empty until the provider has answered."""
    page = models.TextField(blank=True)
    """The provider's page."""
    state = BoundedText(max_length=6, choices=CheckoutState.choices, default=CheckoutState.OPEN)
    opened_at = models.DateTimeField()
    opened_by_kind = BoundedText(max_length=20)
    opened_by_id = models.UUIDField(null=True)
    valid_until = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["opened_at"], condition=Q(state="open"), name="checkout_open"),
            models.Index(fields=["reference"], name="checkout_of_reference"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount_pence__range=(1, MOST)), name="checkout_is_of_some_money"),
            models.CheckConstraint(
                condition=Q(state=CheckoutState.OPEN, settled_at=None)
                | Q(state__in=[CheckoutState.PAID, CheckoutState.ENDED], settled_at__isnull=False),
                name="checkout_settled_says_when",
            ),
            models.UniqueConstraint(
                fields=["provider_reference"], condition=~Q(provider_reference=""), name="checkout_once_at_provider"
            ),
        ]

    @property
    def audit_clinic_id(self) -> UUID:
        """Events join the clinic's chain."""
        return self.clinic_id

    @property
    def audit_patient_id(self) -> UUID | None:
        """Events are the payer's to see."""
        return self.payer
