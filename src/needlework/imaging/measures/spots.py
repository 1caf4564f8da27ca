"""Spots: how much of a zone they cover, which came and which went, and whether they are brown or red.

Spots are found on luminance, where photographs have the least noise, and classed by colour afterwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Linear, Mask, Plane
from needlework.imaging.filters import smooth, smooth_inside
from needlework.imaging.measures import blocks, cells
from needlework.imaging.measures.appearing import Seen, appearances
from needlework.imaging.measures.blobs import RESPONSE, SIGMAS_MM, Blob, apart, blobs, response
from needlework.imaging.measures.estimate import Estimate, Unmeasured
from needlework.imaging.registration.stack import Stack, Texture
from needlework.imaging.robust import GAUSSIAN_MAD
from needlework.imaging.skin.pigment import HAEMOGLOBIN, MELANIN

CELL_MM = 0.3
"""Spots are looked for in cells of this size: a spot of 2 mm is seven across."""
GRAIN_MM = 0.3
"""Gaussian sigma: what is finer is noise, a pore or a hair."""
AROUND_MM = 4.0
"""Gaussian sigma of the plain skin that a spot is compared with."""
COVERED_FROM, COVERED_TO = 0.03, 0.07
"""Log luminance below plain skin: from where on skin begins to count as covered, and where it is so wholly.

Not one limit, at which a thousandth of contrast would turn a cell over."""
DARK = (COVERED_FROM + COVERED_TO) / 2
"""The least contrast of a spot of both visits."""
STANDS_OUT = 3.0
"""How far it stands out from the texture of the skin, in that texture's standard deviations."""
LEAST_MM2 = 50.0
"""The least skin of which a share is told."""
COLOUR, BESIDE = 0.8, 1.6
"""From the middle of a spot, in diameters: so far its colour counts, and so far that of the skin beside it.

Wider than the spot, since a JPEG file spreads colour over four pixels and more."""
RED_BELOW = float((MELANIN[0] / MELANIN[1] + HAEMOGLOBIN[0] / HAEMOGLOBIN[1]) / 2)
"""How much a spot takes from red for what it takes from green: less is blood, more is melanin."""
REACH = 1.6
"""How far a spot counts, in its radii: its edge fades, and a disc of one radius holds two thirds of what it covers."""
DARKEST = 1e-4
"""Linear light, of white."""


@dataclass(frozen=True)
class Spot:
    """A spot on the grid of the stack."""

    x: float
    y: float
    """Pixels of the grid."""
    diameter_mm: float
    contrast: float
    """By which part its luminance is lower than beside it (or, if new or gone, than on the other visit)."""
    kind: Literal["brown", "red"]
    seen: Literal["both"] | Seen


@dataclass(frozen=True, eq=False)
class Spots:
    """All spots of a comparison."""

    covered: NDArray[np.float32]
    """(n, h, w): how far each cell of each shot is covered by a spot, 0 to 1."""
    after: NDArray[np.bool_]
    visible: Mask
    """(h, w): the cells in which spots were looked for."""
    edge_error: float
    """Standard deviation of the change of a cell's cover where it is neither 0 nor 1."""
    cell_mm: float
    all: tuple[Spot, ...]

    @classmethod
    def of(cls, texture: Texture, stack: Stack, skin: Mask) -> "Spots | Unmeasured":
        """Find the spots of two visits.

        Args:
            texture: the shots matched in light and point spread.
            stack: the shots themselves, for the colour of what was found.
            skin: (h, w) all the skin of the view that counts, whatever the zone: one limit is set for all of it.

        """
        if texture.reason:
            return Unmeasured(texture.reason)
        size = cells.size(stack.valid.shape, stack.mm_per_px, CELL_MM)
        cell_mm = stack.mm_per_px * stack.valid.shape[2] / size[0]
        visible = cells.mask(skin & stack.valid.all(axis=0), size)
        if np.count_nonzero(visible) * cell_mm**2 < LEAST_MM2:
            return blocks.TOO_NARROW
        planes = np.stack([cells.plane(plane, size) for plane in texture.planes])
        both = visits(planes, stack.after)
        mean, *own = spots_of([both.mean(axis=0), *both], visible, cell_mm)
        changed = appearances(both, own, visible, cell_mm)
        lasting = [blob for blob in mean if not any(blob.overlaps(other, cell_mm) for other, _ in changed)]
        discs = _discs([*lasting, *(blob for blob, _ in changed)], visible, cell_mm)
        contrast = contrasts(planes, visible & ~discs, cell_mm)
        first, second = visits(contrast, stack.after)
        light = visits(_log_light(stack, size), stack.after)
        grid = _Grid(cell_mm, stack.mm_per_px)
        return cls(
            covered=covered(contrast) * discs,
            after=stack.after,
            visible=visible,
            edge_error=_spread((second - first)[visible]) / (COVERED_TO - COVERED_FROM),
            cell_mm=cell_mm,
            all=(
                *(
                    grid.spot(blob, light[1] - light[0] if seen == "new" else light[0] - light[1], seen)
                    for blob, seen in changed
                ),
                *(grid.spot(blob, light.mean(axis=0), "both") for blob in lasting),
            ),
        )


def spots_of(planes: list[Plane], skin: Mask, cell_mm: float) -> list[list[Blob]]:
    """Return the spots of planes of log luminance: what stands out, also from the first one's own texture."""
    found: list[list[Blob]] = [[] for _ in planes]
    for sigma in SIGMAS_MM:
        shown = [response(plane, sigma / cell_mm) for plane in planes]
        least = max(RESPONSE * DARK, STANDS_OUT * _spread(shown[0][skin]))
        for place, one in enumerate(shown):
            found[place] += blobs(one, skin & (one > least), sigma, cell_mm)
    return [apart(spots, cell_mm) for spots in found]


def contrasts(planes: NDArray[np.float32], plain: Mask, cell_mm: float) -> NDArray[np.float32]:
    """Return how much darker every shot is than the plain skin around, in log luminance, (n, h, w)."""
    around = AROUND_MM / cell_mm
    return np.stack([smooth_inside(plane, plain, around) - smooth(plane, GRAIN_MM / cell_mm) for plane in planes])


def covered(contrast: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how far contrast counts as a spot, 0 to 1."""
    return np.asarray(np.clip((contrast - COVERED_FROM) / (COVERED_TO - COVERED_FROM), 0, 1), np.float32)


def visits(values: NDArray[np.float32], after: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return the mean of each visit's shots, (2, …)."""
    return np.stack([values[~after].mean(axis=0), values[after].mean(axis=0)])


def measure(spots: Spots, zone: Mask) -> Estimate | Unmeasured:
    """Return the change of the share of a zone that spots cover, in percent of the zone, and how many came and went."""
    place = spots.visible & cells.mask(zone, (spots.visible.shape[1], spots.visible.shape[0]))
    count = np.count_nonzero(place)
    if count * spots.cell_mm**2 < LEAST_MM2:
        return blocks.TOO_NARROW
    cover = spots.covered[:, place]
    shares = 100 * cover.mean(axis=1, dtype=np.float64)
    first, second = shares[~spots.after], shares[spots.after]
    edges = np.count_nonzero((cover > 0) & (cover < 1)) / len(cover)
    alike = max(1.0, 4 * np.pi * (GRAIN_MM / spots.cell_mm) ** 2)
    seen = [spot.seen for spot in found(spots, zone)]
    return Estimate(
        change=float(second.mean() - first.mean()),
        before=tuple(first.tolist()),
        after=tuple(second.tolist()),
        within=float(100 / count * spots.edge_error * (edges * alike) ** 0.5),
        extra={"new": seen.count("new"), "gone": seen.count("gone")},
    )


def found(spots: Spots, zone: Mask) -> tuple[Spot, ...]:
    """Return the spots whose middle is in a zone."""
    return tuple(spot for spot in spots.all if zone[round(spot.y), round(spot.x)])


@dataclass(frozen=True)
class _Grid:
    """From places in cells to places on the grid of the stack."""

    cell_mm: float
    mm_per_px: float

    def spot(self, blob: Blob, light: Linear, seen: Literal["both"] | Seen) -> Spot:
        """Return a spot whose colour is told by `light`: what both visits show, or what came or went."""
        scale = self.cell_mm / self.mm_per_px
        return Spot(
            x=(blob.column + 0.5) * scale - 0.5,
            y=(blob.row + 0.5) * scale - 0.5,
            diameter_mm=blob.diameter_mm,
            contrast=float(-np.expm1(-blob.contrast)),
            kind=kind(light, blob.row, blob.column, blob.diameter_mm / self.cell_mm),
            seen=seen,
        )


def kind(light: Linear, row: int, column: int, diameter: float) -> Literal["brown", "red"]:
    """Return whether melanin or blood darkens a place (log light, cells), by what it takes from red and from green."""
    (rows, columns), distance = around(light.shape, row, column, BESIDE * diameter)
    near, inner = light[rows, columns, :2], distance <= COLOUR * diameter
    red, green = near[~inner & (distance <= BESIDE * diameter)].mean(axis=0) - near[inner].mean(axis=0)
    return "red" if red < RED_BELOW * green else "brown"


def around(shape: tuple[int, ...], row: int, column: int, reach: float) -> tuple[tuple[slice, slice], Plane]:
    """Return the part of a grid around a place, and how far each of its cells is from there."""
    top, left = max(0, int(row - reach)), max(0, int(column - reach))
    rows, columns = slice(top, min(shape[0], int(row + reach) + 2)), slice(left, min(shape[1], int(column + reach) + 2))
    down, across = np.ogrid[rows, columns]
    return (rows, columns), np.hypot(down - row, across - column).astype(np.float32)


def _discs(places: Iterable[Blob], visible: Mask, cell_mm: float) -> Mask:
    discs = np.zeros_like(visible)
    for place in places:
        reach = REACH * place.diameter_mm / 2 / cell_mm
        part, distance = around(visible.shape, place.row, place.column, reach)
        discs[part] |= distance <= reach
    return discs


def _log_light(stack: Stack, size: tuple[int, int]) -> NDArray[np.float32]:
    return np.stack([np.log(np.maximum(cells.light(image, size), DARKEST)) for image in stack.images])


def _spread(values: NDArray[np.float32]) -> float:
    return float(np.median(np.abs(values)) / GAUSSIAN_MAD)
