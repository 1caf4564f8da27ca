"""The interval of a share that was counted: of studies within a band, of trials that tell two protocols apart."""

from scipy.special import betaincinv

LEVEL = 0.95


def interval(found: int, of: int) -> tuple[float, float]:
    """Return the exact 95 % interval of a share: `found` of `of` (Clopper & Pearson 1934 Biometrika 26:404).

    >>> low, high = interval(4, 6)
    >>> round(low, 4), round(high, 4)
    (0.2228, 0.9567)
    """
    tail = (1 - LEVEL) / 2
    low = float(betaincinv(found, of - found + 1, tail)) if found else 0.0
    high = float(betaincinv(found + 1, of - found, 1 - tail)) if found < of else 1.0
    return low, high
