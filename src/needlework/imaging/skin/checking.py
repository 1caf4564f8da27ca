"""A small check that anybody can run: skin of known truth is rendered, photographed, measured and held against it.

Each case is two visits of two photographs of the same patch with the sticker on it, from slightly different places
and under other exposure, cast and noise, and goes the whole way that photographs of a body go. A patch has little but
the feature that changes, since a measure tells of all structure of its widths and not of one feature alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from typing import Any

import numpy as np

from needlework.imaging.arrays import Linear
from needlework.imaging.change.verdicts import Change
from needlework.imaging.colour import lab
from needlework.imaging.comparison import compare
from needlework.imaging.shots import Shot, Source
from needlework.imaging.skin import features
from needlework.imaging.skin.camera import Camera, photograph
from needlework.imaging.skin.fields import Extent
from needlework.imaging.skin.patch import Skin, render
from needlework.imaging.skin.pigment import Spot, pigment
from needlework.imaging.skin.scene import Stance, seen, with_sticker

ZONE = "abdomen"
EXTENT = Extent(560, 480, 0.16)
"""Nine by eight centimetres: the sticker, and the skin below and around it."""
STICKER_MM = (8.0, 3.0)
SHOTS = 2
PLAIN = Skin(seed=4, extent=EXTENT)
WRINKLED = replace(PLAIN, wrinkles=features.wrinkles(4, EXTENT, 12))
SCARRED = replace(PLAIN, scars=features.scars(4, EXTENT, 40))
MARKED = replace(PLAIN, striae=features.striae(4, EXTENT, 6))
FEWER = 0.7
SMOOTHER = 0.8
ERYTHEMA = 0.08
"""Blood that is added: redder than two photographs with the sticker differ."""
SPOTS = tuple(Spot(x, y, 1.0, melanin=0.2) for x, y in ((13, 58), (28, 78), (42, 60), (55, 80), (66, 59)))
"""New ones of 2 mm, a tenth darker than the skin."""


@dataclass(frozen=True)
class Case:
    """One known change, and which measure should tell of it."""

    name: str
    before: Skin
    after: Skin
    measure: str
    true: float
    """In the measure's unit; 0 where nothing was changed."""
    counted: str | None = None
    """Which count of the measure is held against the truth, in place of the change."""


def redder(erythema: float) -> float:
    """Return by how much a* of even skin rises when blood is added."""
    alone = Extent(1, 1, EXTENT.mm_per_px)
    before, after = (pigment(PLAIN.seed, alone, PLAIN.skin_type, blood).reflectance for blood in (0.0, erythema))
    return float(lab(after)[0, 0, 1] - lab(before)[0, 0, 1])


CASES = (
    Case("nothing changed", PLAIN, PLAIN, "texture", 0.0),
    Case(
        "wrinkles", WRINKLED, replace(WRINKLED, wrinkles=features.deeper(WRINKLED.wrinkles, FEWER)), "wrinkles", -30.0
    ),
    Case("texture", PLAIN, replace(PLAIN, texture=SMOOTHER), "texture", -20.0),
    Case("scars", SCARRED, replace(SCARRED, scars=features.deeper(SCARRED.scars, FEWER)), "scars", -30.0),
    Case("stretch marks", MARKED, replace(MARKED, striae=features.clearer(MARKED.striae, FEWER)), "striae", -30.0),
    Case("erythema", PLAIN, replace(PLAIN, erythema=ERYTHEMA), "redness", redder(ERYTHEMA)),
    Case("new spots", PLAIN, replace(PLAIN, spots=SPOTS), "spots", float(len(SPOTS)), counted="new"),
)


@dataclass(frozen=True)
class Answer:
    """What was measured of a case."""

    case: Case
    change: Change
    echoes: Mapping[str, Change] = field(default_factory=dict)
    """The other measures that changed by it: they share structure of the same width."""

    def as_json(self) -> dict[str, Any]:
        """Return it with the truth beside it."""
        told = {"case": self.case.name, "measure": self.case.measure, "true": round(self.case.true, 2)}
        echoes = {measure: change.as_json() for measure, change in self.echoes.items()}
        return told | {"counted": self.case.counted, "also_changed": echoes} | self.change.as_json()


def checked(case: Case) -> Answer:
    """Measure a case."""
    visits = [
        [_shot(skin, SHOTS * visit + shot) for shot in range(SHOTS)]
        for visit, skin in enumerate((case.before, case.after))
    ]
    found = compare(*visits, zones=[ZONE])
    if found.changes is None:
        raise RuntimeError(f"The rendered photographs of {case.name!r} cannot be compared: {' '.join(found.reasons)}")
    others = {measure: change for (_, measure), change in found.changes.items() if measure != case.measure}
    echoes = {measure: change for measure, change in others.items() if change.verdict == "changed"}
    return Answer(case, found.changes[ZONE, case.measure], echoes)


def _shot(skin: Skin, number: int) -> Shot:
    chance = np.random.default_rng((skin.seed, number))
    right, down, turn, tilt, ev, red, blue = chance.uniform(-1, 1, 7)
    light = seen(_lying(skin), EXTENT.mm_per_px, Stance(2 * right, 2 * down, 3 * turn, 3 * tilt))
    image = photograph(light, Camera(0.2 * ev, 1 + 0.04 * red, 1 + 0.04 * blue, seed=number))
    source = Source("PNG", image.shape[1], image.shape[0])
    return Shot(f"rendered-{number}", image, sha256(image.tobytes()).hexdigest(), source)


@lru_cache(maxsize=2)
def _lying(skin: Skin) -> Linear:
    """Return the light of a patch with the sticker on it."""
    return with_sticker(render(skin).light, EXTENT.mm_per_px, *STICKER_MM)
