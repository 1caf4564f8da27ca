"""A zone of the body without a face: the skin around the sticker."""

from collections.abc import Sequence
from functools import partial

import cv2
import numpy as np

from needlework.imaging.arrays import Mask, Points
from needlework.imaging.registration.stack import Stack
from needlework.imaging.zones.leaving_out import judged
from needlework.imaging.zones.masks import Answer, common, too_little
from needlework.imaging.zones.outlines import inside
from needlework.imaging.zones.shapes import grown

BESIDE_MM = 3.0
"""Kept from the sticker: its shadow, its edge and the skin that it presses."""
SEED_MM = 15.0
"""How far around the sticker skin is learnt from."""
LEAST_CM2 = 4.0
"""The least skin that a zone of the body is measured on: two by two centimetres."""


def body(stack: Stack, zone: str, stickers: Sequence[Points]) -> Answer:
    """Return the pixels of a zone of the body that count, (h, w), or why there are too few.

    `stickers` are the outlines on the grid, (n, 2) in pixels, of each shot's own: it need not lie on the same skin at
    each visit. What counts is skin like that beside the sticker, joined to it, in focus and well lit in every shot. A
    cloth or table of the same colour as the skin cannot be told from it.
    """
    mm_per_px, shape = stack.mm_per_px, stack.images.shape[1:3]
    shots = zip(stack.images, stickers, strict=True)
    seen = common(stack, [judged(image, partial(_around, sticker, mm_per_px), mm_per_px) for image, sticker in shots])
    seed = np.logical_or.reduce([_around(sticker, mm_per_px, 1.0, shape)[0] for sticker in stickers])
    mask = _touching(seen.usable, seed)
    return mask if seen.cm2(mask) >= LEAST_CM2 else too_little(zone, seen.main_cause(seed))


def _around(sticker: Points, mm_per_px: float, ratio: float, shape: tuple[int, int]) -> tuple[Mask, Mask]:
    """Return the skin beside a sticker, and all that is off it."""
    on = inside([(sticker + 0.5) * ratio - 0.5], shape)
    off = ~grown(on, BESIDE_MM, mm_per_px / ratio)
    return grown(on, SEED_MM, mm_per_px / ratio) & off, off


def _touching(mask: Mask, seed: Mask) -> Mask:
    """Return the pieces of a mask that begin within a seed."""
    _, pieces = cv2.connectedComponents(mask.astype(np.uint8), connectivity=4)
    return np.isin(pieces, np.unique(pieces[seed & mask])) & mask
