"""Where something changed: drawn only in zones that changed, and there only beyond what unchanged skin shows.

A map adds no claim to the answers: it shows where in a zone the change lies that was found there. Its own error is the
spread of the same map over the zones that did not change.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Image, Mask, Plane
from needlework.imaging.change.verdicts import KIND
from needlework.imaging.comparison import Comparison
from needlework.imaging.filters import smooth, smooth_inside
from needlework.imaging.measures import redness, scars, spots, texture, tone, wrinkles
from needlework.imaging.measures.asking import Visits
from needlework.imaging.measures.bands import Piece
from needlework.imaging.measures.estimate import Unmeasured
from needlework.imaging.report.pictures import MATCHED, UNMATCHED, Pair, borders, side_by_side
from needlework.imaging.report.words import capital, counted, named
from needlework.imaging.robust import middle_and_sd
from needlework.imaging.zones.shapes import without_islands

Colour = tuple[int, int, int]
AROUND_MM = 2.5
"""A place is as wide as this (Gaussian sigma)."""
BEYOND = 3.0
"""Standard deviations of the map over unchanged skin from which a place is drawn."""
LEAST_MM2 = 9.0
"""What is smaller is no place."""
LEAST_SHARE = 0.05
"""Of a place must be lines, for a change of lines to be told there."""
LEAST_POWER = 0.05
"""Of the median power: a place with less has no structure whose change could be told."""
TINY = 1e-6
"""So that a map without any spread is not divided by zero."""
ORANGE, BLUE, WHITE = (240, 130, 20), (40, 120, 210), (255, 255, 255)
FINE, COLOURS = ("wrinkles", "texture"), {"redness": redness.greenness_to_redness, "tone": tone.typology}
STRUCTURES = {"wrinkles": wrinkles.WIDTHS, "texture": texture.WIDTHS, "scars": scars.WIDTHS}
DRAWN = "Drawn only in zones that changed, and there only where the difference is beyond what unchanged skin shows."
CHANCE = "A ring is where one visit alone shows a spot. On a whole face about one may be chance."


@dataclass(frozen=True, eq=False)
class Map:
    """The picture of one measure that changed somewhere."""

    measure: str
    image: Image
    caption: str


def maps(seen: Pair, comparison: Comparison) -> Iterator[Map]:
    """Yield a picture for every measure that changed at some place, and one of the spots that came and went."""
    visits, changes = comparison.visits, comparison.changes or {}
    if visits is None:
        return
    for measure in (*STRUCTURES, *COLOURS):
        zones = [zone for (zone, name), change in changes.items() if name == measure and change.verdict == "changed"]
        if zones and (drawn := _drawn(seen, measure, zones, visits)):
            yield drawn
    if ringed := _ringed(seen, visits):
        yield ringed


def _drawn(seen: Pair, measure: str, zones: Sequence[str], visits: Visits) -> Map | None:
    local = local_change(measure, visits)
    still = [zone for zone in visits.measurable if zone not in zones]
    _, sd = middle_and_sd(local[visits.skin(still or zones)])
    strength = local / (sd + TINY)
    inside = visits.skin(zones)
    close = seen.cropped(inside[seen.part])
    shown, light = (close, UNMATCHED) if measure in COLOURS else (close.matched(), MATCHED)
    places = {
        colour: without_islands(inside & (sign * strength > BEYOND), LEAST_MM2, seen.mm_per_px)[close.part]
        for sign, colour in ((1, ORANGE), (-1, BLUE))
    }
    if not any(mask.any() for mask in places.values()):
        return None
    before, after = (_bordered(image, places, seen.mm_per_px) for image in (shown.before, shown.after))
    said = f"Orange: {KIND[measure].more}. Blue: {KIND[measure].less}. {light}"
    picture = side_by_side(replace(shown, before=before, after=after), said)
    return Map(measure, picture, f"{capital(named(measure))}. {said} {DRAWN}")


def _bordered(image: Image, places: Mapping[Colour, Mask], mm_per_px: float) -> Image:
    drawn, width = image.copy(), max(1, round(image.shape[1] / 300))
    for colour, mask in places.items():
        for one, wide in ((WHITE, 2 * width), (colour, width)):
            cv2.drawContours(drawn, borders(mask, mm_per_px), -1, one, wide, cv2.LINE_AA)
    return drawn


def _ringed(seen: Pair, visits: Visits) -> Map | None:
    if isinstance(visits.spots, Unmeasured):
        return None
    found = spots.found(visits.spots, visits.skin(visits.measurable))
    gone, new = ([spot for spot in found if spot.seen == which] for which in ("gone", "new"))
    if not gone and not new:
        return None
    shown = replace(seen, before=_with_rings(seen, seen.before, gone), after=_with_rings(seen, seen.after, new))
    said = f"Ringed: {counted(len(gone), 'spot')} gone (before), {len(new)} new (after)."
    return Map("spots", side_by_side(shown, said), f"{said} {CHANCE}")


def _with_rings(seen: Pair, image: Image, found: Sequence[spots.Spot]) -> Image:
    drawn, width = image.copy(), max(1, round(image.shape[1] / 200))
    for spot in found:
        middle = round(spot.x - seen.part[1].start), round(spot.y - seen.part[0].start)
        radius = round(1.5 * spot.diameter_mm / 2 / seen.mm_per_px) + 4 * width
        for colour, wide in ((WHITE, 3 * width), (ORANGE, width)):
            cv2.circle(drawn, middle, radius, colour, wide, cv2.LINE_AA)
    return drawn


def local_change(measure: str, visits: Visits) -> Plane:
    """Return the change of a measure around every pixel of the grid, on its own scale; 0 where it cannot be told."""
    skin = visits.skin(visits.measurable)
    if measure in COLOURS:
        return _colour(measure, visits, skin)
    bands = visits.bands
    piece = bands.fine(skin) if measure in FINE else bands.coarse(skin & ~bands.near_lines)
    if isinstance(piece, Unmeasured):
        return np.zeros(skin.shape, np.float32)
    weight = wrinkles.on_a_line(bands.lines[piece.part]) if measure == "wrinkles" else np.ones_like(piece.planes[0])
    return _on_grid(_structure(piece, weight * piece.mask, measure, visits), piece, bands.mm_per_px, skin.shape)


def _on_grid(change: Plane, piece: Piece, mm_per_px: float, shape: tuple[int, ...]) -> Plane:
    found, step = np.zeros(shape, np.float32), piece.mm_per_px / mm_per_px
    part = tuple(slice(round(side.start * step), round(side.stop * step)) for side in piece.part)
    height, width = found[part].shape
    found[part] = cv2.resize(change, (width, height))
    return found


def _structure(piece: Piece, weight: Plane, measure: str, visits: Visits) -> Plane:
    around = AROUND_MM / piece.mm_per_px
    seen = piece.band(STRUCTURES[measure])
    share = smooth(weight, around)
    first, second = (
        smooth(_power(seen[side]) * weight, around) / np.maximum(share, 1e-6)
        for side in (~visits.stack.after, visits.stack.after)
    )
    told = share > LEAST_SHARE
    least = LEAST_POWER * float(np.median((first + second)[told]) / 2) if told.any() else 1.0
    ratio = np.maximum(second, least) / np.maximum(first, least)
    return np.where(told, 0.5 * np.log(ratio), 0).astype(np.float32)


def _power(shots: NDArray[np.float32]) -> Plane:
    """Return the power that the shots of a visit share; of one shot, its own."""
    count = len(shots)
    squares = np.square(shots).sum(axis=0)
    if count == 1:
        return np.asarray(squares, np.float32)
    return np.asarray((np.square(shots.sum(axis=0)) - squares) / (count * (count - 1)), np.float32)


def _colour(measure: str, visits: Visits, skin: Mask) -> Plane:
    colours, reads = visits.colours, COLOURS[measure]
    before, after = (reads(np.exp(colours.light[side].mean(axis=0))) for side in (~colours.after, colours.after))
    change, inside = after - before, colours.within(skin)
    control = visits.measurable.get(visits.control or "")
    if not colours.absolute and control is not None:
        change = change - np.median(change[colours.within(control)])
    shown = np.where(inside, smooth_inside(np.where(inside, change, 0), inside, AROUND_MM / colours.cell_mm), 0)
    return np.asarray(cv2.resize(shown.astype(np.float32), skin.shape[::-1]), np.float32)
