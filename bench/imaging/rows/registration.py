"""How far apart two shots of a face still lie once they are registered, where the simulated re-captures know it.

Two visits of one shot each, the mesh found anew in both. The error is the distance, on the skin, between what the two
maps show at the same pixel of the grid; it is taken within the outline of the mesh, what is not valid included, and
beside it the share that is valid and what the registration itself estimated. The truth is a turned mesh, as smooth as
the mesh; a real face moves otherwise, so that this is the least error to expect.
"""

from functools import partial
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.imaging.nuisances import REPORT, visit
from bench.imaging.people import Person, report, tone_group, typology_degrees
from bench.imaging.recapture import grid, recapture
from bench.imaging.table import Row, Work, by_group, by_person, over_people
from needlework.imaging.arrays import Mask
from needlework.imaging.faces.finding import find
from needlework.imaging.registration.aligning import begin, lay
from needlework.imaging.registration.ground import Ground
from tests.retaken import view

DRAWS = 2
SOME = 25
"""Every which pixel of the working grid is asked."""


class Registered(NamedTuple):
    """One comparison."""

    person: str
    group: str
    error_mm: NDArray[np.float64]
    estimated_mm: NDArray[np.float32]
    valid: float


def rows(work: Work) -> list[Row]:
    """Return the error of all and of each tone group, and how it was estimated."""
    found = work(registered, [(person, draw) for person in report() for draw in range(DRAWS)])
    return [row for group, cases in by_group(found, lambda one: one.group).items() for row in of_group(group, cases)]


def of_group(group: str, cases: list[Registered]) -> list[Row]:
    """Return the rows of some cases."""
    median = of_share(cases, 0.5)
    tail = of_share(cases, 0.95)
    published = "0.40 mm (3D cameras)"
    return [
        Row("registration error, median", wanted="0.05 mm", published=published, group=group, **median),
        Row("registration error, 95th percentile", wanted="0.15 mm", group=group, **tail),
    ]


def of_share(cases: list[Registered], share: float) -> dict[str, Any]:
    """Return what was reached for one quantile of all pixels, and its interval, persons drawn whole."""
    reached = np.quantile(np.concatenate([case.error_mm for case in cases]), share)
    estimated = np.quantile(np.concatenate([case.estimated_mm for case in cases]), share)
    valid = np.mean([case.valid for case in cases])
    errors = by_person(cases, lambda one: one.person, lambda one: one.error_mm)
    low, high = over_people(errors, partial(np.quantile, q=share))
    return {
        "reached": f"{reached:.3f} mm (estimated {estimated:.3f} mm; {valid:.1%} valid)",
        "count": len(cases),
        "interval": f"{low:.3f} to {high:.3f} mm",
    }


def registered(case: tuple[Person, int]) -> Registered:
    """Return the error of one comparison."""
    person, draw = case
    face = find(person.image)[0]
    again = [
        recapture(person.image, face.points, face.mm_per_px, *visit(REPORT, person.number * 200 + 2 * draw + side, 1))
        for side in range(2)
    ]
    views = [view(one.image, find(one.image)[0]) for one in again]
    ground = begin(views)
    laid = lay(views, ground)
    shown = [places_shown(one.origin, own.places) for one, own in zip(again, laid, strict=True)]
    inside = face_outline(ground)
    error_mm = np.linalg.norm(shown[0] - shown[1], axis=-1)[inside] * face.mm_per_px
    estimated_mm = np.maximum(laid[0].error_mm, laid[1].error_mm)[inside]
    valid = (laid[0].valid & laid[1].valid)[inside].mean()
    group = tone_group(typology_degrees(person.image, face.points))
    return Registered(person.name, group, error_mm[::SOME], estimated_mm[::SOME], float(valid))


def places_shown(origin: NDArray[np.float32], places: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return which places of the first photograph are shown at places of a re-capture."""
    # Only how far a pixel moved is looked up: cv2 rounds where it looks to a 32nd of a pixel.
    moved = cv2.remap(origin - grid(origin.shape[:2]), places, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return places + moved


def face_outline(ground: Ground) -> Mask:
    """Return the outline of the mesh on the working grid."""
    mm = (ground.points[:, :2] + 0.5) * ground.grid.mm_per_px
    mask = np.zeros((ground.work.height, ground.work.width), np.uint8)
    outline = cv2.convexHull(np.round(mm / ground.work.mm_per_px - 0.5).astype(np.int32))
    cv2.fillConvexPoly(mask, outline, 1)
    return mask > 0
