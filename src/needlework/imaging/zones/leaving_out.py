"""Which pixels of a photograph may be measured: bare skin, in focus, neither too bright nor too dark."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Image, Mask, Points
from needlework.imaging.zones.causes import Cause
from needlework.imaging.zones.focus import soft
from needlework.imaging.zones.looks import Looks, brightest, covered, expected, glare
from needlework.imaging.zones.outlines import apart, border, inside, outlines
from needlework.imaging.zones.shapes import grown

WORK_MM = 0.3
"""Millimetres per pixel at which colour is judged: hairs still show, and it costs a quarter."""
BRIGHT, DARK = 254, 6
"""Values (of 255) at which a camera has run out of range: any colour at the top, all of them at the bottom."""
APART_MM = 1.5
"""Kept from lips, lids, brows and nostrils: as far as a mesh may be off."""
HAIR_MM, SHINE_MM = 0.5, 0.7
"""Kept from hair and shine, whose edges are mixed with skin."""
SEED = ("cheek-left", "cheek-right", "periorbital-left", "periorbital-right", "nose", "glabella")
"""Where a face is mostly bare skin, whatever its hair and beard."""

Causes = NDArray[np.uint8]
"""(h, w): why each pixel is left out, a `Cause`; zero where it may be measured."""
Bounds = Callable[[float, tuple[int, int]], tuple[Mask, Mask]]
"""From a reduction and the shape (h, w) it leads to: where it is mostly bare skin, and where it is looked at."""


def left_out(image: Image, points: Points, mm_per_px: float) -> Causes:
    """Return why each pixel of a face is left out.

    Left out are hair, brows, beard, lips, nostrils, eyes, dark glasses, shine, what is clipped and what is out of
    focus. What skin looks like is learnt from this face's own cheeks, nose and brow, in this photograph.
    """

    def bounds(ratio: float, shape: tuple[int, int]) -> tuple[Mask, Mask]:
        mesh = (points[:, :2] + 0.5) * ratio - 0.5
        zones = outlines(mesh)
        beside = grown(inside(apart(mesh), shape), APART_MM, mm_per_px / ratio)
        return inside([zones[zone] for zone in SEED], shape) & ~beside, inside([border(mesh)], shape) & ~beside

    return judged(image, bounds, mm_per_px)


def judged(image: Image, bounds: Bounds, mm_per_px: float) -> Causes:
    """Return why each pixel is left out of what lies within some bounds."""
    height, width = image.shape[:2]
    ratio = min(1.0, mm_per_px / WORK_MM)
    small = np.asarray(cv2.resize(image, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA), np.uint8)
    seed, within = bounds(ratio, small.shape[:2])
    coloured = _by_colour(small, seed, within, mm_per_px / ratio)
    causes = np.asarray(cv2.resize(coloured, (width, height), interpolation=cv2.INTER_NEAREST), np.uint8)
    top = brightest(image)
    causes[(causes != Cause.APART) & ((top >= BRIGHT) | (top <= DARK))] = Cause.CLIPPED
    kept = causes == Cause.NONE
    causes[soft(image, kept, mm_per_px) & kept] = Cause.SOFT
    return causes


def _by_colour(image: Image, seed: Mask, within: Mask, mm_per_px: float) -> Causes:
    causes = np.full(within.shape, Cause.APART, np.uint8)
    if not seed.any():
        return causes
    looks = Looks.of(image, mm_per_px)
    own = expected(looks, seed, within)
    causes[within] = Cause.NONE
    causes[within & grown(glare(looks, own), SHINE_MM, mm_per_px)] = Cause.GLARE
    causes[within & grown(covered(looks, own), HAIR_MM, mm_per_px)] = Cause.COVERED
    return causes
