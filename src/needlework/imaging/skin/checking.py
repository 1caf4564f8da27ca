"""A small check that anybody can run: skin of known truth is rendered, photographed, measured and held against it.

Each case is two visits of two photographs of the same patch with the sticker on it, from slightly different places
and under other exposure, cast and noise, and goes the whole way that photographs of a body go.
"""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import numpy as np

from needlework.imaging.change.verdicts import Change
from needlework.imaging.comparison import compare
from needlework.imaging.shots import Shot, Source
from needlework.imaging.skin import features
from needlework.imaging.skin.camera import Camera, photograph
from needlework.imaging.skin.fields import Extent
from needlework.imaging.skin.patch import Skin, render
from needlework.imaging.skin.scene import Stance, seen, with_sticker

ZONE = "abdomen"
EXTENT = Extent(640, 640, 0.15)
"""Ten centimetres on either side: the sticker, and skin around it."""
STICKER_MM = (18.0, 4.0)
SHOTS = 2
BASE = Skin(
    seed=4,
    extent=EXTENT,
    wrinkles=features.wrinkles(4, EXTENT, 6),
    scars=features.scars(4, EXTENT, 14),
    spots=features.spots(4, EXTENT, 4),
)
MARKED = Skin(seed=5, extent=EXTENT, striae=features.striae(5, EXTENT, 7))
FEWER = 0.7


@dataclass(frozen=True)
class Case:
    """One known change, and which measure should tell of it."""

    name: str
    before: Skin
    after: Skin
    measure: str
    true: float
    """In the measure's unit; 0 where nothing was changed."""


CASES = (
    Case("nothing changed", BASE, BASE, "texture", 0.0),
    Case("wrinkles", BASE, replace(BASE, wrinkles=features.deeper(BASE.wrinkles, FEWER)), "wrinkles", -30.0),
    Case("texture", BASE, replace(BASE, texture=0.8), "texture", -20.0),
    Case("scars", BASE, replace(BASE, scars=features.deeper(BASE.scars, FEWER)), "scars", -30.0),
    Case("stretch marks", MARKED, replace(MARKED, striae=features.clearer(MARKED.striae, FEWER)), "striae", -30.0),
)


@dataclass(frozen=True)
class Answer:
    """What was measured of a case."""

    case: Case
    change: Change

    def as_json(self) -> dict[str, Any]:
        """Return it with the truth beside it."""
        return {"case": self.case.name, "measure": self.case.measure, "true": self.case.true} | self.change.as_json()


def checked(case: Case) -> Answer:
    """Measure a case."""
    before, after = ([_shot(skin, 2 * side + shot) for shot in range(SHOTS)] for side, skin in enumerate(_visits(case)))
    found = compare(before, after, zones=[ZONE])
    if found.changes is None:
        raise RuntimeError(f"The rendered photographs of {case.name!r} cannot be compared: {' '.join(found.reasons)}")
    return Answer(case, found.changes[ZONE, case.measure])


def _visits(case: Case) -> tuple[Skin, Skin]:
    return case.before, case.after


def _shot(skin: Skin, number: int) -> Shot:
    chance = np.random.default_rng((skin.seed, number))
    right, down, turn, tilt = chance.uniform(-1, 1, 4)
    lying = with_sticker(render(skin).light, EXTENT.mm_per_px, *STICKER_MM)
    light = seen(lying, EXTENT.mm_per_px, Stance(2 * right, 2 * down, 3 * turn, 3 * tilt))
    ev, red, blue = chance.uniform(-1, 1, 3)
    image = photograph(light, Camera(0.2 * ev, 1 + 0.04 * red, 1 + 0.04 * blue, seed=number))
    source = Source("PNG", image.shape[1], image.shape[0])
    return Shot(f"rendered-{number}", image, sha256(image.tobytes()).hexdigest(), source)
