"""The nearest known word, for a hint beside a refusal."""

from collections.abc import Iterable
from difflib import get_close_matches

LIKE = 0.75
"""How alike two words must be, 0 to 1, before one is offered for the other: a poor guess at a medical word misleads."""


def near(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return a hint that names the nearest known word, or what to say where none is near."""
    found = nearest(word, known)
    return f"Did you mean {found[0]!r}?" if found else otherwise


def nearest(word: str, known: Iterable[str], *, most: int = 1) -> list[str]:
    """Return the known words that are near, the nearest first, at most so many."""
    return get_close_matches(word, list(known), n=most, cutoff=LIKE)
