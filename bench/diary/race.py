"""64 people at once for one slot, 60 rounds, each a process of its own: who gets it, what the others hear, how soon.

Asked: exactly one winner in every round, no deadlock, the slowest answer within a second. They come through the
operations: booking at one time ("equal"), at times 15 minutes apart ("overlapping"), holding and confirming, and all at
once with moving and overbooking ("mixed"), where whoever overbooks may keep all others out.
"""

from collections import Counter
from collections.abc import Iterator
from statistics import median

from bench.forecast.table import Row
from bench.writers import home
from tests import racing
from tests.racing import Tried

PEOPLE, ROUNDS = 64, 60


def rows() -> Iterator[Row]:
    """Yield the rows of every kind of race on both databases."""
    for database in ("SQLite", "PostgreSQL"):
        with home(database) as own:
            tried = racing.run(PEOPLE, ROUNDS, list(racing.KINDS), own)
        for kind in racing.KINDS:
            yield from _rows(f"race {kind}, {database}", kind, [one for one in tried if one.kind == kind])


def _rows(what: str, kind: str, tried: list[Tried]) -> Iterator[Row]:
    won = Counter(one.round for one in tried if one.outcome == racing.WON)
    winners = Counter(won[number] for number in range(ROUNDS))
    outcomes = ", ".join(f"{many} × {outcome}" for outcome, many in Counter(one.outcome for one in tried).most_common())
    locked = sum(one.outcome == "OperationalError" for one in tried)
    waits = sorted(1000 * one.seconds for one in tried)
    at_most = "at most 1" if kind == "mixed" else "1"
    shared = ", ".join(f"{count} in {rounds} rounds" for count, rounds in sorted(winners.items()))
    yield Row(f"{what}: winners", shared, at_most, outcomes)
    yield Row(f"{what}: deadlocks, and waits that the database gave up", str(locked), "0")
    spread = f"median {median(waits):.0f}, 99th of 100 {waits[int(0.99 * (len(waits) - 1))]:.0f} ms"
    yield Row(f"{what}: slowest", f"{waits[-1]:.0f} ms", "1000 ms", spread)
