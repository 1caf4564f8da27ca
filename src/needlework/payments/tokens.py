"""The token of our own page about a checkout: worked out with the installation's secret, never stored."""

import hashlib
from uuid import UUID

from django.utils.crypto import salted_hmac


def token_of(checkout_id: UUID) -> str:
    """Return what stands in the address of the page."""
    return salted_hmac("needlework.payments.checkout", str(checkout_id), algorithm="sha256").hexdigest()


def hash_of(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
