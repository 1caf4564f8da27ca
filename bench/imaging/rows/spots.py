"""New brown spots of 2 mm, put all over a face before the second of two visits of two shots.

A spot is found when a new one is told within `NEAR_MM` of it. Spots on skin that was left out, as under hair, are not
counted; whatever else is told to be new or gone is false.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import RBFInterpolator
from scipy.spatial.distance import cdist

from bench.imaging import inserts
from bench.imaging.cases import Case, group, known_face, visits
from bench.imaging.nuisances import REPORT
from bench.imaging.people import Person, report
from bench.imaging.table import Row, Work, by_group, by_person, over_people, percent
from needlework.imaging.arrays import Linear, Mask, Points
from needlework.imaging.faces.face import Face
from needlework.imaging.measures.asking import Visits
from needlework.imaging.measures.estimate import Unmeasured
from needlework.imaging.skin.pigment import MELANIN
from needlework.imaging.zones.outlines import inside, outlines

NUMBER = 60
"""Of the visits: others than those of any other row."""
SPOTS, APART_MM, DIAMETER_MM, NEAR_MM = 24, 10.0, 2.0, 1.5
CONTRASTS = (0.035, 0.07, 0.14)


class Looked(NamedTuple):
    """What was told of one face."""

    person: str
    group: str
    found: list[bool]
    """Of each spot that could be seen."""
    false: int


def rows(work: Work) -> list[Row]:
    """Return which share is found at each contrast, and how many are false."""
    return [row for contrast in CONTRASTS for row in at(contrast, work(partial(looked, contrast), report()))]


def at(contrast: float, faces: Sequence[Looked]) -> Iterator[Row]:
    """Yield what is found at a contrast, for all and by measured tone group."""
    asked = contrast == 0.07
    for name, own in by_group(faces, lambda one: one.group).items():
        found = by_person(own, lambda one: one.person, lambda one: one.found)
        every = np.concatenate(list(found.values()))
        yield Row(
            what=f"new spots of {DIAMETER_MM:.0f} mm, {contrast:.1%} darker, found; false per face",
            reached=f"{100 * every.mean():.1f} %; {np.mean([one.false for one in own]):.2f}",
            wanted="95 %; 1" if asked else "reported",
            count=len(every),
            interval=percent(over_people(found)),
            group=name,
        )


def looked(contrast: float, person: Person) -> Looked:
    """Look for the spots that were put into somebody's face."""
    face, case = known_face(person), Case(person, REPORT, NUMBER, insert=partial(spotted, contrast))
    seen = Visits.of(*visits(case), zones=case.zones, control=None)
    if isinstance(seen.spots, Unmeasured) or seen.stack.points is None:
        return Looked(person.name, group(person), [False] * SPOTS, 0)
    true = on_the_grid(places(face, person.image.shape[:2]), face.points, seen.stack.points)
    told = np.array([[spot.x, spot.y] for spot in seen.spots.all if spot.seen == "new"]).reshape(-1, 2)
    near: Mask = cdist(true, told) * seen.stack.mm_per_px < NEAR_MM
    gone = sum(spot.seen == "gone" for spot in seen.spots.all)
    visible = skin(seen)[tuple(np.rint(true[:, ::-1]).astype(int).T)]
    return Looked(
        person.name,
        group(person),
        found=[bool(one.any()) for one in near[visible]],
        false=gone + int(np.count_nonzero(~near.any(axis=0))),
    )


def spotted(contrast: float, light: Linear, face: Face) -> Linear:
    """Return light with all spots in it."""
    added = inserts.Spots(places(face, light.shape[:2]), DIAMETER_MM, contrast, MELANIN)
    return inserts.spots(light, face.mm_per_px, added)


def places(face: Face, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Return where the spots of a face lie in its photograph."""
    whole = inside(outlines(face.points).values(), (shape[0], shape[1]))
    return inserts.scattered(whole, face.mm_per_px, SPOTS, APART_MM, seed=0)


def on_the_grid(at_first: NDArray[np.float64], first: Points, grid: Points) -> NDArray[np.float64]:
    """Return places of a photograph on the grid, by the mesh on both."""
    return np.asarray(RBFInterpolator(first[:, :2], grid[:, :2], neighbors=20, smoothing=1.0)(at_first))


def skin(seen: Visits) -> Mask:
    """Return the pixels of all zones that were measured."""
    return np.asarray(np.stack(list(seen.measurable.values())).any(axis=0))
