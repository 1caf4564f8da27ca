"""Signed messages: `t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>">`, as hosted checkouts send them."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

TOLERANCE = timedelta(minutes=5)
"""How old a message may be: an older one is a repeat by somebody who listened."""
LONGEST_HEADER = 1000


def signed(body: bytes, secret: str, *, at: datetime) -> str:
    """Return the header for a message sent now."""
    seconds = int(at.timestamp())
    return f"t={seconds},v1={_digest(body, secret, str(seconds))}"


def is_signed(body: bytes, header: str, secret: str, *, at: datetime) -> bool:
    """Say whether a message bears a signature of ours from the last minutes; compared in constant time."""
    parts = [part.strip().partition("=") for part in header[:LONGEST_HEADER].split(",")]
    seconds = next((value for name, _, value in parts if name == "t"), "")
    given = [value for name, _, value in parts if name == "v1"]
    if not secret or not (seconds.isascii() and seconds.isdecimal() and len(seconds) <= 12):
        return False
    if abs(at.timestamp() - int(seconds)) > TOLERANCE.total_seconds():
        return False
    right = _digest(body, secret, seconds).encode()
    return any(hmac.compare_digest(right, one.encode()) for one in given)


def _digest(body: bytes, secret: str, seconds: str) -> str:
    return hmac.new(secret.encode(), seconds.encode() + b"." + body, sha256).hexdigest()
