"""The best days for a course: dynamic programming over days, exact.

Best is, in this order: as few wishes missed as can be; with as few changes of practitioner; on as early days; and where
all that is equal, with whoever stands first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NEVER = 1 << 62
MISS, CHANGE, DAY = 1 << 40, 1 << 32, 1 << 16
"""What a missed wish, a change of practitioner and a day later cost; more of the lesser never make one of the greater,
for 24 sessions within a year and 2 700 practitioners."""

Options = Sequence[Mapping[int, int]]
"""Day by day: who is free, and how many wishes are missed with them at best."""


@dataclass(frozen=True, slots=True)
class Spacing:
    """How many sessions, how far apart, and on which days the first may be; days are counted from the first looked at.

    `before` is who did the session before the first, None where there was none.
    """

    sessions: int
    least_days: int
    most_days: int
    first: range
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """The day of a session, and who does it."""

    day: int
    practitioner: int


@dataclass(frozen=True, slots=True)
class Stuck:
    """Where a course does not fit: which session, from 0, finds no day from `first` to `last`."""

    session: int
    first: int
    last: int


Costs = dict[int, list[int]]
"""Practitioner → what the course costs so far, by the day of its last session, if they do that."""


def propose(options: Options, spacing: Spacing) -> list[Pick] | Stuck:
    """Return the best day and practitioner for each session, or where the course does not fit."""
    order = sorted({who for day in options for who in day})
    layers = [_first(options, spacing, order)]
    for session in range(1, spacing.sessions):
        if stuck := _stuck(layers, spacing, session - 1):
            return stuck
        layers.append(_next(options, spacing, order, layers[-1]))
    return _stuck(layers, spacing, spacing.sessions - 1) or _traced(layers, spacing)


def _own(options: Options, who: int, rank: int) -> list[int]:
    """Return what a session costs by itself, by day."""
    return [day[who] * MISS + number * DAY + rank if who in day else NEVER for number, day in enumerate(options)]


def _first(options: Options, spacing: Spacing, order: list[int]) -> Costs:
    costs = {}
    for rank, who in enumerate(order):
        change = CHANGE if spacing.before not in (None, who) else 0
        own = _own(options, who, rank)
        costs[who] = [cost + change if day in spacing.first and cost < NEVER else NEVER for day, cost in enumerate(own)]
    return costs


def _next(options: Options, spacing: Spacing, order: list[int], last: Costs) -> Costs:
    anyone = _least(list(map(min, *last.values())) if len(last) > 1 else last[order[0]], spacing)
    costs = {}
    for rank, who in enumerate(order):
        same = _least(last[who], spacing)
        own = _own(options, who, rank)
        costs[who] = [
            cost + min(stays, changes + CHANGE) if cost < NEVER and changes < NEVER else NEVER
            for cost, stays, changes in zip(own, same, anyone, strict=True)
        ]
    return costs


def _least(costs: list[int], spacing: Spacing) -> list[int]:
    """Return, by day, the least that any day costs from which that day is within the interval."""
    width, have = spacing.most_days - spacing.least_days + 1, 1
    found = [NEVER] * spacing.most_days + costs
    while have < width:
        step = min(have, width - have)
        found = list(map(min, found, found[step:]))
        have += step
    return found[: len(costs)]


def _stuck(layers: list[Costs], spacing: Spacing, session: int) -> Stuck | None:
    if any(cost < NEVER for costs in layers[session].values() for cost in costs):
        return None
    if not session:
        return Stuck(0, spacing.first.start, spacing.first.stop - 1)
    days = [day for costs in layers[session - 1].values() for day, cost in enumerate(costs) if cost < NEVER]
    return Stuck(session, min(days) + spacing.least_days, max(days) + spacing.most_days)


def _traced(layers: list[Costs], spacing: Spacing) -> list[Pick]:
    """Return the cheapest course, from its last session back to its first."""
    picks = [_cheapest(layers[-1], range(len(next(iter(layers[-1].values())))), None)]
    for costs in reversed(layers[:-1]):
        day = picks[-1].day
        within = range(max(0, day - spacing.most_days), day - spacing.least_days + 1)
        picks.append(_cheapest(costs, within, picks[-1].practitioner))
    return picks[::-1]


def _cheapest(costs: Costs, days: range, after: int | None) -> Pick:
    """Return the cheapest day for a session, by whom the session after it is done."""
    _, day, who = min(
        (own[day] + CHANGE * (after not in (None, who)), day, who) for who, own in costs.items() for day in days
    )
    return Pick(day, who)
