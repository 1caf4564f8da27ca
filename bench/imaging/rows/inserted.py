"""Known changes, put into the second visit: what they read, and how often the 95 % interval holds the truth.

The truth is what the same estimators read between the photographs themselves, the clean one and the changed one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from bench.imaging import inserts
from bench.imaging.cases import Answered, Case, answered, as_it_is
from bench.imaging.nuisances import REPORT
from bench.imaging.people import report
from bench.imaging.table import Row, Work, by_group, by_person, over_people, percent
from needlework.imaging.arrays import Linear, Mask
from needlework.imaging.change.verdicts import Change
from needlework.imaging.faces.face import Face
from needlework.imaging.skin.pigment import MELANIN
from needlework.imaging.zones.outlines import inside, outlines

DRAWS = 2
FIRST = 30
"""The number from which these visits are counted."""
CONTROL = "forehead"
CHEEKS = ("cheek-left", "cheek-right")
EYES = ("periorbital-left", "periorbital-right")
MOUTH = ("perioral-left", "perioral-right")
SPOTS, SPOTS_APART_MM, SPOT_MM = 9, 6.0, 2.5


@dataclass(frozen=True)
class Known:
    """One change of some zones."""

    kind: str
    amount: float
    zones: tuple[str, ...]
    measures: tuple[str, ...]
    """What should tell of it."""

    @property
    def name(self) -> str:
        """What it is, in the table."""
        return f"{self.kind} {SIZES[self.kind].format(self.amount)}"

    def put(self, light: Linear, face: Face) -> Linear:
        """Return light with the change in it."""
        drawn = outlines(face.points)
        mask = inside([drawn[zone] for zone in self.zones], (light.shape[0], light.shape[1]))
        return PUT[self.kind](light, mask, face.mm_per_px, self.amount)


def spotted(light: Linear, mask: Mask, mm_per_px: float, contrast: float) -> Linear:
    """Return light with brown spots in a zone."""
    places = inserts.scattered(mask, mm_per_px, SPOTS, SPOTS_APART_MM, seed=0)
    return inserts.spots(light, mm_per_px, inserts.Spots(places, SPOT_MM, contrast, MELANIN))


PUT = {
    "texture": inserts.texture,
    "wrinkles": inserts.wrinkles,
    "spots": spotted,
    "redness": inserts.redness,
    "tone": inserts.tone,
}
SIZES = {"texture": "x {}", "wrinkles": "x {}", "spots": "of {:.0%}", "redness": "{:+} a*", "tone": "{:+}°"}
SMOOTHER = (
    Known("texture", 0.8, CHEEKS, ("texture", "scars")),
    Known("wrinkles", 0.8, ("forehead", "glabella", *EYES), ("wrinkles",)),
    Known("spots", 0.14, ("chin", *MOUTH), ("spots",)),
)
"""Without a control zone."""
COLOURED = (
    Known("texture", 0.9, CHEEKS[:1], ("texture", "scars")),
    Known("texture", 1.1, CHEEKS[1:], ("texture", "scars")),
    Known("redness", 1.5, ("nose", *MOUTH), ("redness",)),
    Known("tone", -5.0, ("chin", "jaw-left", "jaw-right"), ("tone",)),
)
"""With one."""


@dataclass(frozen=True)
class Read:
    """What was read of a known change in one zone."""

    known: Known
    measure: str
    person: str
    group: str
    found: Change
    true: float
    """In the unit of the measure."""

    @property
    def covered(self) -> bool:
        """Whether the 95 % interval holds the truth."""
        low, high = self.found.interval or (np.nan, np.nan)
        return bool(low <= self.true <= high)


def rows(work: Work) -> list[Row]:
    """Return what was read, the coverage of the intervals, and which changes were found."""
    read = [
        one for changes, control in ((SMOOTHER, None), (COLOURED, CONTROL)) for one in reads(work, changes, control)
    ]
    measures = dict.fromkeys(one.measure for one in read)
    asked = {"all measures": read} | {name: [one for one in read if one.measure == name] for name in measures}
    kinds = dict.fromkeys((one.known, one.measure) for one in read)
    return [
        *readings([one for one in read if one.known == SMOOTHER[0] and one.measure == "texture"]),
        *(row for name, own in asked.items() for row in coverage(name, own)),
        *(told([one for one in read if (one.known, one.measure) == kind]) for kind in kinds),
    ]


def reads(work: Work, changes: Sequence[Known], control: str | None) -> Iterator[Read]:
    """Yield what is read of some changes that were put in together."""
    insert = partial(put_all, changes)
    clean = [Case(person, REPORT, FIRST, insert=insert, control=control) for person in report()]
    taken = [
        Case(person, REPORT, FIRST + number, insert=insert, control=control)
        for person in report()
        for number in range(DRAWS)
    ]
    true = {one.case.person.name: one for one in work(as_it_is, clean)}
    for one in work(answered, taken):
        yield from compared(changes, one, true[one.case.person.name])


def put_all(changes: Sequence[Known], light: Linear, face: Face) -> Linear:
    """Return light with several changes in it."""
    for change in changes:
        light = change.put(light, face)
    return light


def compared(changes: Sequence[Known], one: Answered, true: Answered) -> Iterator[Read]:
    """Yield what was read of every zone in which both the change and its truth could be told."""
    for known in changes:
        for asked in ((zone, measure) for zone in known.zones for measure in known.measures):
            found, truth = one.changes[asked], true.changes[asked].change
            if found.change is not None and truth is not None:
                yield Read(known, asked[1], one.case.person.name, one.group, found, truth)


def whose(one: Read) -> str:
    """Return of whom something was read."""
    return one.person


def readings(read: Sequence[Read]) -> Iterator[Row]:
    """Yield what the insert of the table reads."""
    for group, own in by_group(read, lambda one: one.group).items():
        low, high = over_people(by_person(own, whose, lambda one: [one.found.change or 0.0]))
        yield Row(
            what="an inserted 0.8 x texture in both cheeks reads (between the clean photographs)",
            reached=f"{np.mean([one.found.change for one in own]):.1f} % ({np.mean([one.true for one in own]):.1f})",
            wanted="-23 to -17 %",
            published="-28 % (thresholded indices)",
            count=len(own),
            interval=f"{low:.1f} to {high:.1f} %",
            group=group,
        )


def coverage(name: str, read: Sequence[Read]) -> Iterator[Row]:
    """Yield how often the intervals hold the truth."""
    for group, own in by_group(read, lambda one: one.group).items():
        yield Row(
            what=f"coverage of the 95 % intervals on known changes, {name}",
            reached=f"{100 * np.mean([one.covered for one in own]):.1f} %",
            wanted="93 to 97 %",
            published="none",
            count=len(own),
            interval=percent(over_people(by_person(own, whose, lambda one: [one.covered]))),
            group=group,
        )


def told(read: Sequence[Read]) -> Row:
    """Return how often a change is found among everything that was asked."""
    found = by_person(read, whose, lambda one: [one.found.verdict == "changed"])
    share = np.mean([one.found.verdict == "changed" for one in read])
    mean = np.mean([one.found.change for one in read])
    return Row(
        what=f'{read[0].known.name} is "changed" by {read[0].measure} (reads, mean)',
        reached=f"{100 * share:.0f} % ({mean:.1f})",
        wanted="reported",
        count=len(read),
        interval=percent(over_people(found)),
    )
