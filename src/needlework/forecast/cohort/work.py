"""The same pieces of work through any executor.

A piece has a fixed size and its own part of the seed, whoever does it and whenever; what is made of them comes back in
their order.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from typing import NamedTuple, TypeVar

import numpy as np

Asked = TypeVar("Asked")
Done = TypeVar("Done")


class Piece(NamedTuple):
    """How many of something to draw, and the part of the seed to draw them from."""

    number: int
    seed: np.random.SeedSequence


def pieces(number: int, largest: int, seed: int) -> list[Piece]:
    """Return the pieces, none above the largest, that a number of people or of trials is drawn in."""
    sizes = [min(largest, number - start) for start in range(0, number, largest)]
    return [Piece(*one) for one in zip(sizes, np.random.SeedSequence(seed).spawn(len(sizes)), strict=True)]


def done(
    each: Callable[[Asked, Piece], Done], asked: Asked, parts: Sequence[Piece], executor: Executor | None
) -> Iterator[Done]:
    """Yield what `each` makes of every piece, in order: here, or where the executor works."""
    through = executor.map if executor else map
    yield from through(each, [asked] * len(parts), parts)
