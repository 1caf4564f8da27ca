"""How far a long work is, where somebody watches."""

import sys
from collections.abc import Iterable
from typing import TypeVar

from tqdm import tqdm

Item = TypeVar("Item")


def watched(items: Iterable[Item], *, unit: str, total: int | None = None) -> Iterable[Item]:
    """Return the same items as they come, with a progress bar on standard error where that is a terminal."""
    return tqdm(items, total=total, unit=unit, file=sys.stderr, disable=None)
