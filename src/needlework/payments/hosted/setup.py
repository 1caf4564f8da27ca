"""Which provider this installation has set up, from its environment."""

from django.conf import settings

from needlework.messages.channels.setup import is_here, split
from needlework.payments.hosted.base import Provider
from needlework.payments.hosted.checkout import HostedCheckout


def configured() -> Provider | None:
    """Return the provider; None where none is set up. The demo takes only one on its own machine: a trial."""
    url = settings.PAYMENTS_URL
    parts = split(url)
    if not url or (settings.DEMO and (parts is None or not is_here(parts.hostname or ""))):
        return None
    return HostedCheckout(url, settings.PAYMENTS_SECRET, settings.PAYMENTS_WEBHOOK_SECRET)


def problems() -> list[str]:
    """Say what is wrong with the provider's settings, and what to do about it."""
    url = settings.PAYMENTS_URL
    if not url:
        return []
    parts = split(url)
    if parts is None or parts.scheme not in ("https", "http") or not parts.hostname:
        return ["Write NEEDLEWORK_PAYMENTS_URL like https://payments.example.org"]
    found = []
    if parts.scheme == "http" and not is_here(parts.hostname):
        found.append("NEEDLEWORK_PAYMENTS_URL sends in the clear. Use https:// beyond this machine")
    secrets = {"NEEDLEWORK_PAYMENTS_SECRET": settings.PAYMENTS_SECRET}
    secrets["NEEDLEWORK_PAYMENTS_WEBHOOK_SECRET"] = settings.PAYMENTS_WEBHOOK_SECRET
    found += [
        f"Set {name} to the secret that the payment provider gave you"
        for name, secret in secrets.items()
        if not secret or not secret.isascii() or not secret.isprintable()
    ]
    return found
