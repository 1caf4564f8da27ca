"""Encrypting: AES-256-GCM with the place of the value bound in, so that it opens there and nowhere else.

Encrypted bytes are: format (1 byte), version of the data key (4), nonce (12), the encrypted text and its tag (16).
"""

import os
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from needlework.vault import ring
from needlework.vault.errors import UnreadableValueError

FORMAT = 1
HEADER = struct.Struct(">BI")
OVERHEAD = HEADER.size + ring.NONCE_BYTES + 16


def encrypt(plain: bytes, place: str) -> bytes:
    """Encrypt bytes for one place."""
    version, cipher = ring.current()
    head, nonce = header(version), os.urandom(ring.NONCE_BYTES)
    return b"".join((head, nonce, cipher.encrypt(nonce, plain, head + place.encode())))


def decrypt(encrypted: bytes, place: str) -> bytes:
    """Open bytes that were encrypted for this place."""
    version = version_of(encrypted, place)
    try:
        return _decrypt(ring.held(version), encrypted, place)
    except InvalidTag:
        pass  # the key in memory may be of a transaction that was rolled back
    try:
        return _decrypt(ring.fetched(version), encrypted, place)
    except InvalidTag:
        raise UnreadableValueError(
            f"What is stored at {place} cannot be opened: it was changed, or moved there from another place."
        ) from None


def header(version: int) -> bytes:
    """Return what everything encrypted with a data key begins with."""
    return HEADER.pack(FORMAT, version)


def version_of(encrypted: bytes, place: str) -> int:
    """Return the version of the data key that encrypted something."""
    if len(encrypted) < OVERHEAD or encrypted[0] != FORMAT:
        raise UnreadableValueError(f"What is stored at {place} is not encrypted: it was changed, or is newer.")
    version: int = HEADER.unpack_from(encrypted)[1]
    return version


def _decrypt(cipher: AESGCM, encrypted: bytes, place: str) -> bytes:
    view = memoryview(encrypted)
    start = HEADER.size + ring.NONCE_BYTES
    bound = bytes(view[: HEADER.size]) + place.encode()
    plain: bytes = cipher.decrypt(view[HEADER.size : start], view[start:], bound)
    return plain
