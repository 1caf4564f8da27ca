"""Which share of the zones of a well-lit frontal face can be measured, with one shot at each visit.

A zone counts where its texture can be told: what no measure can see it cannot see either. The pairs are photographs
taken again; beside them, for information, the real pairs from neutral to smiling, whatever the expression.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from bench.imaging.cases import Answered, Case, answered, smiled
from bench.imaging.nuisances import REPORT
from bench.imaging.people import people, report
from bench.imaging.table import Row, Work, by_group, by_person, over_people, percent

NUMBER = 40
"""Of the visits: others than those of any other row."""
MEASURE = "texture"
REASONS = 2
"""So many of the most common ones are told."""


def rows(work: Work) -> list[Row]:
    """Return the share of zones, for pairs of either kind."""
    again = work(answered, [Case(person, REPORT, NUMBER, 1) for person in report()])
    smiling = work(smiled, [Case(person, REPORT, NUMBER, 1) for person in people() if person.smiling])
    return [
        *shares("a frontal pair, one shot each: zones that can be measured", "at least 70 %", again),
        *shares("neutral to smiling, one shot each: zones that can be measured", "reported", smiling),
    ]


def shares(what: str, wanted: str, answers: Sequence[Answered]) -> Iterator[Row]:
    """Yield the share of zones that can be measured, and the most common reasons why others cannot."""
    for group, own in by_group(answers, lambda one: one.group).items():
        found = by_person(own, lambda one: one.case.person.name, told)
        values = np.concatenate(list(found.values()))
        yield Row(
            what=what,
            reached=f"{100 * values.mean():.0f} %{why_not(own) if group == 'all' else ''}",
            wanted=wanted,
            count=len(values),
            interval=percent(over_people(found)),
            group=group,
        )


def told(one: Answered) -> list[float]:
    """Return 1 for each zone that can be measured, 0 for each other."""
    return [float(change.change is not None) for (_, name), change in one.changes.items() if name == MEASURE]


def why_not(answers: Sequence[Answered]) -> str:
    """Return why zones cannot be measured, sides together."""
    reasons = Counter(
        str(change.reason).replace(" left", "").replace(" right", "")
        for one in answers
        for (_, name), change in one.changes.items()
        if name == MEASURE and change.change is None
    )
    return "".join(f"; {count} x {reason}" for reason, count in reasons.most_common(REASONS))
