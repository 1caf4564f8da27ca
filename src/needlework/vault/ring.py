"""The data keys that this process holds unwrapped, and which of them encrypts."""

import os
from dataclasses import dataclass
from functools import partial
from time import monotonic

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import IntegrityError, transaction

from needlework.vault import keys
from needlework.vault.errors import KeyFileError, UnreadableValueError
from needlework.vault.models import DataKey

REMEMBERED_SECONDS = 5.0
"""For so long a process goes on encrypting with the data key it knows: a rotation waits for it."""

NONCE_BYTES = 12


@dataclass(frozen=True)
class Current:
    """The data key that encrypts, until this process asks the database again."""

    version: int
    cipher: AESGCM
    until: float


@dataclass
class Ring:
    """What this process remembers."""

    ciphers: dict[int, AESGCM]
    uncommitted: set[int]
    current: Current | None = None


_ring = Ring({}, set())


def current() -> tuple[int, AESGCM]:
    """Return the data key that encrypts: its version and its cipher. The first one is made when first asked for."""
    known = _ring.current
    if known and monotonic() < known.until:
        return known.version, known.cipher
    row = _in_force() or _make_first()
    cipher = _ring.ciphers[row.version] = unwrap(row)
    if row.version in _ring.uncommitted:
        # Whoever makes a key in a transaction may still roll it back: nobody may count on it before it is committed.
        transaction.on_commit(partial(_remember, row.version, cipher))
    else:
        _remember(row.version, cipher)
    return row.version, cipher


def held(version: int) -> AESGCM:
    """Return a data key's cipher, from memory if it can."""
    return _ring.ciphers.get(version) or fetched(version)


def fetched(version: int) -> AESGCM:
    """Return a data key's cipher from the database."""
    row = DataKey.objects.filter(version=version).first()
    if row is None:
        raise UnreadableValueError(f"There is no data key {version}: its values cannot be opened. Restore a backup.")
    cipher = _ring.ciphers[version] = unwrap(row)
    return cipher


def forget() -> None:
    """Drop all that is remembered."""
    _ring.ciphers.clear()
    _ring.uncommitted.clear()
    _ring.current = None


def make(version: int) -> DataKey:
    """Make a data key and keep it wrapped; from its commit on it encrypts."""
    if transaction.get_connection().in_atomic_block:
        _ring.uncommitted.add(version)
    secret = AESGCM.generate_key(bit_length=256)
    row = DataKey(version=version, **wrapping(version, secret, keys.read(settings.HOME.key_file).master))
    row.save(force_insert=True)
    return row


def require_key() -> None:
    """Refuse a key file that does not open every data key of this database."""
    for row in DataKey.objects.all():
        unwrap(row)


def wrapping(version: int, secret: bytes, master: keys.Master) -> dict[str, object]:
    """Return the columns that hold a data key wrapped by a master key."""
    nonce = os.urandom(NONCE_BYTES)
    wrapped = nonce + AESGCM(master.derive("data keys")).encrypt(nonce, secret, _place(version))
    return {"wrapped": wrapped, "master": master.fingerprint}


def unwrap(row: DataKey) -> AESGCM:
    """Return the cipher of a data key."""
    return AESGCM(unwrapped(row, keys.read(settings.HOME.key_file)))


def unwrapped(row: DataKey, file: keys.KeyFile) -> bytes:
    """Return a data key itself."""
    master = file.named(row.master)
    if master is None:
        raise KeyFileError(
            f"The key file {settings.HOME.key_file} does not belong to this database: "
            f"it needs the key {row.master}, the file holds {file.master.fingerprint}. Put back the right key file."
        )
    nonce, encrypted = bytes(row.wrapped[:NONCE_BYTES]), bytes(row.wrapped[NONCE_BYTES:])
    try:
        return AESGCM(master.derive("data keys")).decrypt(nonce, encrypted, _place(row.version))
    except InvalidTag:
        raise UnreadableValueError(f"Data key {row.version} was changed in the database. Restore a backup.") from None


def _in_force() -> DataKey | None:
    return DataKey.objects.filter(retired_at=None).order_by("-version").first()


def _make_first() -> DataKey:
    try:
        with transaction.atomic():
            return make(1)
    except IntegrityError:  # another process was first
        return DataKey.objects.get(version=1)


def _remember(version: int, cipher: AESGCM) -> None:
    _ring.uncommitted.discard(version)
    _ring.current = Current(version, cipher, monotonic() + REMEMBERED_SECONDS)


def _place(version: int) -> bytes:
    return f"data-key:{version}".encode()
