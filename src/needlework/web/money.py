"""Money as people write it: held everywhere in whole pence, shown and typed in pounds."""

import re

WRITTEN = re.compile(r"£?\s*([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(?:\.([0-9]{2}))?")
MINUS = "−"


def pounds(pence: int) -> str:
    """Write an amount in full: £1,045.00, or −£5.00."""
    return f"{MINUS if pence < 0 else ''}£{abs(pence) // 100:,}.{abs(pence) % 100:02}"


def pence(written: str) -> int:
    """Return the pence of an amount as people type it: 45, 45.00, £1,045.00; raise ValueError for anything else."""
    found = WRITTEN.fullmatch(written.strip())
    if found is None:
        raise ValueError(f"{written!r} is no amount of money")
    return int(found[1].replace(",", "")) * 100 + int(found[2] or 0)
