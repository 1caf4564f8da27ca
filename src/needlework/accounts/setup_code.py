"""The one-time code that guards the first set-up: shown on the terminal, kept only as a hash, spent by its use."""

import hashlib
import hmac
import secrets
from pathlib import Path

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without the characters that are mistaken for one another."""
GROUPS, LENGTH = 3, 4


def make(path: Path) -> str:
    """Return a new code and keep its hash in the file; a code made earlier is no longer good."""
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(GROUPS))
    path.touch(mode=0o600)
    path.write_text(_hash(code), encoding="ascii")
    return code


def matches(path: Path, code: str) -> bool:
    """Say whether this is the code in force, however it was typed: spaces, dashes and case do not matter."""
    return path.exists() and hmac.compare_digest(path.read_text(encoding="ascii"), _hash(code))


def spend(path: Path) -> None:
    """Use the code up."""
    path.unlink(missing_ok=True)


def _hash(code: str) -> str:
    plain = "".join(character for character in code.upper() if character in ALPHABET)
    return hashlib.sha256(plain.encode("ascii")).hexdigest()
