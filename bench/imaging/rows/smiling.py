"""Real pairs, neutral and then smiling, of the same minute: the forehead, with no gate for expression.

One shot each, so that the honest error is the wide one. Everybody who smiles is here. The pairs of the calibration's
people set the least error of one shot, so that false alarms are given once more without them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from bench.imaging.cases import Answered, Case, smiled
from bench.imaging.nuisances import REPORT
from bench.imaging.people import people, report
from bench.imaging.table import Row, Work, by_group, by_person, over_people, percent, share
from needlework.imaging.measures.kinds import KINDS, Kind

ZONE = "forehead"


def rows(work: Work) -> list[Row]:
    """Return false "changed", what could be measured and why not, and the spread of each measure."""
    answers = work(smiled, [Case(person, REPORT, 0, 1, zones=(ZONE,)) for person in people() if person.smiling])
    groups = by_group(answers, lambda one: one.group)
    return [
        *(false_alarms("one shot each", group, own) for group, own in groups.items()),
        false_alarms("one shot each, people of no fit", "all", [one for one in answers if one.case.person in report()]),
        *(measurable(group, own) for group, own in groups.items()),
        *(row for kind in KINDS for row in spread(kind, answers)),
    ]


def false_alarms(who: str, group: str, answers: Sequence[Answered]) -> Row:
    """Return how often the forehead is called changed."""
    false = sum(any(change.verdict == "changed" for change in one.changes.values()) for one in answers)
    return Row(
        what=f'neutral to smiling, forehead, {who}: false "changed" per comparison',
        reached=f"{100 * false / len(answers):.1f} %",
        wanted="reported",
        count=len(answers),
        interval=percent(share(false, len(answers))),
        group=group,
    )


def measurable(group: str, answers: Sequence[Answered]) -> Row:
    """Return which share of the measures could be told without a sticker, and why the others could not."""
    changes = [
        change for one in answers for (_, measure), change in one.changes.items() if measure not in {"redness", "tone"}
    ]
    reasons = Counter(change.reason for change in changes if change.change is None)
    told = len(changes) - reasons.total()
    why = "; ".join(f"{count} x {reason}" for reason, count in reasons.most_common())
    return Row(
        what="neutral to smiling, forehead: measures of structure that can be told",
        reached=f"{100 * told / len(changes):.0f} %" + (f" ({why})" if why else ""),
        wanted="reported",
        count=len(changes),
        interval=percent(share(told, len(changes))),
        group=group,
    )


def spread(kind: Kind, answers: Sequence[Answered]) -> Iterator[Row]:
    """Yield the mean and the standard deviation of a measure's changes, where it could be told."""
    changes = by_person(answers, lambda one: one.case.person.name, lambda one: told(one, kind))
    if changes:
        values = np.concatenate(list(changes.values()))
        low, high = over_people(changes, np.std)
        yield Row(
            what=f"neutral to smiling, forehead: spread (SD) of {kind.name} (mean)",
            reached=f"{np.std(values):.2f} ({np.mean(values):+.2f}) {kind.unit}",
            wanted="reported",
            count=len(values),
            interval=f"{low:.2f} to {high:.2f}",
        )


def told(one: Answered, kind: Kind) -> list[float]:
    """Return what a comparison tells of a measure."""
    return [
        change.change for (_, name), change in one.changes.items() if name == kind.name and change.change is not None
    ]
