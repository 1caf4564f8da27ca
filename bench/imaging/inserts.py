"""Known changes, put into a photograph before it is taken again.

Every change is full over the whole zone and fades outside it over `FADE_MM`, so that nothing dilutes what the zone
shows and there is no seam to find. They take and give linear light: eight bits would round a small change away.
"""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Linear, Mask, Plane
from needlework.imaging.colour import ita_degrees, lab, log_luminance, luminance
from needlework.imaging.filters import smooth
from needlework.imaging.skin.pigment import HAEMOGLOBIN, MELANIN

FADE_MM = 4.0
TEXTURE_MM = 6.0
"""Gaussian sigma: what is finer is scaled. So wide that the bands up to 2 mm are scaled whole."""
LINE_MM = (0.4, 0.6, 0.9)
"""Gaussian sigmas at which lines are looked for."""
LINE_STRENGTH = 0.015
"""In log luminance: a line is a valley at least so deep (the prototype's choice)."""
LINE_LENGTH_MM = 4.0
LINE_CONTRAST_MM = 4.0
"""Gaussian sigma of the skin against which a line is dark."""
LINE_MARGIN_MM = 1.5
"""So far beside a line its contrast still belongs to it."""


@dataclass(frozen=True, eq=False)
class Spots:
    """Spots to be put in."""

    places: NDArray[np.float64]
    """(n, 2): x, y in pixels."""
    diameter_mm: float
    """Across, where half of the contrast is reached."""
    contrast: float
    """By which part the luminance of the middle is lower: 0.07 is seven percent."""
    pigment: NDArray[np.float32]
    """Which way the colour goes: `MELANIN` is brown, `HAEMOGLOBIN` red."""


def texture(light: Linear, zone: Mask, mm_per_px: float, scale: float) -> Linear:
    """Return light whose zone has all its fine structure times `scale`, in log luminance."""
    return scaled(light, fading(zone, mm_per_px), TEXTURE_MM / mm_per_px, scale)


def wrinkles(light: Linear, zone: Mask, mm_per_px: float, scale: float) -> Linear:
    """Return light whose zone has its lines times `scale` in log luminance; the skin between them stays."""
    near = smooth(beside_lines(light, mm_per_px).astype(np.float32), 0.5 / mm_per_px)
    return scaled(light, fading(zone, mm_per_px) * np.minimum(near, 1), LINE_CONTRAST_MM / mm_per_px, scale)


def spots(light: Linear, mm_per_px: float, added: Spots) -> Linear:
    """Return light with spots that were not there."""
    x, y = np.meshgrid(np.arange(light.shape[1], dtype=np.float32), np.arange(light.shape[0], dtype=np.float32))
    radius = added.diameter_mm / mm_per_px / 2
    amount = np.zeros(light.shape[:2], np.float32)
    for across, down in added.places:
        distance = ((x - across) ** 2 + (y - down) ** 2) / radius**2
        amount = np.maximum(amount, np.exp2(-(distance**2)))
    colour = np.median(light[amount > 0.5], axis=0)
    return darkened(light, amount * amount_for_contrast(colour, added), added.pigment)


def redness(light: Linear, zone: Mask, mm_per_px: float, more: float) -> Linear:
    """Return light whose zone has so much more blood that its median a* rises by `more`."""
    return coloured(light, zone, mm_per_px, HAEMOGLOBIN, lambda colour: float(lab(colour)[1]), more)


def tone(light: Linear, zone: Mask, mm_per_px: float, more_degrees: float) -> Linear:
    """Return light whose zone has so much less melanin that its median ITA rises by so many degrees."""

    def typology(colour: Linear) -> float:
        lightness, _, yellowness = lab(colour)
        return ita_degrees(float(lightness), float(yellowness))

    return coloured(light, zone, mm_per_px, MELANIN, typology, more_degrees)


def scattered(zone: Mask, mm_per_px: float, count: int, apart_mm: float, seed: int) -> NDArray[np.float64]:
    """Return at most so many places in a zone, x and y, at least so far from each other and from its border."""
    inside = cv2.distanceTransform(zone.astype(np.uint8), cv2.DIST_L2, 5) * mm_per_px > apart_mm / 2
    free = np.argwhere(inside)[:, ::-1].astype(np.float64)
    chance, chosen = np.random.default_rng(seed), np.empty((0, 2))
    while len(chosen) < count and len(free):
        place = free[chance.integers(len(free))]
        chosen = np.vstack([chosen, place])
        free = free[np.linalg.norm(free - place, axis=1) * mm_per_px >= apart_mm]
    return chosen


def fading(zone: Mask, mm_per_px: float) -> Plane:
    """Return 1 in a zone, falling smoothly to 0 at `FADE_MM` from it."""
    outside = cv2.distanceTransform((~zone).astype(np.uint8), cv2.DIST_L2, 5)
    rest = np.clip(1 - outside * np.float32(mm_per_px / FADE_MM), 0, 1)
    return np.asarray(rest * rest * (3 - 2 * rest), np.float32)


def scaled(light: Linear, weight: Plane, coarse_px: float, scale: float) -> Linear:
    """Return light whose structure finer than a Gaussian sigma is scaled where `weight` is 1."""
    height = log_luminance(light)
    gain = np.exp((scale - 1) * weight * (height - smooth(height, coarse_px)))
    return np.asarray(light * gain[..., None], np.float32)


def beside_lines(light: Linear, mm_per_px: float) -> Mask:
    """Return where there is a line, dark and long enough, and the skin that belongs to it."""
    height = log_luminance(light)
    found = np.max([valleys(height, max(sigma / mm_per_px, 1)) for sigma in LINE_MM], axis=0) > LINE_STRENGTH
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(found.astype(np.uint8), connectivity=8)
    extent = np.hypot(boxes[:, cv2.CC_STAT_WIDTH], boxes[:, cv2.CC_STAT_HEIGHT]) * mm_per_px
    long = extent >= LINE_LENGTH_MM
    long[0] = False
    away = cv2.distanceTransform((~long[labels]).astype(np.uint8), cv2.DIST_L2, 5)
    return np.asarray(away * mm_per_px <= LINE_MARGIN_MM)


def valleys(height: Plane, sigma_px: float) -> Plane:
    """Return how much a place is the bottom of a straight valley of that width, scale-normalised."""
    gy, gx = np.gradient(smooth(height, sigma_px))
    (yy, yx), (_, xx) = np.gradient(gy), np.gradient(gx)
    middle, half = (xx + yy) / 2, np.hypot((xx - yy) / 2, yx)
    return np.asarray((middle + half - 2 * np.abs(middle - half)) * sigma_px**2, np.float32)


def darkened(light: Linear, amount: Plane, pigment: NDArray[np.float32]) -> Linear:
    """Return light after so much of a pigment more; less where the amount is negative."""
    return np.asarray(light * np.exp(-amount[..., None] * pigment), np.float32)


def amount_for_contrast(colour: NDArray[np.float32], added: Spots) -> np.float32:
    """Return how much of a pigment makes a colour darker by the contrast of the spots."""
    goal = (1 - added.contrast) * luminance(colour)

    def reading(amount: float) -> float:
        return float(luminance(np.asarray(colour * np.exp(-amount * added.pigment), np.float32)))

    return np.float32(solved(reading, float(goal)))


def coloured(
    light: Linear,
    zone: Mask,
    mm_per_px: float,
    pigment: NDArray[np.float32],
    reading: Callable[[Linear], float],
    more: float,
) -> Linear:
    """Return light with so much more or less of a pigment in a zone that what is read of its colour changes so."""
    colour = np.median(light[zone], axis=0).astype(np.float32)

    def read(amount: float) -> float:
        return reading(np.asarray(colour * np.exp(-amount * pigment), np.float32))

    amount = solved(read, read(0) + more)
    return darkened(light, np.float32(amount) * fading(zone, mm_per_px), pigment)


def solved(reading: Callable[[float], float], goal: float) -> float:
    """Return the amount of a pigment, from -2 to 2, at which a reading that only rises or only falls is the goal."""
    low, high = -2.0, 2.0
    rising = reading(high) > reading(low)
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if (reading(middle) > goal) == rising else (middle, high)
    return (low + high) / 2
