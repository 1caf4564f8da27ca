"""Shots of two visits as registration leaves them: matched planes of log luminance, on one grid."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Mask, Plane
from needlework.imaging.filters import band
from needlework.imaging.measures.bands import Bands
from needlework.imaging.registration.stack import Stack, Texture

MM_PER_PX = 0.25


def bands(
    before: Sequence[Plane],
    after: Sequence[Plane],
    *,
    mm_per_px: float = MM_PER_PX,
    reason: str | None = None,
) -> Bands:
    """The planes of two visits, ready to be measured."""
    planes = np.stack([*before, *after]).astype(np.float32)
    texture = Texture(planes, np.zeros(len(planes)), reason)
    return Bands.of(texture, still(np.zeros((*planes.shape, 3), np.uint8), len(before), mm_per_px))


def still(images: NDArray[np.uint8], before: int, mm_per_px: float) -> Stack:
    """Photographs by a camera that did not move, the first of them before."""
    return Stack(
        mm_per_px=mm_per_px,
        images=images,
        after=np.arange(len(images)) >= before,
        valid=np.ones(images.shape[:3], bool),
        error_mm=np.zeros(images.shape[:3], np.float32),
        points=None,
    )


def noisy(plane: Plane, sd: float, *seeds: int) -> list[Plane]:
    """One shot of a plane for each seed, with white noise of its own."""
    return [plane + np.float32(sd) * white(plane.shape, seed) for seed in seeds]


def rough(shape: tuple[int, int], seed: int = 0, fine_px: float = 1.5, coarse_px: float = 5.0) -> Plane:
    """Structure as fine as texture, with a contrast of three percent."""
    seen = band(white(shape, 1000 + seed), fine_px, coarse_px)
    return np.asarray(0.03 * seen / seen.std(), np.float32)


def white(shape: tuple[int, ...], seed: int) -> Plane:
    return np.random.default_rng(seed).standard_normal(shape, np.float32)


def within(plane: Plane, margin_px: int = 12) -> Mask:
    """A zone that leaves out the border."""
    zone = np.zeros(plane.shape[-2:], bool)
    zone[margin_px:-margin_px, margin_px:-margin_px] = True
    return zone
