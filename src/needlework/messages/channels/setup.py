"""Which channels this installation has set up, from its environment."""

from collections.abc import Mapping
from email.utils import parseaddr
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

from needlework.messages.channels.base import Channel
from needlework.messages.channels.email import Email, Server, is_address
from needlework.messages.channels.kept import Kept
from needlework.messages.channels.sms import Sms

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def configured() -> Mapping[str, Channel]:
    """Return the channels by name; where nothing is set up, and in the demo, both keep what they are given."""
    found: dict[str, Channel] = {}
    if settings.SMTP_URL and not settings.DEMO:
        found["email"] = Email(smtp_server(settings.SMTP_URL), settings.MAIL_FROM)
    if settings.SMS_URL and not settings.DEMO:
        found["sms"] = Sms(settings.SMS_URL, settings.SMS_TOKEN)
    return found or {name: Kept(name) for name in ("email", "sms")}


def smtp_server(url: str) -> Server:
    """Return the mail server that an address like smtp+starttls://user:password@host:587 names."""
    parts = urlsplit(url)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(parts.scheme, parts.hostname or "", parts.port or PORTS[parts.scheme], user, password)


def problems() -> list[str]:
    """Say what is wrong with the channels' settings, and what to do about it."""
    return [
        *_mail_problems(settings.SMTP_URL, settings.MAIL_FROM),
        *_sms_problems(settings.SMS_URL, settings.SMS_TOKEN),
    ]


def _mail_problems(url: str, sender: str) -> list[str]:
    if not url:
        return []
    parts = split(url)
    if parts is None or parts.scheme not in PORTS or not parts.hostname:
        return ["Write NEEDLEWORK_SMTP_URL like smtp+starttls://user:password@mail.example.org:587"]
    found = []
    if parts.scheme == "smtp" and not is_here(parts.hostname):
        found.append("NEEDLEWORK_SMTP_URL sends in the clear. Use smtp+starttls:// or smtps:// beyond this machine")
    if not is_address(parseaddr(sender)[1]) or any(character in sender for character in "\r\n\0"):
        found.append("Set NEEDLEWORK_FROM to the address that e-mail comes from, like Clinic <hello@clinic.example>")
    return found


def _sms_problems(url: str, token: str) -> list[str]:
    if not url:
        return []
    parts = split(url)
    if parts is None or parts.scheme not in ("https", "http") or not parts.hostname:
        return ["Write NEEDLEWORK_SMS_URL like https://sms.example.org/messages"]
    found = []
    if parts.scheme == "http" and not is_here(parts.hostname):
        found.append("NEEDLEWORK_SMS_URL sends in the clear. Use https:// beyond this machine")
    if not token or not token.isascii() or not token.isprintable():
        found.append("Set NEEDLEWORK_SMS_TOKEN to the token that the SMS provider gave you")
    return found


def split(url: str) -> SplitResult | None:
    """Return an address in its parts; None when it is none, or its port is no number."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def is_here(host: str) -> bool:
    """Say whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
