"""How one picture of skin must be moved to lie on another: dense flow, and whether to believe it.

Dense inverse search (Kroeger et al. 2016) finds what moved, both ways; its noise is smoothed away, weighted by where
the two ways agree. Then least squares over windows (Lucas and Kanade 1981, by the gradient of both pictures together)
take the fine structure of the skin, again both ways. Nothing bends over less than `WINDOW_MM` and skin that changed
weighs little, so that a spot or a line is not chased; where there and back again leads elsewhere, the flow is not
believed.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Image, Mask, Plane
from needlework.imaging.colour import luminance, to_linear
from needlework.imaging.filters import smooth
from needlework.imaging.registration.sampling import looked_up
from needlework.imaging.registration.windows import Windows
from needlework.imaging.robust import GAUSSIAN_MAD

WORK_MM = 0.22
"""Millimetres per pixel of the pictures in which flow is sought: finer ones cost more and find nothing more."""
CONTRAST_MM = 2.0
"""Gaussian sigma of the surroundings whose light and contrast are taken off."""
LEAST_CONTRAST = 0.02
"""In log luminance: skin without structure is not blown up to look as if it had any."""
DARKEST = 0.01
"""Luminance that is added before the logarithm, so that noise in the dark does not count as structure."""
SEARCH_MM = 4.0
"""Gaussian sigma of the smoothing of what the search finds."""
WINDOW_MM = 3.0
"""Gaussian sigma of the windows of the least squares. Narrower ones (2.5 mm) follow noise, wider ones (4 mm) no longer
follow the face: simulated re-captures of calibration faces are 4 % worse in the median, 13 % in the tail."""
FINE_MM = 0.15
"""Gaussian sigma below which structure is noise."""
COARSE_MM, LIKENESS_MM = 0.25, 2.0
"""Gaussian sigmas of the structure that must be alike, finer being mostly noise, and of the windows in which."""
PASSES = 2
"""Rounds of the least squares, each from where the one before it ended."""
FURTHEST_PX = 1.0
"""The longest step of one pass: the gradient tells no more."""
SAME_PX = 1.0
"""The search found the same both ways where there and back again ends so near its beginning, in pixels."""
ASTRAY_MM = 0.3
"""What the search found this far from its own smoothed field counts for a quarter."""
CHANGED_MM = 0.4
"""Gaussian sigma over which skin is looked at to tell whether it changed."""
CHANGED = 2.0
"""Skin that differs by so many robust standard deviations counts for a quarter."""
DIFFERENCE = 0.5
"""In local contrasts: a pixel that differs by so much counts for half."""
OUTSIDE = 1e-3
"""What a pixel outside the skin weighs, so that there is always an answer."""
GREY = 32.0
"""Grey levels per local contrast, for the search, which takes eight bits."""

Shift = NDArray[np.float32]
"""(h, w, 2): how far to go in x and y, in pixels."""


@dataclass(frozen=True, eq=False)
class Flow:
    """How a moving picture lies to a fixed one."""

    shift: Shift
    """The moving picture at x + shift shows what the fixed one shows at x."""
    round_trip_px: Plane
    """How far from its beginning there and back again ends."""
    noise_px: Plane
    """Standard error of the shift that noise leaves, were the noise of neighbouring pixels independent."""
    agreed: Mask
    """Where the search found the same both ways."""
    likeness: Plane
    """Correlation of the two pictures around each pixel, once the one is moved."""


def detail(image: Image, mm_per_px: float) -> Plane:
    """Return the log luminance of an image less its surroundings', by their contrast: alike in any light."""
    light = np.log(luminance(to_linear(image)) + np.float32(DARKEST))
    light -= smooth(light, CONTRAST_MM / mm_per_px)
    contrast = np.sqrt(smooth(light * light, 1.5 * CONTRAST_MM / mm_per_px))
    return np.asarray(light / (contrast + np.float32(LEAST_CONTRAST)), np.float32)


def follow(fixed: Plane, moving: Plane, weight: Plane, mm_per_px: float) -> Flow:
    """Return how a moving picture lies to a fixed one.

    Args:
        fixed: (h, w), as `detail` gives it.
        moving: likewise; already within a few millimetres.
        weight: (h, w) 1 on skin, 0 where the flow should not look.
        mm_per_px: of both.

    """
    weight = np.asarray(weight + np.float32(OUTSIDE), np.float32)
    found, returned = _searched(fixed, moving), _searched(moving, fixed)
    agreed = _apart(found, returned) < SAME_PX
    there = _settled(found, weight * agreed + np.float32(OUTSIDE**2), mm_per_px)
    back = _settled(returned, weight * (_apart(returned, found) < SAME_PX) + np.float32(OUTSIDE**2), mm_per_px)
    fixed, moving = smooth(fixed, FINE_MM / mm_per_px), smooth(moving, FINE_MM / mm_per_px)
    there, noise = _refined(fixed, moving, weight, there, mm_per_px)
    back, _ = _refined(moving, fixed, weight, back, mm_per_px)
    return Flow(there, _apart(there, back), noise, agreed, _likeness(fixed, moved(moving, there), mm_per_px))


def moved(values: NDArray[np.float32], shift: Shift) -> NDArray[np.float32]:
    """Return values (h, w, …) as they are found at the end of each pixel's shift."""
    way = cv2.INTER_CUBIC if values.ndim == 2 else cv2.INTER_LINEAR
    ends = np.asarray(pixels(shift) + shift, np.float32)
    return np.asarray(looked_up(values, ends, way), np.float32)


def pixels(like: NDArray[np.float32]) -> Shift:
    """Return x and y of every pixel, (h, w, 2)."""
    x, y = np.meshgrid(np.arange(like.shape[1], dtype=np.float32), np.arange(like.shape[0], dtype=np.float32))
    return np.dstack([x, y])


def _searched(fixed: Plane, moving: Plane) -> Shift:
    one, two = (np.clip(plane * GREY + 128, 0, 255).astype(np.uint8) for plane in (fixed, moving))
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    return np.asarray(search.calc(one, two, np.zeros((*fixed.shape, 2), np.float32)), np.float32)


def _apart(there: Shift, back: Shift) -> Plane:
    return _length(there + moved(back, there))


def _length(shift: Shift) -> Plane:
    return np.asarray(cv2.magnitude(shift[..., 0], shift[..., 1]), np.float32)


def _settled(found: Shift, weight: Plane, mm_per_px: float) -> Shift:
    """Return what was found, smoothed twice: the second time without much of what lies far from the first."""
    window = Windows.of(weight, SEARCH_MM, mm_per_px)
    first = window.smoothed(found, weight)
    astray = _length(found - first) * np.float32(mm_per_px / ASTRAY_MM)
    return window.smoothed(found, weight / (1 + astray**2) ** 2)


def _refined(fixed: Plane, moving: Plane, weight: Plane, shift: Shift, mm_per_px: float) -> tuple[Shift, Plane]:
    for _ in range(PASSES):
        step, noise = _step(fixed, moved(moving, shift), weight, mm_per_px)
        shift = step + moved(shift, step)
    return shift, noise


def _step(fixed: Plane, moving: Plane, weight: Plane, mm_per_px: float) -> tuple[Shift, Plane]:
    """Return the shift that takes away most of the difference within each window, and its standard error."""
    window = Windows.of(weight, WINDOW_MM, mm_per_px)
    difference = fixed - moving
    weight = weight * _unchanged(difference, weight, mm_per_px) / (1 + (difference / np.float32(DIFFERENCE)) ** 2)
    across, down = (cv2.Sobel(fixed + moving, cv2.CV_32F, *way, ksize=1, scale=0.25) for way in ((1, 0), (0, 1)))
    xx, xy, yy, x, y, left = (
        window.mean(weight * product)
        for product in (
            across * across,
            across * down,
            down * down,
            across * difference,
            down * difference,
            difference * difference,
        )
    )
    some = (xx + yy) * np.float32(5e-4) + np.float32(1e-7)
    xx, yy = xx + some, yy + some
    room = xx * yy - xy * xy
    step = np.dstack([(yy * x - xy * y) / room, (xx * y - xy * x) / room]).astype(np.float32)
    step /= np.maximum(_length(step) / np.float32(FURTHEST_PX), 1)[..., None]
    noise = np.sqrt(left * (xx + yy) / room / np.float32(4 * np.pi * (WINDOW_MM / mm_per_px) ** 2))
    return window.spread(step), window.spread(np.asarray(noise, np.float32))


def _likeness(fixed: Plane, moved_onto: Plane, mm_per_px: float) -> Plane:
    one, other = smooth(fixed, COARSE_MM / mm_per_px), smooth(moved_onto, COARSE_MM / mm_per_px)
    window = Windows.of(fixed, LIKENESS_MM, mm_per_px)
    both, first, second = (window.mean(product) for product in (one * other, one * one, other * other))
    return window.spread(both / np.sqrt(first * second + np.float32(1e-12)))


def _unchanged(difference: Plane, weight: Plane, mm_per_px: float) -> Plane:
    """Return how much to make of each place, by how unusual its difference is: little, where skin changed."""
    local = cv2.GaussianBlur(difference, (0, 0), CHANGED_MM / mm_per_px)
    usual = np.median(np.abs(local[weight > 0.5])) / GAUSSIAN_MAD
    return np.asarray(1 / (1 + (local / (CHANGED * usual + 1e-6)) ** 2) ** 2, np.float32)
