"""The ground of one column on one day: hours, breaks, absences and closures, each by its name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import time

from needlework.diary.sheets.blocks import FREE, Stretch
from needlework.diary.slots.clock import Days, reached
from needlework.diary.slots.working import Hours


@dataclass(frozen=True, slots=True)
class Away:
    """When somebody is away, or a room out of use, in minutes since 1970."""

    begins: int
    ends: int
    reason: str


def week(days: Days, index: int, hours: Iterable[Hours]) -> Iterator[Stretch]:
    """Return the stretches in which somebody works on a day of their week, with the breaks between."""
    day, zone = days.days[index], days.zone
    for one in hours:
        if one.weekday != day.weekday() or not one.hold(day):
            continue
        yield Stretch(reached(day, one.opens, zone), reached(day, one.closes, zone), FREE)
        if one.break_starts and one.break_ends:
            yield Stretch(reached(day, one.break_starts, zone), reached(day, one.break_ends, zone), "break", "Break")


def changed(days: Days, index: int, differs: tuple[time, time] | None) -> Iterator[Stretch]:
    """Return the stretch in which somebody works on a day that differs from their week; none where they do not."""
    if differs:
        begins, ends = (reached(days.days[index], clock, days.zone) for clock in differs)
        yield Stretch(begins, ends, FREE)


def closed(days: Days, index: int, why: str) -> Stretch:
    """Return the stretch of a whole day on which the clinic is closed."""
    return Stretch(days.begins[index], days.begins[index + 1], "closed", why or "Closed")


def away(absences: Iterable[Away]) -> Iterator[Stretch]:
    """Return the stretches in which somebody is away."""
    return (Stretch(one.begins, one.ends, "away", one.reason or "Away") for one in absences)


def union(columns: Iterable[Sequence[Stretch]]) -> list[Stretch]:
    """Return when at least one of several works: rooms are in use while somebody is there."""
    spans = sorted((one.begins, one.ends) for column in columns for one in column if one.ground == FREE)
    joined: list[tuple[int, int]] = []
    for begins, ends in spans:
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(ends, joined[-1][1]))
        else:
            joined.append((begins, ends))
    return [Stretch(begins, ends, FREE) for begins, ends in joined]
