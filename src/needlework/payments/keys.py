"""Keys of entries that follow from something else: worked out from it, so that following it twice writes once."""

from uuid import UUID, uuid5

SPACE = UUID("5d1f2a4e-6c0b-4a86-9d0e-3b5f7f1c2a90")


def key_of(what: str) -> UUID:
    """Return the key of the entry that follows from something, such as "charge of appointment:…"."""
    return uuid5(SPACE, what)
