"""Lays columns out as the rows and cells of one table."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import Any

from needlework.diary.sheets.blocks import FREE, Column, Item
from needlework.diary.sheets.lanes import Cluster, clusters

START = "start"
HEIGHTS = {5: 0.2, 10: 0.125, 15: 0.1, 20: 0.08, 30: 0.075, 60: 0.06}
"""Minutes of the grid → how high a minute is drawn, in rem: what diary.css says as --minute."""
LINE = 1.2
"""How high a line of words is, in rem."""
Label = Callable[[int], str]


@dataclass(slots=True)
class Cell:
    """One cell: from when until when, over how many rows and lanes, and what it shows."""

    kind: str
    begins: int
    ends: int
    column: int
    lanes: int = 1
    name: str = ""
    what: Any = None
    rows: int = 1
    lines: int = 1
    """How many lines of words it has room for, from 1 to 3."""
    since: str = ""
    until: str = ""


@dataclass(slots=True)
class Row:
    """One row; `label` and `grid_rows` where a step of the grid begins, so that the clock's cell covers all of it."""

    begins: int
    minutes: int
    cells: list[Cell] = field(default_factory=list)
    label: str = ""
    grid_rows: int = 0
    now: int | None = None
    """In which fifth of this step the clock stands now, from 0."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: how many lanes and items it has, and from when it is free next."""

    key: str
    name: str
    number: int
    lanes: int
    items: int
    free_from: int | None
    free: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the diary."""

    heads: list[Head]
    rows: list[Row]
    grid: int


def lay_out(columns: Sequence[Column], *, grid: int, label: Label, now: int | None = None) -> Sheet:
    """Return the table of some columns, at least one, whose grounds cover the same window.

    A row begins wherever the grid steps or something begins or ends, so that nothing is drawn longer than it is.
    """
    taken = [list(clusters(column.items)) for column in columns]
    lanes = [max((len(cluster.lanes) for cluster in own), default=1) for own in taken]
    drawn = [list(_cells(*each)) for each in zip(columns, range(1, len(columns) + 1), taken, lanes, strict=True)]
    steps = range(columns[0].ground[0].begins, columns[0].ground[-1].ends, grid)
    after = steps.start if now is None else now + -now % grid
    free = [next(_free(cells, grid, after), None) for cells in drawn]
    heads = [
        Head(column.key, column.name, number, width, len(column.items), begins, "" if begins is None else label(begins))
        for number, (column, width, begins) in enumerate(zip(columns, lanes, free, strict=True), start=1)
    ]
    return Sheet(heads, _rows(list(chain.from_iterable(drawn)), steps, label, now), grid)


def _rows(cells: Sequence[Cell], steps: range, label: Label, now: int | None) -> list[Row]:
    """Return the rows, each with the cells that begin in it."""
    edges = sorted({*steps, *(cell.begins for cell in cells), *(cell.ends for cell in cells)})
    rows = [Row(begins, ends - begins) for begins, ends in pairwise(edges)]
    at = {edge: number for number, edge in enumerate(edges)}
    for cell in cells:
        cell.rows = at[cell.ends] - at[cell.begins]
        cell.lines = lines(cell.ends - cell.begins, steps.step)
        if cell.what is None:
            cell.since, cell.until = label(cell.begins), label(cell.ends)
        rows[at[cell.begins]].cells.append(cell)
    for step in steps:
        first = rows[at[step]]
        first.label, first.grid_rows = label(step), at.get(step + steps.step, len(rows)) - at[step]
        if now is not None and step <= now < step + steps.step:
            first.now = 5 * (now - step) // steps.step
    return rows


def lines(minutes: int, grid: int) -> int:
    """Return how many lines of words fit into some minutes on paper of a grid: one at least, three at most."""
    return max(1, min(3, int(minutes * HEIGHTS[grid] / LINE)))


def _free(cells: Sequence[Cell], grid: int, after: int) -> Iterator[int]:
    """Yield from when a column is free for a step of the grid, or where a start is offered, not before a minute."""
    for cell in cells:
        begins = max(cell.begins, after)
        if (cell.kind == START and begins == cell.begins) or (cell.kind == FREE and begins + grid <= cell.ends):
            yield begins


def _cells(column: Column, number: int, taken: Sequence[Cluster], lanes: int) -> Iterator[Cell]:
    """Return the cells of a column in order of time, and from its first lane to its last."""
    begins, end = column.ground[0].begins, column.ground[-1].ends
    for cluster in taken:
        yield from _ground(column, number, begins, cluster.begins, lanes)
        yield from _cluster(cluster, number, lanes)
        begins = cluster.ends
    yield from _ground(column, number, begins, end, lanes)


def _ground(column: Column, number: int, begins: int, ends: int, lanes: int) -> Iterator[Cell]:
    for stretch in column.ground:
        first, last = max(stretch.begins, begins), min(stretch.ends, ends)
        if first >= last:
            continue
        if stretch.ground != FREE:
            yield Cell(stretch.ground, first, last, number, lanes, stretch.name)
            continue
        starts = [start for start in column.starts if first <= start < last]
        for one, following in pairwise(sorted({first, *starts, last})):
            yield Cell(START if one in starts else FREE, one, following, number, lanes, column.key)


def _cluster(cluster: Cluster, number: int, lanes: int) -> Iterator[Cell]:
    """Return the cells of what overlaps: the last lane takes the width that is left."""
    for place, lane in enumerate(cluster.lanes):
        is_last = place == len(cluster.lanes) - 1
        width = lanes - place if is_last else 1
        begins = cluster.begins
        for item in lane:
            yield from _gap(begins, item.begins, number, width)
            yield from _item(item, number, width)
            begins = item.tail_ends
        yield from _gap(begins, cluster.ends, number, width)


def _gap(begins: int, ends: int, number: int, width: int) -> Iterator[Cell]:
    if begins < ends:
        yield Cell("gap", begins, ends, number, width)


def _item(item: Item, number: int, width: int) -> Iterator[Cell]:
    yield Cell(item.kind, item.begins, item.ends, number, width, what=item.what)
    if item.tail_ends > item.ends:
        yield Cell("tail", item.ends, item.tail_ends, number, width)
