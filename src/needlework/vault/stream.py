"""A long encrypted stream, for backups: encrypted in chunks whose order and end are authenticated.

The head names the master key and is authenticated by it, so that the wrong key is told from damage. Each stream has a
key of its own, derived with a random salt; the number of each chunk is its nonce, with a mark on the last one: a chunk
that is changed, moved or missing does not open, and neither does a stream that was cut off or made longer.
"""

import hmac
import os
import struct
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from needlework.vault.errors import UnreadableBackupError
from needlework.vault.keys import KeyFile, Master

MAGIC = b"Needlework backup\n"
VERSION = 1
HEAD = struct.Struct(f">{len(MAGIC)}sB8s32s")
MAC_BYTES = 32
CHUNK = 2**20
TAG_BYTES = 16


class Writer:
    """Encrypts what is written to a file; what leaving the block by an error has written does not open."""

    def __init__(self, file: BinaryIO, master: Master) -> None:
        salt = os.urandom(32)
        head = HEAD.pack(MAGIC, VERSION, bytes.fromhex(master.fingerprint), salt)
        file.write(head + _mac(master, salt, head))
        self._file = file
        self._cipher = _cipher(master, salt)
        self._number = 0
        self._held = bytearray()

    def write(self, plain: bytes) -> None:
        """Encrypt bytes; the last chunk is held back until the end."""
        self._held += plain
        while len(self._held) > CHUNK:
            self._write_chunk(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        """Mark the end, if it is one."""
        if kind is None:
            self._write_chunk(bytes(self._held), last=True)

    def _write_chunk(self, plain: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), plain, None))
        self._number += 1


class Reader:
    """Opens an encrypted stream; every byte it returns is authenticated."""

    def __init__(self, file: BinaryIO, keys: KeyFile) -> None:
        self._file = file
        self._cipher = _opened(file, keys)
        self._number = 0
        self._plain = memoryview(b"")
        self._next = file.read(CHUNK + TAG_BYTES)

    def read(self, count: int) -> bytes:
        """Return exactly so many bytes."""
        parts: list[memoryview] = []
        while count:
            if not self._plain:
                self._plain = memoryview(self._chunk())
            parts.append(self._plain[:count])
            self._plain = self._plain[count:]
            count -= len(parts[-1])
        return b"".join(parts)

    def at_end(self) -> bool:
        """Say whether everything has been read."""
        if not self._plain and self._next:
            self._plain = memoryview(self._chunk())
        return not self._plain

    def _chunk(self) -> bytes:
        encrypted, self._next = self._next, self._file.read(CHUNK + TAG_BYTES)
        try:
            plain: bytes = self._cipher.decrypt(_nonce(self._number, last=not self._next), encrypted, None)
        except InvalidTag:
            raise UnreadableBackupError("The backup was cut off or changed. Use another one.") from None
        self._number += 1
        if not plain and self._number > 1:
            raise UnreadableBackupError("The backup holds less than it should. Use another one.")
        return plain


def _opened(file: BinaryIO, keys: KeyFile) -> AESGCM:
    head = file.read(HEAD.size)
    if len(head) < HEAD.size or not head.startswith(MAGIC):
        raise UnreadableBackupError("This is not a backup made by Needlework. Name a file that `backup` has written.")
    _, version, fingerprint, salt = HEAD.unpack(head)
    if version != VERSION:
        raise UnreadableBackupError("The backup was made by a newer version of Needlework. Install that version.")
    master = keys.named(fingerprint.hex())
    if master is None:
        raise UnreadableBackupError(
            f"The backup was made with another key: it needs the key {fingerprint.hex()}, the key file holds "
            f"{keys.master.fingerprint}. Put the key file that belongs to the backup in its place."
        )
    if not hmac.compare_digest(file.read(MAC_BYTES), _mac(master, salt, head)):
        raise UnreadableBackupError("The beginning of the backup was changed. Use another one.")
    return _cipher(master, salt)


def _cipher(master: Master, salt: bytes) -> AESGCM:
    return AESGCM(master.derive("backup", salt))


def _mac(master: Master, salt: bytes, head: bytes) -> bytes:
    return hmac.digest(master.derive("backup head", salt), head, "sha256")


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
