"""The clinic's key file: the one secret that opens everything encrypted. It lies outside the data folder.

It holds a master key, which only ever wraps data keys and encrypts backups, the master keys that were in force before
it (old backups still need them), and a separate secret that signs cookies and links and outlives every rotation.
"""

import binascii
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from needlework.vault import durable
from needlework.vault.errors import KeyFileError

FIRST_LINE = "Needlework key file, version 1"
ADVICE = "Keep a copy away from this computer: without it nothing that is encrypted can ever be read again."
SECRET_BYTES = 32


@dataclass(frozen=True)
class Master:
    """A master key: never used itself, only the keys derived from it for one purpose each."""

    secret: bytes = field(repr=False)

    def derive(self, purpose: str, salt: bytes = b"") -> bytes:
        """Return the 256-bit key for a purpose."""
        return HKDF(SHA256(), 32, salt, f"needlework {purpose}".encode()).derive(self.secret)

    @property
    def fingerprint(self) -> str:
        """Return what names this key without telling anything about it: 16 hexadecimal digits."""
        return self.derive("fingerprint")[:8].hex()


@dataclass(frozen=True)
class KeyFile:
    """What the key file holds: the signing secret, and master keys with the one in force first."""

    signing: bytes = field(repr=False)
    masters: tuple[Master, ...]

    @property
    def master(self) -> Master:
        """The master key in force."""
        return self.masters[0]

    def named(self, fingerprint: str) -> Master | None:
        """Return the master key with a fingerprint, in force or former."""
        return next((master for master in self.masters if master.fingerprint == fingerprint), None)


def create(path: Path) -> KeyFile:
    """Write a new key file for a new clinic; never touch one that is there."""
    made = KeyFile(os.urandom(SECRET_BYTES), (Master(os.urandom(SECRET_BYTES)),))
    try:
        durable.write_new(path, _written(made))
    except FileExistsError:
        raise KeyFileError(f"There is a key file at {path} already. Use it, or move it away if it is unused.") from None
    except OSError as problem:
        raise KeyFileError(
            f"The key file {path} cannot be written: {problem.strerror}. Choose another place."
        ) from None
    return made


def read(path: Path) -> KeyFile:
    """Read the key file."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise KeyFileError(
            f"The key file {path} is missing. Put back the copy that you keep in a safe place, "
            "or say where it is with NEEDLEWORK_KEY_FILE."
        ) from None
    except OSError as problem:
        raise KeyFileError(f"The key file {path} cannot be read: {problem.strerror}. Check who may read it.") from None
    except UnicodeDecodeError:
        raise _damaged(path) from None
    return _parsed(text, path)


def add_master(path: Path) -> KeyFile:
    """Put a new master key in force; the one before it stays in the file, as former."""
    before = read(path)
    after = KeyFile(before.signing, (Master(os.urandom(SECRET_BYTES)), *before.masters))
    durable.replace(path, _written(after))
    return after


def _written(content: KeyFile) -> bytes:
    secrets = [f"signing = {_as_text(content.signing)}"]
    secrets += [f"master = {_as_text(master.secret)}" for master in content.masters]
    return "\n".join([FIRST_LINE, ADVICE, *secrets, f"check = {_check(secrets)}", ""]).encode()


def _parsed(text: str, path: Path) -> KeyFile:
    first, *rest = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    lines = rest[1:]
    if first.startswith("Needlework key file") and first != FIRST_LINE:
        raise KeyFileError(f"The key file {path} was written by a newer version of Needlework. Install that version.")
    if first != FIRST_LINE or len(lines) < 3 or lines[-1] != f"check = {_check(lines[:-1])}":
        raise _damaged(path)
    try:
        signing, *masters = [_from_text(line.partition(" = ")[2]) for line in lines[:-1]]
    except (ValueError, binascii.Error):
        raise _damaged(path) from None
    return KeyFile(signing, tuple(map(Master, masters)))


def _check(lines: list[str]) -> str:
    """Return what shows a slip of the hand in a key that was typed from paper."""
    return sha256("\n".join(lines).encode()).hexdigest()[:8]


def _as_text(secret: bytes) -> str:
    return urlsafe_b64encode(secret).decode().rstrip("=")


def _from_text(text: str) -> bytes:
    secret = urlsafe_b64decode(text + "=")
    if len(secret) != SECRET_BYTES:
        raise ValueError
    return secret


def _damaged(path: Path) -> KeyFileError:
    return KeyFileError(f"The key file {path} is damaged. Put back the copy that you keep in a safe place.")
