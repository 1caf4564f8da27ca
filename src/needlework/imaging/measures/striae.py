"""Stretch marks: the contrast of stripes 1 to 10 mm wide against the skin beside them, and their width.

Where the stripes run, and whether they are darker or lighter than the skin, is told once from both visits together.
The contrast of a shot is the mean of its log luminance along the middles of the stripes, less that of the skin on both
sides: it is linear, so that noise, which is as often up as down, leaves it as it is.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Mask, Plane
from needlework.imaging.measures import blocks
from needlework.imaging.measures.bands import Bands, Piece, average
from needlework.imaging.measures.estimate import Estimate, Unmeasured
from needlework.imaging.measures.lines import strength

SIGMAS_MM = (0.6, 1.2, 2.4, 4.2)
"""Gaussian sigmas of the stripes that are looked for: 1.4 to 10 mm wide."""
STRIPE = 0.012
"""The least strength of a stripe, in log luminance: one of about four percent. Uneven pigment is weaker."""
LEAST_LENGTH_MM = 15.0
"""What is shorter is a spot or a hair."""
LEAST_PART_MM = 4.0
"""A shorter part of a crest is a kink beside it."""
BORDER_MM = 1.5
"""Kept from the border of the zone, where half a stripe looks like another one."""
NEAR_CREST_PX = 0.6
"""A pixel is in the middle of a stripe if the crest of its strength passes so near (Steger 1998 takes half a pixel)."""
CREST_SIGMA_PX = 1.0
FARTHEST_MM = 12.0
"""So far beside a stripe the skin is looked at."""
CORE = 0.5
"""The contrast is that of what lies up to so far from the middle, in halves of a stripe's width, …"""
BESIDE = (2.0, 4.0)
"""… against what lies from so far to so far from it."""
TINY = 1e-6
"""The least contrast that is left without a block."""
NONE = Unmeasured("No stretch mark stands out enough in this zone to measure a change of it.")
NO_SKIN = Unmeasured("Too little skin beside the stretch marks can be seen: show more of it on either side.")
GONE = Unmeasured("The stretch marks of this zone cannot be told from the skin beside them on one of the visits.")


@dataclass(frozen=True, eq=False)
class Profile:
    """Log luminance by the distance from the middle of a stripe."""

    away_px: NDArray[np.intp]
    """Rising from 0."""
    values: NDArray[np.float64]

    @classmethod
    def of(cls, plane: Plane, away: NDArray[np.intp]) -> "Profile":
        """Return the profile of a plane, given how far each pixel is from the middle of the nearest stripe."""
        near = away >= 0
        count, total = np.bincount(away[near]), np.bincount(away[near], plane[near])
        return cls(np.flatnonzero(count), total[count > 0] / count[count > 0])

    def half_width_px(self, beside: float) -> float:
        """Return how far from the middle half of the contrast with the skin beside is left; some of it must be."""
        half = (self.values[0] + beside) / 2
        after = int(np.argmax(self.values < half))
        (near, far), (value, next_value) = self.away_px[after - 1 : after + 1], self.values[after - 1 : after + 1]
        return float(near + (far - near) * (value - half) / (value - next_value))


@dataclass(frozen=True, eq=False)
class Stripes:
    """Where stripes run that are lighter than the skin beside them."""

    away: NDArray[np.intp]
    """(h, w) how many pixels it is to the middle of the nearest; -1 where no skin of the zone is near."""
    half_width_px: float

    def core(self, away: NDArray[np.intp]) -> Mask:
        """Return which distances are those of a stripe's middle."""
        return np.asarray((away >= 0) & (away <= CORE * self.half_width_px))

    def beside(self, away: NDArray[np.intp]) -> Mask:
        """Return which distances are those of the skin beside it."""
        first, last = (part * self.half_width_px for part in BESIDE)
        return np.asarray((away >= first) & (away <= last))

    def width_px(self, plane: Plane) -> float:
        """Return how wide they are on a plane, where half of their contrast is left; 0 where they have none."""
        seen = Profile.of(plane, self.away)
        beside = float(seen.values[self.beside(seen.away_px)].mean())
        return 2 * seen.half_width_px(beside) if seen.values[0] > beside else 0.0


def measure(bands: Bands, zone: Mask) -> Estimate | Unmeasured:
    """Return the change of the contrast of a zone's stretch marks; `extra` has their width on both visits."""
    piece = bands.coarse(zone)
    if isinstance(piece, Unmeasured):
        return piece
    middle = average(piece.planes, bands.after)
    middles, sign = stripes(middle, piece)
    if not middles.any():
        return NONE
    away = distances(middles, piece)
    seen = Profile.of(sign * middle, away)
    if not np.argmin(seen.values):
        return NONE
    found = Stripes(away, seen.half_width_px(float(seen.values.min())))
    if not found.beside(away).any():
        return NO_SKIN
    return changed(sign * piece.planes, bands.after, found, piece.mm_per_px)


def stripes(plane: Plane, piece: Piece) -> tuple[Mask, int]:
    """Return the middles of the stripes of a zone, and 1 where they are lighter than the skin, -1 where darker."""
    per_mm = 1 / piece.mm_per_px
    sigmas = [sigma * per_mm for sigma in SIGMAS_MM]
    inside = piece.inner(BORDER_MM)
    shown = plane * piece.mask
    dark, light = (strength(side, sigmas) for side in (shown, -shown))
    found, sign = (light, 1) if (np.square(light) * inside).sum() > (np.square(dark) * inside).sum() else (dark, -1)
    stripe = long((found > STRIPE) & inside, LEAST_LENGTH_MM * per_mm)
    return long(stripe & crest(found), LEAST_PART_MM * per_mm), sign


def crest(plane: Plane) -> Mask:
    """Return the pixels where a plane is highest across the direction in which it runs on (Steger 1998)."""
    soft = cv2.GaussianBlur(plane, (0, 0), CREST_SIGMA_PX)
    x, y = (cv2.Sobel(soft, cv2.CV_32F, *order, ksize=3) / 8 for order in ((1, 0), (0, 1)))
    xx, yy, xy = (cv2.Sobel(soft, cv2.CV_32F, *order, ksize=3) / 4 for order in ((2, 0), (0, 2), (1, 1)))
    across = np.arctan2(2 * xy, xx - yy) / 2 + np.pi / 2
    curvature = (xx + yy) / 2 - np.hypot((xx - yy) / 2, xy)
    right, down = np.cos(across), np.sin(across)
    step = np.abs(x * right + y * down)
    return np.asarray(step * np.maximum(np.abs(right), np.abs(down)) <= -NEAR_CREST_PX * curvature)


def long(mask: Mask, least_px: float) -> Mask:
    """Return the connected parts of a mask that extend so far."""
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    kept = np.hypot(boxes[:, cv2.CC_STAT_WIDTH], boxes[:, cv2.CC_STAT_HEIGHT]) >= least_px
    kept[0] = False
    return np.asarray(kept[labels])


def distances(middles: Mask, piece: Piece) -> NDArray[np.intp]:
    """Return how many pixels it is to the middle of the nearest stripe; -1 where no skin of the zone is near."""
    away = np.rint(cv2.distanceTransform((~middles).astype(np.uint8), cv2.DIST_L2, 5)).astype(np.intp)
    return np.where(piece.mask & (away <= FARTHEST_MM / piece.mm_per_px), away, -1)


def changed(
    shots: NDArray[np.float32], after: NDArray[np.bool_], found: Stripes, mm_per_px: float
) -> Estimate | Unmeasured:
    """Return the change of the contrast of stripes, which are long enough to run through several blocks."""
    inner, outer = (in_blocks(shots, mask, mm_per_px) for mask in (found.core(found.away), found.beside(found.away)))
    counting = inner[-1] + outer[-1] > 0
    whole = [part.sum(axis=1, keepdims=True) for part in (inner, outer)]
    seen = contrasts(*whole)[:, 0]
    widths = [found.width_px(shots[side].mean(axis=0)) * mm_per_px for side in (~after, after)]
    if seen.min() <= 0 or not all(widths):
        return GONE
    without = np.maximum(contrasts(whole[0] - inner[:, counting], whole[1] - outer[:, counting]), TINY)
    return Estimate(
        change=float(np.log(seen[after].mean()) - np.log(seen[~after].mean())),
        before=tuple(np.log(seen[~after]).tolist()),
        after=tuple(np.log(seen[after]).tolist()),
        within=blocks.jackknife(np.log(without[after].mean(axis=0)) - np.log(without[~after].mean(axis=0))),
        extra=dict(zip(("width_mm_before", "width_mm_after"), widths, strict=True)),
    )


def in_blocks(shots: NDArray[np.float32], mask: Mask, mm_per_px: float) -> NDArray[np.float64]:
    """Return the sum of every shot over a mask in each block, and the count of its pixels, (n + 1, blocks)."""
    weight = mask.astype(np.float32)
    return np.stack([*(blocks.sums(shot * weight, mm_per_px) for shot in shots), blocks.sums(weight, mm_per_px)])


def contrasts(core: NDArray[np.float64], beside: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the contrast of every shot, (n, …)."""
    inner, outer = (part[:-1] / np.maximum(part[-1], 1) for part in (core, beside))
    return np.asarray(inner - outer)
