"""The matched shots, prepared once for all zones, and their structure of some width.

A band is named by the widths that it holds: from a Gaussian whose full width at half maximum is the narrowest to one
whose full width is the widest, the wider blur subtracted from the finer. In wavelengths it passes at least half of
its peak from about twice the narrowest to two and a half times the widest.
"""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Mask, Plane
from needlework.imaging.filters import smooth
from needlework.imaging.measures import cells, lines
from needlework.imaging.measures.estimate import Unmeasured
from needlework.imaging.registration.stack import Stack, Texture

FULL_WIDTH = 2.3548
"""Full width at half maximum of a Gaussian over its sigma."""
FINEST_PX = 1.5
"""Gaussian sigma: a finer blur would let through what is left of the difference in point spread. The finest grid keeps
all of a band from 0.5 mm; on one of 0.27 mm per pixel it begins at 0.95 mm. Both visits lose the same."""
CELL_MM = 0.4
"""The coarse grid, for structure wider than a millimetre."""
LINE_CELL_MM = 0.25
LINE_SIGMAS_MM = (0.3, 0.5, 0.85)
"""Gaussian sigmas of the lines that are looked for: 0.7 to 2 mm wide."""
LINE = 0.02
"""The strength, in log luminance, from which a line is left out of wide bands."""
LINE_REACH_MM = 1.5
"""With so much skin on either side."""
SAMPLES = 5000
"""About so many pixels of a zone tell how light falls on it."""
LEAST_MM2 = 50.0
"""The least skin whose structure is worth telling."""
TOO_LITTLE = Unmeasured(
    "Too little of this zone can be seen for its structure: take hair, hands and glare off it, or come closer."
)


@dataclass(frozen=True)
class Widths:
    """The widths that a band holds."""

    narrowest_mm: float
    widest_mm: float

    def sigmas_px(self, mm_per_px: float) -> tuple[float, float]:
        """Return the Gaussian sigmas of its two blurs."""
        fine, wide = (width / FULL_WIDTH / mm_per_px for width in (self.narrowest_mm, self.widest_mm))
        return max(fine, FINEST_PX), wide


@dataclass(frozen=True, eq=False)
class Piece:
    """A zone of all shots, and the rectangle around it."""

    planes: NDArray[np.float32]
    """(n, h, w) log luminance, the light over the zone evened out."""
    mask: Mask
    """(h, w): the pixels of the zone that every shot shows."""
    part: tuple[slice, slice]
    """Where the rectangle is on its grid."""
    mm_per_px: float

    def inner(self, margin_mm: float) -> Mask:
        """Return the zone without a margin at its border, where half of what lies beyond it still shows."""
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * round(margin_mm / self.mm_per_px) + 1,) * 2)
        kept = cv2.erode(self.mask.astype(np.uint8), disc, borderType=cv2.BORDER_CONSTANT, borderValue=0)
        return np.asarray(kept).astype(bool)

    def band(self, widths: Widths) -> NDArray[np.float32]:
        """Return the structure of some widths, (n, h, w); 0 outside the zone, which has no influence on it."""
        weight = self.mask.astype(np.float32)
        sigmas = widths.sigmas_px(self.mm_per_px)
        share = [np.maximum(smooth(weight, sigma), np.float32(1e-3)) for sigma in sigmas]
        found = np.empty_like(self.planes)
        for plane, into in zip(self.planes, found, strict=True):
            inside = plane * weight
            fine, wide = (smooth(inside, sigma) / part for sigma, part in zip(sigmas, share, strict=True))
            np.multiply(fine - wide, weight, out=into)
        return found


@dataclass(frozen=True, eq=False)
class Bands:
    """The matched shots of two visits, for every measure of contrast."""

    planes: NDArray[np.float32]
    """(n, h, w) log luminance."""
    after: NDArray[np.bool_]
    visible: Mask
    """(h, w): what every shot shows."""
    mm_per_px: float
    reason: str | None = None
    """Why structure cannot be compared, or None."""

    @classmethod
    def of(cls, texture: Texture, stack: Stack) -> "Bands":
        """Prepare the shots of a stack."""
        visible = np.asarray(stack.valid.all(axis=0))
        return cls(texture.planes, stack.after, visible, stack.mm_per_px, texture.reason)

    def fine(self, zone: Mask) -> Piece | Unmeasured:
        """Return a zone as registered, or why it cannot be measured."""
        return self._piece(self.planes, zone & self.visible, self.mm_per_px)

    def coarse(self, zone: Mask) -> Piece | Unmeasured:
        """Return a zone in cells of `CELL_MM`, or why it cannot be measured."""
        planes, mm_per_px = self._coarse
        mask = cells.mask(zone & self.visible, (planes.shape[2], planes.shape[1]))
        return self._piece(planes, mask, mm_per_px)

    @cached_property
    def lines(self) -> Plane:
        """(h, w): how strong a dark line is at each place, over both visits alike."""
        size = cells.size(self.visible.shape, self.mm_per_px, LINE_CELL_MM)
        small = cells.plane(average(self.planes, self.after), size)
        per_mm = size[0] / (self.visible.shape[1] * self.mm_per_px)
        found = lines.strength(small, [sigma * per_mm for sigma in LINE_SIGMAS_MM])
        return np.asarray(cv2.resize(found, self.visible.shape[::-1]), np.float32)

    @cached_property
    def near_lines(self) -> Mask:
        """(h, w): what lies on a line or so near that the line shows in a wide band."""
        reach = round(LINE_REACH_MM / self.mm_per_px)
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
        return np.asarray(cv2.dilate((self.lines > LINE).astype(np.uint8), disc)).astype(bool)

    @cached_property
    def _coarse(self) -> tuple[NDArray[np.float32], float]:
        size = cells.size(self.visible.shape, self.mm_per_px, CELL_MM)
        planes = np.stack([cells.plane(plane, size) for plane in self.planes])
        return planes, self.mm_per_px * self.visible.shape[1] / size[0]

    def _piece(self, planes: NDArray[np.float32], mask: Mask, mm_per_px: float) -> Piece | Unmeasured:
        if self.reason:
            return Unmeasured(self.reason)
        if np.count_nonzero(mask) * mm_per_px**2 < LEAST_MM2:
            return TOO_LITTLE
        rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
        part = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
        return Piece(levelled(planes[:, *part], mask[part]), mask[part], part, mm_per_px)


def average(planes: NDArray[np.float32], after: NDArray[np.bool_]) -> Plane:
    """Return the mean of the two visits' means, so that both count alike whatever their shots."""
    return np.asarray((planes[~after].mean(axis=0) + planes[after].mean(axis=0)) / 2, np.float32)


def levelled(planes: NDArray[np.float32], mask: Mask) -> NDArray[np.float32]:
    """Return planes (n, h, w) less the cubic surface that fits each best inside a mask.

    Light falls off over a cheek by more than any structure has, and a blur that ends at the border of the zone would
    take that for structure.
    """
    rows, columns = np.nonzero(mask)
    every = slice(None, None, len(rows) // SAMPLES + 1)
    y, x = (_powers(np.arange(length)) for length in mask.shape)
    terms = [(i, j) for i in range(4) for j in range(4 - i)]
    at = np.stack([y[i, rows[every]] * x[j, columns[every]] for i, j in terms])
    fitted = np.linalg.solve(at @ at.T, at @ planes[:, rows[every], columns[every]].T)
    surfaces = np.zeros((len(planes), 4, 4), np.float32)
    surfaces[:, *np.transpose(terms)] = fitted.T
    return np.asarray(planes - y.T.astype(np.float32) @ surfaces @ x.astype(np.float32))


def _powers(place: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.vander(2 * place / len(place) - 1, 4, increasing=True).T
