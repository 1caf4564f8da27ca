"""A day as one whole number: bit n stands for the five minutes that begin 5 n minutes after the day does."""

from collections.abc import Iterator

STEP = 5
"""Minutes that one bit stands for."""


def touched(begins: int, ends: int) -> int:
    """Return the bits that a span of minutes touches, from `begins` (0 or later) until before `ends`."""
    return (1 << -(-ends // STEP)) - (1 << begins // STEP)


def filled(begins: int, ends: int) -> int:
    """Return the bits that lie wholly within a span of minutes, from `begins` (0 or later) until `ends`."""
    low, high = -(-begins // STEP), ends // STEP
    return (1 << high) - (1 << low) if high > low else 0


def steps(minutes: int) -> int:
    """Return how many bits so many minutes take."""
    return -(-minutes // STEP)


def runs(bits: int, count: int) -> int:
    """Return the bits at which `count` bits in a row begin.

    >>> f"{runs(0b0111_1011, 3):b}"
    '11000'
    """
    have = 1
    while have < count and bits:
        step = min(have, count - have)
        bits &= bits >> step
        have += step
    return bits


def before(bits: int, count: int) -> int:
    """Return the bits from which a run of `count` would touch one of these.

    >>> f"{before(0b1000_0000, 3):b}"
    '11100000'
    """
    have = 1
    while have < count and bits:
        step = min(have, count - have)
        bits |= bits >> step
        have += step
    return bits


def each(bits: int) -> Iterator[int]:
    """Return the places of the bits that are set, the lowest first."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def room_around(bits: int, place: int) -> int:
    """Return how many bits are clear around a clear place of a day: the fewer, the tighter the gap."""
    below, above = bits & ((1 << place) - 1), bits >> place
    until = (above & -above).bit_length() - 1 if above else 300 - place
    return place - below.bit_length() + until
