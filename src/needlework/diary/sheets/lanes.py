"""Puts what overlaps side by side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from needlework.diary.sheets.blocks import Item


@dataclass(frozen=True, slots=True)
class Cluster:
    """Items that overlap one another, in lanes: within a lane they follow one another."""

    begins: int
    ends: int
    lanes: list[list[Item]]


def clusters(items: Iterable[Item]) -> Iterator[Cluster]:
    """Return the items in order, those that overlap together, each in the first lane that is free by then."""
    gathered: list[Item] = []
    ends = 0
    for item in sorted(items, key=lambda each: (each.begins, -each.ends, each.kind)):
        if gathered and item.begins >= ends:
            yield _cluster(gathered, ends)
            gathered, ends = [], 0
        gathered.append(item)
        ends = max(ends, item.tail_ends)
    if gathered:
        yield _cluster(gathered, ends)


def _cluster(items: list[Item], ends: int) -> Cluster:
    lanes: list[list[Item]] = []
    for item in items:
        free = next((lane for lane in lanes if lane[-1].tail_ends <= item.begins), None)
        if free is None:
            lanes.append([item])
        else:
            free.append(item)
    return Cluster(items[0].begins, ends, lanes)
