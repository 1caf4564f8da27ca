"""Codes and hashes of the second factor: no database, no clock."""

import hashlib
import hmac
import secrets
from datetime import datetime
from uuid import UUID

import pyotp

STEP_SECONDS = 30
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODES, CODE_LENGTH = 10, 10


def new_secret() -> str:
    """Return a new secret for an authenticator app."""
    return pyotp.random_base32()


def address_of(secret: str, *, email: str, organisation: str) -> str:
    """Return the otpauth:// address that a QR code carries into the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=organisation)


def step_of(secret: str, code: str, *, at: datetime, after: int) -> int | None:
    """Return the step whose code this is: the present one or a neighbour, and later than the last one used."""
    now = int(at.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    steps = [step for step in (now - 1, now, now + 1) if hmac.compare_digest(totp.generate_otp(step), code)]
    return next((step for step in steps if step > after), None)


def new_codes() -> list[str]:
    """Return ten recovery codes as they are printed: ABCDE-FGHJK, fifty bits each."""
    letters = ["".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)) for _ in range(CODES)]
    return [f"{code[:5]}-{code[5:]}" for code in letters]


def digest_of(code: str, *, batch: UUID) -> str:
    """Return the hash of a recovery code however it was typed: slow enough that fifty bits hold."""
    bare = "".join(letter for letter in code.upper() if letter in ALPHABET)
    return hashlib.scrypt(bare.encode(), salt=batch.bytes, n=2**14, r=8, p=1, dklen=32).hex()
