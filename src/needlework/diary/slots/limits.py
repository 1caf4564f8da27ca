"""Limits from above: days on which somebody may, or may not, come. Why is a sentence; the diary knows no more of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Block:
    """Days, from the first to the last, on which nothing can be booked; without a last day, for ever."""

    first: date
    last: date | None
    sentence: str
    online_only: bool = False
    """Staff may book all the same; they see the sentence."""

    def holds(self, day: date) -> bool:
        """Say whether it stands in the way on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Window:
    """The days between which something has to happen; open on the side that names none."""

    first: date | None
    last: date | None
    sentence: str

    def blocks(self) -> tuple[Block, ...]:
        """Return the same as blocks: what lies before it, and what lies after."""
        early = Block(date.min, self.first - timedelta(1), self.sentence) if self.first else None
        late = Block(self.last + timedelta(1), None, self.sentence) if self.last else None
        return tuple(block for block in (early, late) if block)


def standing(blocks: Iterable[Block], day: date) -> Block | None:
    """Return the block that stands longest in the way on a day, None where there is none."""
    found = [block for block in blocks if block.holds(day)]
    return max(found, key=lambda block: block.last or date.max, default=None)
