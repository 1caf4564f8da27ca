"""The rows of the table, and the intervals in it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from scipy.stats import binomtest

from bench.imaging.people import TONE_GROUPS

Item = TypeVar("Item")
Answer = TypeVar("Answer")
Interval = tuple[float, float]
DRAWS = 2_000


class Work(Protocol):
    """Does the same with many items, perhaps in several processes, and keeps their order."""

    def __call__(self, each: Callable[[Item], Answer], items: Iterable[Item], /) -> list[Answer]: ...


@dataclass(frozen=True)
class Row:
    """One figure."""

    what: str
    reached: str
    """With its unit; or why it is not there."""
    wanted: str
    """What is asked for at least; `reported` where the figure alone is of interest."""
    published: str = "–"
    count: int = 0
    """How many comparisons (or zones, spots, …, as `what` says) it was taken from."""
    interval: str = ""
    """95 %, in the unit of `reached`."""
    group: str = "all"
    """The measured tone group, or `all`."""


def by_group(cases: Iterable[Item], group: Callable[[Item], str]) -> dict[str, list[Item]]:
    """Return all cases under `all`, and those of each measured tone group, lightest first, under its name."""
    found: dict[str, list[Item]] = {name: [] for name in ("all", *TONE_GROUPS)}
    for case in cases:
        found["all"].append(case)
        found[group(case)].append(case)
    return {name: own for name, own in found.items() if own}


def by_person(
    cases: Iterable[Item], person: Callable[[Item], str], values: Callable[[Item], Iterable[float]]
) -> dict[str, list[float]]:
    """Return the values of cases, each person's together, of those who have any."""
    found: dict[str, list[float]] = {}
    for case in cases:
        found.setdefault(person(case), []).extend(values(case))
    return {name: own for name, own in found.items() if own}


def share(found: int, count: int) -> Interval:
    """Return the exact (Clopper-Pearson) 95 % interval of a share whose cases do not depend on each other."""
    interval = binomtest(found, count).proportion_ci(method="exact")
    return float(interval.low), float(interval.high)


def over_people(
    values: Mapping[str, Sequence[float]],
    statistic: Callable[[np.ndarray], float] = lambda all_values: all_values.mean(),
) -> Interval:
    """Return the 95 % bootstrap interval of a statistic of all values, persons drawn whole.

    For values of which one person gives several: they go together, and counting them as single cases would make the
    interval too narrow.
    """
    chance, people = np.random.default_rng(0), [np.asarray(own, float) for own in values.values()]
    drawn = chance.integers(len(people), size=(DRAWS, len(people)))
    low, high = np.quantile([statistic(np.concatenate([people[i] for i in draw])) for draw in drawn], (0.025, 0.975))
    return float(low), float(high)


def percent(interval: Interval) -> str:
    """Return an interval of shares as the table shows it."""
    return f"{interval[0] * 100:.1f} to {interval[1] * 100:.1f} %"


def heading() -> str:
    """Return the first two lines of the table, in Markdown."""
    return "| what | group | reached | 95 % interval | n | at least | published |\n|---|---|---|---|---|---|---|"


def line(row: Row) -> str:
    """Return a row as a line of the table."""
    cells = (row.what, row.group, row.reached, row.interval, str(row.count or ""), row.wanted, row.published)
    return f"| {' | '.join(cells)} |"
