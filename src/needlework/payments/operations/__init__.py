"""Writing to the books, and following a payment online."""

from needlework.payments.operations.checkouts import keep_page, settle_checkout, start_checkout
from needlework.payments.operations.entries import charge, note_failed_refund, refund, reverse_charge, take_payment
from needlework.payments.operations.forgetting import forget_payer

__all__ = [
    "charge",
    "forget_payer",
    "keep_page",
    "note_failed_refund",
    "refund",
    "reverse_charge",
    "settle_checkout",
    "start_checkout",
    "take_payment",
]
