"""The address in a message with which somebody sets a password: signed, and stored nowhere."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from needlework.accounts.models import PasswordLink

SIGNER = signing.Signer(salt="needlework.accounts.password-link")


def address_of(link: PasswordLink) -> str:
    """Return the address to send."""
    return f"{settings.ADDRESS}{reverse('set-password', args=[SIGNER.sign(link.pk.hex)])}"


def link_id(token: str) -> UUID | None:
    """Return which link an address came from, or None where we did not sign it."""
    try:
        return UUID(SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
