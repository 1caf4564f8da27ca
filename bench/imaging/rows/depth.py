"""Rendered skin whose wrinkles, or scars, are so many times as deep on the second visit, under one light.

Two photographs at each visit by a camera that does not move, so that nothing but depth, noise and compression differs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product, starmap

import numpy as np
from numpy.typing import NDArray

from bench.imaging.table import Row, Work
from needlework.imaging.arrays import Image
from needlework.imaging.measures import scars, wrinkles
from needlework.imaging.measures.bands import Bands
from needlework.imaging.measures.estimate import Estimate
from needlework.imaging.registration.matching import texture
from needlework.imaging.registration.stack import Stack
from needlework.imaging.skin import features
from needlework.imaging.skin.camera import Camera, photograph
from needlework.imaging.skin.fields import Extent
from needlework.imaging.skin.light import ABOVE_AT_45, FRONTAL, RAKING, TWO_AT_45
from needlework.imaging.skin.patch import Skin, render

EXTENT = Extent(500, 500, 0.12)
DEPTHS = (0.9, 0.8, 0.7, 0.6, 0.5)
PATCHES, SHOTS = 4, 2
MARGIN_PX = 20
"""At the border of a patch: not measured."""
WRINKLES, SCARS = 6, 14
"""On a patch."""
MEASURES = {"wrinkles": wrinkles.measure, "scars": scars.measure}
LIGHTS = {"two lamps at 45°": TWO_AT_45, "a frontal lamp": FRONTAL, "a lamp above": ABOVE_AT_45, "raking": RAKING}


@dataclass(frozen=True)
class Patch:
    """One patch under one light."""

    kind: str
    light: str
    number: int


def rows(work: Work) -> list[Row]:
    """Return how far what is read lies from the true ratio of depths, for each kind and light."""
    patches = list(starmap(Patch, product(MEASURES, LIGHTS, range(PATCHES))))
    read = np.reshape(work(ratios, patches), (len(MEASURES), len(LIGHTS), PATCHES, len(DEPTHS)))
    return [row(kind, light, read[i, j]) for i, kind in enumerate(MEASURES) for j, light in enumerate(LIGHTS)]


def row(kind: str, light: str, read: NDArray[np.float64]) -> Row:
    """Return the mean ratio that is read at each depth off some patches, and how far the worst of them lies off."""
    off = read - np.array(DEPTHS)
    return Row(
        what=f"rendered {kind}, depth x {', '.join(map(str, DEPTHS))}, {light}: farthest off",
        reached=f"{np.abs(off.mean(axis=0)).max():.3f} (reads {', '.join(f'{one:.2f}' for one in read.mean(axis=0))})",
        wanted="0.04" if kind == "wrinkles" else "reported",
        count=read.size,
        interval=f"single patches {off.min():+.3f} to {off.max():+.3f}",
    )


def ratios(patch: Patch) -> list[float]:
    """Return the ratio of amplitudes that is read at each depth; not a number where none can be told."""
    first = photographs(patch, 1.0, side=0)
    return [ratio(patch.kind, still([*first, *photographs(patch, times, side=1)])) for times in DEPTHS]


def photographs(patch: Patch, times: float, side: int) -> list[Image]:
    """Return the shots of one visit, of a patch whose features are so many times as deep."""
    light = render(skin(patch, times), LIGHTS[patch.light]).light
    return [photograph(light, Camera(seed=SHOTS * side + shot)) for shot in range(SHOTS)]


def ratio(kind: str, stack: Stack) -> float:
    """Return the ratio of amplitudes that is read off two visits."""
    zone = np.zeros(stack.valid.shape[1:], bool)
    zone[MARGIN_PX:-MARGIN_PX, MARGIN_PX:-MARGIN_PX] = True
    found = MEASURES[kind](Bands.of(texture(stack, zone), stack), zone)
    return float(np.exp(found.change)) if isinstance(found, Estimate) else float("nan")


def skin(patch: Patch, times: float) -> Skin:
    """Return the skin of a patch with its features so many times as deep."""
    if patch.kind == "wrinkles":
        lines = features.wrinkles(patch.number, EXTENT, WRINKLES)
        return Skin(patch.number, EXTENT, wrinkles=features.deeper(lines, times))
    return Skin(patch.number, EXTENT, scars=features.deeper(features.scars(patch.number, EXTENT, SCARS), times))


def still(images: Sequence[Image]) -> Stack:
    """Return photographs of a camera that did not move, as they would be registered."""
    seen = (len(images), *EXTENT.shape)
    return Stack(
        mm_per_px=EXTENT.mm_per_px,
        images=np.stack(images),
        after=np.arange(len(images)) >= SHOTS,
        valid=np.ones(seen, bool),
        error_mm=np.zeros(seen, np.float32),
        points=None,
    )
