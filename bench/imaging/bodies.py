"""Two visits of a rendered patch of a body with stretch marks, of which there are no free photographs.

The camera's nuisances and how it is turned are those of the faces; a flat patch shows nothing of light from one side.
"""

from dataclasses import dataclass

import numpy as np

from bench.imaging.cases import shot
from bench.imaging.nuisances import Nuisance, visit
from bench.imaging.people import tone_group
from bench.imaging.recapture import taken
from needlework.imaging.arrays import Linear
from needlework.imaging.colour import ita_degrees, lab
from needlework.imaging.comparison import compared
from needlework.imaging.measures.estimate import Estimate, Unmeasured
from needlework.imaging.registration.stack import View
from needlework.imaging.skin import features
from needlework.imaging.skin.fields import Extent
from needlework.imaging.skin.patch import Skin, render
from needlework.imaging.skin.pigment import SkinType
from needlework.imaging.skin.scene import Stance, seen, with_sticker
from needlework.imaging.sticker import finding

ZONE, MEASURE = "abdomen", "striae"
EXTENT = Extent(640, 640, 0.15)
"""Ten centimetres on either side: the sticker, and skin around it."""
STICKER_MM = (18.0, 4.0)
STRIAE = 7
SKIN_TYPES: tuple[SkinType, ...] = ("II", "III", "IV", "V", "VI")
"""Those that have melanin enough for a white mark to stand out."""


@dataclass(frozen=True)
class Body:
    """Two visits of one patch, between which nothing changed."""

    number: int
    seeds: range
    shots: int

    @property
    def skin(self) -> Skin:
        """What is photographed."""
        marks = features.striae(self.number, EXTENT, STRIAE)
        return Skin(self.number, EXTENT, SKIN_TYPES[self.number % len(SKIN_TYPES)], striae=marks)


def measured(body: Body) -> tuple[str, Estimate | Unmeasured]:
    """Return the tone group of a patch, and what is measured of its stretch marks."""
    light = render(body.skin).light
    lightness, _, yellowness = np.median(lab(light), axis=(0, 1))
    lying = with_sticker(light, EXTENT.mm_per_px, *STICKER_MM)
    views = [
        [photographed(lying, nuisance) for nuisance in visit(body.seeds, 2 * body.number + side, body.shots)]
        for side in (0, 1)
    ]
    found = compared(*views, zones=[ZONE])
    if found.visits is None:
        raise RuntimeError(f"Two visits of a rendered body could not be compared: {' '.join(found.reasons)}")
    return tone_group(ita_degrees(float(lightness), float(yellowness))), found.visits.estimates[ZONE, MEASURE]


def photographed(light: Linear, nuisance: Nuisance) -> View:
    """Return a photograph of a patch, with the sticker found in it."""
    stance = Stance(turn_deg=nuisance.roll_deg, tilt_deg=nuisance.pitch_deg, scale=nuisance.scale)
    image = taken(seen(light, EXTENT.mm_per_px, stance), nuisance)
    return View(shot(image), None, finding.find(image))
