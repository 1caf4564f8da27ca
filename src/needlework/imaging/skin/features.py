"""Features drawn by chance, for a patch that nobody wants to lay out by hand; and the same ones deeper or shallower."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

import numpy as np

from needlework.imaging.skin.fields import Extent
from needlework.imaging.skin.lines import Line
from needlework.imaging.skin.pigment import Spot, Stria
from needlework.imaging.skin.relief import Scar, ScarKind, Wrinkle

WRINKLE_DEPTH_MM, WRINKLE_WIDTH_MM = (0.06, 0.30), (0.15, 0.45)
"""From fine lines to wrinkles (prototype figures, not measured); the width is a sigma."""
SCARS: dict[ScarKind, tuple[tuple[float, float], tuple[float, float]]] = {
    "icepick": ((0.3, 0.7), (0.3, 0.7)),
    "boxcar": ((0.75, 2.0), (0.1, 0.5)),
    "rolling": ((2.0, 2.5), (0.15, 0.35)),
}
"""Radius and depth in millimetres: widths after Jacob, Dover and Kaminer 2001, as is the depth of boxcars."""
SPOT_RADIUS_MM, SPOT_MELANIN = (0.6, 2.0), (0.15, 0.35)
STRIA_WIDTH_MM, STRIA_MELANIN, STRIA_BLOOD = (2.0, 5.0), (-0.35, -0.15), (-0.06, -0.02)
"""White ones (plausible, not measured)."""

Deep = TypeVar("Deep", Wrinkle, Scar)


def wrinkles(seed: int, extent: Extent, count: int) -> tuple[Wrinkle, ...]:
    """Return wrinkles one below the other, nearly level, of 40 to 80 % of the patch's width."""
    chance, (width, height) = np.random.default_rng((seed, 10)), extent.size_mm
    return tuple(
        Wrinkle(
            Line(
                x_mm=width * chance.uniform(0.4, 0.6),
                y_mm=height * (place + chance.uniform(0.3, 0.7)) / count,
                length_mm=width * chance.uniform(0.4, 0.8),
                angle_deg=chance.uniform(-8, 8),
                phase=chance.uniform(),
            ),
            depth_mm=chance.uniform(*WRINKLE_DEPTH_MM),
            width_mm=chance.uniform(*WRINKLE_WIDTH_MM),
        )
        for place in range(count)
    )


def scars(seed: int, extent: Extent, count: int) -> tuple[Scar, ...]:
    """Return acne scars anywhere on a patch, of each kind in turn."""
    chance, kinds = np.random.default_rng((seed, 11)), list(SCARS)
    drawn = []
    for place in range(count):
        kind = kinds[place % len(kinds)]
        radius, depth = SCARS[kind]
        x, y = anywhere(chance, extent)
        drawn.append(Scar(kind, x, y, chance.uniform(*radius), chance.uniform(*depth), chance.uniform(0.8, 1.25)))
    return tuple(drawn)


def spots(seed: int, extent: Extent, count: int) -> tuple[Spot, ...]:
    """Return brown spots anywhere on a patch."""
    chance = np.random.default_rng((seed, 12))
    return tuple(
        Spot(*anywhere(chance, extent), chance.uniform(*SPOT_RADIUS_MM), melanin=chance.uniform(*SPOT_MELANIN))
        for _ in range(count)
    )


def striae(seed: int, extent: Extent, count: int) -> tuple[Stria, ...]:
    """Return white stretch marks side by side, nearly upright, of 50 to 80 % of the patch's height."""
    chance, (width, height) = np.random.default_rng((seed, 13)), extent.size_mm
    return tuple(
        Stria(
            Line(
                x_mm=width * (place + chance.uniform(0.3, 0.7)) / count,
                y_mm=height * chance.uniform(0.4, 0.6),
                length_mm=height * chance.uniform(0.5, 0.8),
                angle_deg=90 + chance.uniform(-8, 8),
                phase=chance.uniform(),
            ),
            width_mm=chance.uniform(*STRIA_WIDTH_MM),
            melanin=chance.uniform(*STRIA_MELANIN),
            blood=chance.uniform(*STRIA_BLOOD),
        )
        for place in range(count)
    )


def anywhere(chance: np.random.Generator, extent: Extent) -> tuple[float, float]:
    """Return a place on a patch that is not at its very border."""
    width, height = extent.size_mm
    return width * chance.uniform(0.08, 0.92), height * chance.uniform(0.08, 0.92)


def deeper(features: Iterable[Deep], times: float) -> tuple[Deep, ...]:
    """Return the same wrinkles or scars with their depth times a number; 0 smooths them away."""
    return tuple(replace(feature, depth_mm=feature.depth_mm * times) for feature in features)


def clearer(marks: Iterable[Stria], times: float) -> tuple[Stria, ...]:
    """Return the same stretch marks with their difference from the skin beside them times a number."""
    return tuple(replace(mark, melanin=mark.melanin * times, blood=mark.blood * times) for mark in marks)
