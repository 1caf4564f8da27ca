"""Which pixels of each zone count: those that may be measured in every shot of both visits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from needlework.evidence.zones import in_words
from needlework.imaging.arrays import Mask, Points
from needlework.imaging.measures.estimate import Unmeasured
from needlework.imaging.registration.stack import Stack
from needlework.imaging.zones.causes import ADVICE, Cause
from needlework.imaging.zones.leaving_out import Causes, left_out
from needlework.imaging.zones.outlines import inside, outlines
from needlework.imaging.zones.shapes import grown, without_islands

LEAST_CM2 = 0.7
"""The least skin that a zone is measured on: about a third of a temple."""
LEAST_SHARE = 0.25
"""The least share of a zone that may speak for it."""
MARGIN_MM = 0.5
"""Kept from what is left out in any shot: pixels there are mixed, and a place that counts may lie off by an estimated
0.5 mm (`registration.aligning.LARGEST_ERROR_MM`)."""
LEAST_ISLAND_MM2 = 10.0
"""Skin in pieces smaller than this, between hairs, is no skin to measure texture on."""
NO_FACE = "These photographs show no face. Photograph the face from the front, or name the zone of the body."
NOT_OF_FACE = "This is no zone of the face. Photograph it by itself, with the sticker beside it."

Answer = Mask | Unmeasured


def masks(stack: Stack, wanted: Sequence[str]) -> dict[str, Answer]:
    """Return for every wanted zone of a face the pixels that count, (h, w), or why there are too few.

    A pixel counts where it is bare skin in focus in every shot, and every shot lies well on the others. Zones do not
    overlap, whichever are wanted.
    """
    if stack.points is None:
        return dict.fromkeys(wanted, Unmeasured(NO_FACE))
    drawn = outlines(stack.points)
    numbers = _numbered(drawn.values(), stack.images.shape[1:3])
    causes = [left_out(image, stack.points, stack.mm_per_px) for image in stack.images]
    seen = common(stack, causes)
    found: dict[str, Answer] = dict.fromkeys(wanted, Unmeasured(NOT_OF_FACE))
    for number, zone in enumerate(drawn, start=1):
        if zone in found:
            found[zone] = _enough(zone, numbers == number, seen)
    return found


@dataclass(frozen=True, eq=False)
class Seen:
    """What all shots of a stack show of the skin."""

    usable: Mask
    """What may be measured in every shot, a margin taken off."""
    causes: Sequence[Causes]
    """Why each pixel of each shot is left out, its registration last: hair does not lie still either."""
    mm_per_px: float

    def cm2(self, mask: Mask) -> float:
        """Return how much skin a mask holds."""
        return float(np.count_nonzero(mask)) * self.mm_per_px**2 / 100

    def main_cause(self, mask: Mask) -> Cause:
        """Return why most of a mask is left out."""
        counts = np.sum([np.bincount(causes[mask], minlength=len(Cause)) for causes in self.causes], axis=0)
        return max(ADVICE, key=lambda cause: int(counts[cause]))


def common(stack: Stack, causes: Sequence[Causes]) -> Seen:
    """Return what all shots show, given why each pixel of each is left out."""
    placed = [
        np.where(valid | (own != Cause.NONE), own, np.uint8(Cause.UNALIGNED))
        for valid, own in zip(stack.valid, causes, strict=True)
    ]
    out = np.logical_or.reduce([own != Cause.NONE for own in placed])
    usable = ~grown(out, MARGIN_MM, stack.mm_per_px)
    return Seen(without_islands(usable, LEAST_ISLAND_MM2, stack.mm_per_px), placed, stack.mm_per_px)


def _enough(zone: str, whole: Mask, seen: Seen) -> Answer:
    mask = whole & seen.usable
    if seen.cm2(mask) >= max(LEAST_CM2, LEAST_SHARE * seen.cm2(whole)):
        return mask
    return too_little(zone, seen.main_cause(whole))


def too_little(zone: str, cause: Cause) -> Unmeasured:
    """Say that a zone cannot be measured, and what would help."""
    return Unmeasured(f"Too little of {in_words(zone)} can be seen in every photograph. {ADVICE[cause]}", cause)


def _numbered(drawn: Iterable[Points], shape: tuple[int, int]) -> NDArray[np.uint8]:
    """Return the number of the outline, from 1, that each pixel belongs to; of the last where two meet."""
    plane = np.zeros(shape, np.uint8)
    for number, outline in enumerate(drawn, start=1):
        plane[inside([outline], shape)] = number
    return plane
