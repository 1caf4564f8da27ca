"""What stands in a column of the diary: the ground (working, a break, closed) and what takes up time on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

FREE: Final = "free"
Ground = Literal["free", "break", "off", "away", "closed"]
"""Working time that can be booked; a break in it; no working hours; somebody is away; the clinic is closed."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a column's ground, in minutes of the sheet's axis; `name` says why nobody works."""

    begins: int
    ends: int
    ground: Ground
    name: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that takes up time: an appointment, a hold, or an hour at another clinic.

    `tail_ends` is when the place is clean again; `what` is shown as it is.
    """

    begins: int
    ends: int
    tail_ends: int
    kind: str
    what: Any = None


@dataclass(frozen=True, slots=True)
class Column:
    """One practitioner, room or day: stretches that cover the sheet's window, items, and starts that are offered."""

    key: str
    name: str
    ground: Sequence[Stretch]
    items: Sequence[Item] = ()
    starts: Sequence[int] = ()


def covering(stretches: Iterable[Stretch], begins: int, ends: int) -> list[Stretch]:
    """Return stretches that cover a window without gaps: what is not told is `off`, and later ones lie on top."""
    ground = [Stretch(begins, ends, "off")]
    for stretch in stretches:
        if stretch.begins < ends and stretch.ends > begins:
            ground = _laid_over(
                ground, replace(stretch, begins=max(stretch.begins, begins), ends=min(stretch.ends, ends))
            )
    return ground


def _laid_over(ground: Sequence[Stretch], top: Stretch) -> list[Stretch]:
    before = [replace(each, ends=min(each.ends, top.begins)) for each in ground if each.begins < top.begins]
    after = [replace(each, begins=max(each.begins, top.ends)) for each in ground if each.ends > top.ends]
    return [*before, top, *after]


def within(item: Item, begins: int, ends: int) -> Item:
    """Return an item cut to a span of time that it touches."""
    cut = min(item.ends, ends)
    return replace(item, begins=max(item.begins, begins), ends=cut, tail_ends=min(max(item.tail_ends, cut), ends))
