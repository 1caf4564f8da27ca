"""The relief of skin: its texture, wrinkles and acne scars, in millimetres.

Depths and widths are the prototype's: plausible, not measured. The kinds of scar are those of Jacob, Dover and Kaminer
(2001). A feature narrower than a pixel is drawn as wide as a pixel shows it, with the same volume.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from needlework.imaging.arrays import Plane
from needlework.imaging.skin.fields import Extent, noise, window
from needlework.imaging.skin.lines import Line, course

ScarKind: TypeAlias = Literal["icepick", "boxcar", "rolling"]

FURROWS = ((0.75, 0.035, 0.06, 1.3), (0.35, 0.015, 0.035, 0.8))
"""Primary and secondary: distance, depth and width (Gaussian sigma) in millimetres, stretch from top to bottom."""
PORES = (1.2, 0.10, 0.13)
"""The same for pores, of which some are deeper and some hardly there."""
BUMPS = ((0.35, 0.016), (0.80, 0.050))
"""Sigma and standard deviation of what is neither: so much that the contrast at 0.25 to 2 mm under two lamps comes near
that of smooth cheeks in photographs (0.011 in log luminance at 0.5 to 1 mm)."""
JITTER = 0.8
"""How far a cell of the micro-relief may lie off its grid, as a part of the distance."""
FOLD_MM, FOLD_HEIGHT_MM = 6.0, 0.15
"""The slow ups and downs under everything: sigma and standard deviation."""


@dataclass(frozen=True)
class Wrinkle:
    """A groove with a Gaussian profile."""

    line: Line
    depth_mm: float
    width_mm: float
    """The sigma of the profile."""


@dataclass(frozen=True)
class Scar:
    """A pit."""

    kind: ScarKind
    x_mm: float
    y_mm: float
    radius_mm: float
    depth_mm: float
    stretch: float = 1.0
    """Its width against its height."""


@dataclass(frozen=True, eq=False)
class Relief:
    """The relief of a patch, and which part of it is what."""

    height_mm: Plane
    """Upwards, towards the camera."""
    wrinkles_mm: Plane
    """How deep the wrinkles alone are."""
    scars_mm: Plane


def relief(
    seed: int, extent: Extent, texture: float = 1.0, wrinkles: Sequence[Wrinkle] = (), scars: Sequence[Scar] = ()
) -> Relief:
    """Return the relief of a patch; `texture` is the depth of everything that is not listed, against the usual."""
    grooves, pits = groove_depths(wrinkles, extent), pit_depths(scars, extent)
    folds = np.float32(FOLD_HEIGHT_MM) * noise((seed, 0), extent, FOLD_MM)
    fine = texture_heights(seed, extent) if texture else 0
    height = folds + np.float32(texture) * fine - grooves - pits
    return Relief(height, grooves, pits)


def texture_heights(seed: int, extent: Extent) -> Plane:
    """Return bumps, furrows and pores."""
    total = np.zeros(extent.shape, np.float32)
    for layer, (sigma, deviation) in enumerate(BUMPS):
        total += np.float32(deviation) * noise((seed, 1, layer), extent, sigma)
    for layer, (distance, depth, width, stretch) in enumerate(FURROWS):
        nearest, second = distances((seed, 4, layer), extent, distance, stretch)
        # Between two points, the farther one is twice as much farther as the border between them is near.
        total -= groove((second - nearest) / np.float32(2), depth, width, extent)
    distance, depth, width = PORES
    nearest, _ = distances((seed, 5), extent, distance)
    return total - groove(nearest, depth, width, extent) * (1 + np.clip(noise((seed, 6), extent, distance), -1, 1))


def distances(seed: tuple[int, ...], extent: Extent, distance: float, stretch: float = 1.0) -> tuple[Plane, Plane]:
    """Return how far the nearest and the second nearest point of a jittered grid are, in mm (Worley 1996)."""
    columns, x = cells(extent.width_px, extent.mm_per_px, distance)
    rows, y = cells(extent.height_px, extent.mm_per_px, distance / stretch)
    shift = np.random.default_rng(seed).uniform(-JITTER / 2, JITTER / 2, (2, rows[-1] + 3, columns[-1] + 3))
    shift = shift.astype(np.float32)
    nearest: Plane = np.full(extent.shape, np.inf, np.float32)
    second = nearest.copy()
    for down in range(3):
        for right in range(3):
            offsets = shift[:, rows + down][:, :, columns + right]
            away = np.hypot(x + (1 - right) - offsets[0], (y + (1 - down))[:, None] - offsets[1])
            np.minimum(second, np.maximum(nearest, away), out=second)
            np.minimum(nearest, away, out=nearest)
    return nearest * np.float32(distance), second * np.float32(distance)


def cells(length_px: int, mm_per_px: float, distance: float) -> tuple[np.ndarray, np.ndarray]:
    """Return in which cell of a grid each pixel lies, and where in it from its middle, in cells."""
    place = (np.arange(length_px) + 0.5) * mm_per_px / distance
    cell = place.astype(int)
    return cell, (place - cell - 0.5).astype(np.float32)


def groove_depths(wrinkles: Sequence[Wrinkle], extent: Extent) -> Plane:
    """Return how deep the wrinkles are; where two cross, the deeper counts."""
    deepest = np.zeros(extent.shape, np.float32)
    for wrinkle in wrinkles:
        path = course(wrinkle.line, extent, 4 * wrinkle.width_mm)
        depth = groove(path.across_mm, wrinkle.depth_mm, wrinkle.width_mm, extent) * path.present
        deepest[path.part] = np.maximum(deepest[path.part], depth)
    return deepest


def groove(away_mm: Plane, depth_mm: float, width_mm: float, extent: Extent) -> Plane:
    """Return the depth at a distance from the middle of a groove, as pixels of this size show it."""
    shown = np.hypot(width_mm, extent.mm_per_px / 12**0.5)
    return np.asarray(np.float32(depth_mm * width_mm / shown) * np.exp(-np.square(away_mm / np.float32(shown)) / 2))


def pit_depths(scars: Sequence[Scar], extent: Extent) -> Plane:
    """Return how deep the scars are; where two overlap, the deeper counts."""
    deepest = np.zeros(extent.shape, np.float32)
    for scar in scars:
        around = window(extent, scar.x_mm, scar.y_mm, 2.5 * scar.radius_mm * max(scar.stretch, 1))
        away = np.hypot(around.x_mm / np.float32(scar.stretch), around.y_mm) / np.float32(scar.radius_mm)
        depth = np.float32(scar.depth_mm) * profile(scar.kind, away)
        deepest[around.part] = np.maximum(deepest[around.part], depth)
    return deepest


def profile(kind: str, away: Plane) -> Plane:
    """Return the depth of a scar of depth 1 at a distance in radii: a narrow pit, a box with steep walls, a bowl."""
    if kind == "boxcar":
        return np.asarray(1 / (1 + np.exp(np.minimum((away - 0.9) * 12, 50))), np.float32)
    return np.asarray(np.exp(-np.square(away / np.float32(0.6 if kind == "icepick" else 0.7))), np.float32)
