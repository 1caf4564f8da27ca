"""Visits between which nothing changed, taken again: false "changed", and the smallest change that would be seen.

All zones of the face, with the forehead as the control zone for colours. A comparison counts as false when it says
"changed" of any zone, the control zone too.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bench.imaging.cases import Answered, Case, answered
from bench.imaging.nuisances import REPORT
from bench.imaging.people import report
from bench.imaging.table import Row, Work, by_group, by_person, over_people, percent, share
from needlework.imaging.change.priors import without_side
from needlework.imaging.change.verdicts import Change
from needlework.imaging.measures.kinds import KINDS, Kind

CONTROL = "forehead"
DRAWS, FEWER_DRAWS = 5, 3
"""Comparisons per person: with two shots a visit, and in each of the other designs."""
FIRST_ALONE = 20
"""The number from which visits of one shot are counted; shots in one light are those of two shots, relit."""
TWO, ALONE, ONE_LIGHT = "2 + 2 shots", "1 + 1", "2 + 2, one light per visit"
WANTED = {("wrinkles", TWO): "5 %", ("texture", TWO): "4 %"}
PUBLISHED = {("wrinkles", TWO): "9 to 17 % (VISIA, one pair)", ("texture", TWO): "5.5 %"}
NORMAL = 1.96


def rows(work: Work) -> list[Row]:
    """Return the rows of all three designs."""
    designs = {
        TWO: [Case(person, REPORT, number, control=CONTROL) for person in report() for number in range(DRAWS)],
        ALONE: fewer(FIRST_ALONE, shots=1),
        ONE_LIGHT: fewer(0, one_light=True),
    }
    return [row for design, cases in designs.items() for row in of_design(design, work(answered, cases))]


def fewer(first: int, *, shots: int = 2, one_light: bool = False) -> list[Case]:
    """Return fewer comparisons of everybody."""
    return [
        Case(person, REPORT, first + number, shots, control=CONTROL, one_light=one_light)
        for person in report()
        for number in range(FEWER_DRAWS)
    ]


def of_design(design: str, answers: Sequence[Answered]) -> Iterator[Row]:
    """Yield false alarms and detectable changes, for all and by measured tone group."""
    groups = by_group(answers, lambda one: one.group)
    yield from (false_alarms(design, group, own) for group, own in groups.items())
    for kind in KINDS:
        yield from (detectable(design, kind, group, own) for group, own in groups.items() if told(own, kind))
        if (kind.name, design) in WANTED:
            yield by_zone(design, kind, answers)


def false_alarms(design: str, group: str, answers: Sequence[Answered]) -> Row:
    """Return how often a comparison calls something changed."""
    false = sum(any(change.verdict == "changed" for change in one.changes.values()) for one in answers)
    return Row(
        what=f'false "changed" per comparison of unchanged visits, {design}',
        reached=f"{100 * false / len(answers):.1f} %",
        wanted="reported" if design == ONE_LIGHT else "at most 5 %",
        published="none",
        count=len(answers),
        interval=percent(share(false, len(answers))),
        group=group,
    )


def detectable(design: str, kind: Kind, group: str, answers: Sequence[Answered]) -> Row:
    """Return the smallest detectable change of a measure over all zones: as it turned out, and as it was stated."""
    changes = by_person(
        answers, lambda one: one.case.person.name, lambda one: [change.change or 0.0 for change in told([one], kind)]
    )
    stated = [change.smallest_detectable_change or 0.0 for change in told(answers, kind)]
    low, high = over_people(changes, smallest)
    return Row(
        what=f"smallest detectable change of {kind.name}, {design}: 1.96 SD (as stated, mean)",
        reached=f"{smallest(np.concatenate(list(changes.values()))):.2f} ({np.mean(stated):.2f}) {kind.unit}",
        wanted=WANTED.get((kind.name, design), "reported"),
        published=PUBLISHED.get((kind.name, design), "–"),
        count=len(stated),
        interval=f"{low:.2f} to {high:.2f}",
        group=group,
    )


def by_zone(design: str, kind: Kind, answers: Sequence[Answered]) -> Row:
    """Return the smallest detectable change of a measure in each zone, sides together, the smallest first."""
    changes: dict[str, list[float]] = {}
    for one in answers:
        for (zone, measure), change in one.changes.items():
            if measure == kind.name and change.change is not None:
                changes.setdefault(without_side(zone), []).append(change.change)
    found = sorted((smallest(np.array(own)), zone) for zone, own in changes.items())
    return Row(
        what=f"the same of {kind.name}, {design}, by zone",
        reached=", ".join(f"{zone} {value:.1f}" for value, zone in found),
        wanted="reported",
        count=sum(map(len, changes.values())),
    )


def told(answers: Sequence[Answered], kind: Kind) -> list[Change]:
    """Return every change of a measure that could be told."""
    return [
        change
        for one in answers
        for (_, measure), change in one.changes.items()
        if measure == kind.name and change.change is not None
    ]


def smallest(changes: NDArray[np.float64]) -> float:
    """Return what 95 of 100 changes of unchanged skin stay below, if they are normal."""
    return NORMAL * float(np.sqrt(np.mean(changes**2)))
