"""The token of a sign-in link: worked out from the link with the installation's secret, never stored."""

import hashlib
from uuid import UUID

from django.utils.crypto import salted_hmac


def token_of(link_id: UUID) -> str:
    """Return what stands in the address that is sent."""
    return salted_hmac("needlework.patients.sign-in", str(link_id), algorithm="sha256").hexdigest()


def hash_of(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
