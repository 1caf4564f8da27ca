"""Zones in words."""

ADJECTIVES = ("periorbital", "perioral")


def in_words(zone: str) -> str:
    """Return a zone as it stands in a sentence.

    >>> in_words("cheek-left"), in_words("perioral-right"), in_words("upper-lip")
    ('the left cheek', 'the right perioral zone', 'the upper lip')
    """
    *name, side = zone.split("-")
    part = " ".join([side, *name] if side in ("left", "right") else [*name, side])
    return f"the {part} zone" if name and name[0] in ADJECTIVES else f"the {part}"
