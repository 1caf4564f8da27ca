"""What colours skin: melanin, blood, spots and stretch marks.

Amounts are optical densities along the two vectors below, after Tsumura et al. (2003): what is added takes the same
part of the light, however much was there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from needlework.imaging.arrays import Linear, Plane
from needlework.imaging.skin.fields import Extent, noise, window
from needlework.imaging.skin.lines import Line, course

MELANIN = np.array([0.46, 0.585, 0.67], np.float32)
"""How much light one unit of melanin takes from red, green and blue, as an optical density.

Between the prototype's (0.41, 0.60, 0.69) and how the cheeks of 36 photographed London faces differ: along (0.50, 0.57,
0.65) from the lightest to the darkest, along (0.35, 0.57, 0.74) from the lightest to tan ones.
"""
HAEMOGLOBIN = np.array([0.12, 0.80, 0.59], np.float32)
"""The same for blood (prototype figures, not measured)."""
BARE = np.array([0.10, 0.15, 0.40], np.float32)
"""The optical density of skin without either: slightly yellow.

Chosen, with `SKIN_BLOOD`, so that L*, a* and b* of the skin types lie within 3 of the means of those faces.
"""

SkinType: TypeAlias = Literal["I", "II", "III", "IV", "V", "VI"]
SKIN_MELANIN: dict[SkinType, float] = {"I": 0.70, "II": 1.17, "III": 1.54, "IV": 1.92, "V": 2.57, "VI": 3.82}
"""So much that flat skin under full light has an ITA of 60, 48, 35, 19, -10 and -45 degrees: the middles of Del Bino
and Bernerd's groups, taken in their order. Fitzpatrick's types are asked of a person, and only roughly follow ITA."""
SKIN_BLOOD = 0.40

MELANIN_PATTERN = ((6.0, 0.05), (0.8, 0.005))
BLOOD_PATTERN = ((5.0, 0.04), (1.0, 0.005))
"""How uneven they are: sigma in millimetres, and standard deviation (plausible, not measured).

Little of it is as fine as texture, so that what is read of a texture is nearly that of its depth alone.
"""
SPOT_EDGE = 8.0
"""How steep the border of a spot is: at a tenth of a radius inside it, 69 % of the spot is there."""


@dataclass(frozen=True)
class Spot:
    """A round spot."""

    x_mm: float
    y_mm: float
    radius_mm: float
    melanin: float = 0.0
    blood: float = 0.0
    """What is added in its middle."""


@dataclass(frozen=True)
class Stria:
    """A stretch mark: a stripe with other pigment than the skin beside it."""

    line: Line
    width_mm: float
    """Between the places where half of the difference is reached."""
    melanin: float = 0.0
    blood: float = 0.0
    """What is added in its middle: less than nothing for a white one, blood for a red one."""


@dataclass(frozen=True, eq=False)
class Pigment:
    """The pigment of a patch, and where its features are."""

    melanin: Plane
    blood: Plane
    spots: Plane
    """1 in a spot, 0 outside."""
    striae: Plane

    @property
    def reflectance(self) -> Linear:
        """The part of the light that skin sends back, (h, w, 3)."""
        density = self.melanin[..., None] * MELANIN + self.blood[..., None] * HAEMOGLOBIN
        return np.asarray(np.exp(-BARE - density), np.float32)


def pigment(
    seed: int,
    extent: Extent,
    skin_type: SkinType = "II",
    erythema: float = 0.0,
    spots: Sequence[Spot] = (),
    striae: Sequence[Stria] = (),
) -> Pigment:
    """Return the pigment of a patch; `erythema` is the blood that is added everywhere."""
    melanin = np.float32(SKIN_MELANIN[skin_type]) + uneven((seed, 2), extent, MELANIN_PATTERN)
    blood = np.float32(SKIN_BLOOD + erythema) + uneven((seed, 3), extent, BLOOD_PATTERN)
    spots_at = lay([spot_stain(spot, extent) for spot in spots], melanin, blood)
    striae_at = lay([stria_stain(stria, extent) for stria in striae], melanin, blood)
    return Pigment(np.maximum(melanin, 0), np.maximum(blood, 0), spots_at, striae_at)


def uneven(seed: tuple[int, ...], extent: Extent, pattern: Sequence[tuple[float, float]]) -> Plane:
    """Return a field about 0."""
    field = np.zeros(extent.shape, np.float32)
    for layer, (sigma_mm, deviation) in enumerate(pattern):
        field += np.float32(deviation) * noise((*seed, layer), extent, sigma_mm)
    return field


@dataclass(frozen=True, eq=False)
class Stain:
    """A spot or a stretch mark on the pixels around it."""

    part: tuple[slice, slice]
    share: Plane
    """How much of it is in each pixel, 0 to 1."""
    melanin: float
    blood: float


def lay(stains: Iterable[Stain], melanin: Plane, blood: Plane) -> Plane:
    """Add stains to the pigment, in place, and return where they are."""
    where = np.zeros(melanin.shape, np.float32)
    for stain in stains:
        melanin[stain.part] += np.float32(stain.melanin) * stain.share
        blood[stain.part] += np.float32(stain.blood) * stain.share
        where[stain.part] = np.maximum(where[stain.part], stain.share)
    return where


def spot_stain(spot: Spot, extent: Extent) -> Stain:
    """Return a spot on the pixels around it."""
    around = window(extent, spot.x_mm, spot.y_mm, 2 * spot.radius_mm)
    away = np.hypot(around.x_mm, around.y_mm) / np.float32(spot.radius_mm)
    share = np.asarray(1 / (1 + np.exp((away - 1) * np.float32(SPOT_EDGE))), np.float32)
    return Stain(around.part, share, spot.melanin, spot.blood)


def stria_stain(stria: Stria, extent: Extent) -> Stain:
    """Return a stretch mark on the pixels around it."""
    path = course(stria.line, extent, 2 * stria.width_mm)
    across = np.square(path.across_mm / np.float32(stria.width_mm / 2))
    share = np.asarray(np.exp2(-np.square(across)) * path.present, np.float32)
    return Stain(path.part, share, stria.melanin, stria.blood)
