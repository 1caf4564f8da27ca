"""The secrets in private links: worked out with the installation's own secret, never stored."""

import hashlib
from uuid import UUID

from django.utils.crypto import salted_hmac


def token_of(kind: str, subject_id: UUID) -> str:
    """Return what stands in the address of somebody's own thing: an appointment, an offer, a feed."""
    return salted_hmac(f"needlework.diary.{kind}", str(subject_id), algorithm="sha256").hexdigest()


def hash_of(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
