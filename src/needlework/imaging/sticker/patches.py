"""What a photograph shows of the sticker's patches."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Image, Linear
from needlework.imaging.colour import luminance, to_linear
from needlework.imaging.sticker.geometry import Patch, geometry
from needlework.imaging.sticker.plane import Plane

SAMPLES_PER_MM = 8
"""The sticker is looked at straight on, with this many samples along a millimetre."""
MARGIN = 0.2
"""Of a patch's width and height, on each side: what a soft picture mixes with the neighbour."""
PARTS = 3
"""A patch is read in three by three parts: their median leaves out a speck, their scatter shows one."""
DARKEST, BRIGHTEST = 5, 252
"""Grey levels between which a channel is neither lost in black nor clipped; one pixel in twenty may be outside."""
DARK = 1e-4
"""Linear light below which nothing is divided."""
LARGEST_SCATTER = 0.06
"""Relative standard deviation of the parts of an even patch, beyond what the noise of its pixels explains."""


@dataclass(frozen=True, eq=False)
class Patches:
    """The patches of one sticker as a camera gave them, in the order of the geometry."""

    light: NDArray[np.float64]
    """(n, 3) linear light."""
    error: NDArray[np.float64]
    """(n,) relative standard error of `light`, from the scatter of the parts."""
    exposed: NDArray[np.bool_]
    """(n, 3): False where a channel is clipped or lost in black."""
    even: NDArray[np.bool_]
    """(n,): False where glare, dirt, a crease or a shadow's edge lies on the patch."""

    @property
    def good(self) -> NDArray[np.bool_]:
        """Return which patches (n,) are even, and exposed in every channel."""
        return self.even & self.exposed.all(axis=1)


def straightened(image: Image, plane: Plane) -> Image:
    """Return the sticker (360, 480, 3) as if looked at straight on, eight samples to the millimetre."""
    to_mm = np.diag([1 / SAMPLES_PER_MM, 1 / SAMPLES_PER_MM, 1])
    to_mm[:2, 2] = 0.5 / SAMPLES_PER_MM
    size = (round(geometry().width_mm * SAMPLES_PER_MM), round(geometry().height_mm * SAMPLES_PER_MM))
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(image, plane.homography @ to_mm, size, flags=how), np.uint8)


def read(straight: Image, plane: Plane) -> Patches:
    """Return the patches of a straightened sticker, given the plane it lies in."""
    insides = [_inside(straight, patch) for patch in geometry().patches]
    seen = [_in_parts(inside) for inside in insides]
    means = np.array([part.mean(axis=1) for part in seen])
    bright = luminance(means)
    middle = np.median(bright, axis=1).clip(DARK)
    scatter = bright.std(axis=1) / middle
    noise = np.array([luminance(part).std(axis=1).mean() for part in seen]) / middle / np.sqrt(_pixels(plane))
    return Patches(
        light=np.median(means, axis=1).astype(np.float64),
        error=np.asarray(1.25 * np.maximum(scatter, noise) / PARTS, np.float64),
        exposed=np.array([_exposed(inside) for inside in insides]),
        even=np.asarray(scatter < np.hypot(LARGEST_SCATTER, 2 * noise), np.bool_),
    )


def _inside(straight: Image, patch: Patch) -> Image:
    across, down = patch.width_mm * MARGIN, patch.height_mm * MARGIN
    left, right = patch.x_mm + across, patch.x_mm + patch.width_mm - across
    top, bottom = patch.y_mm + down, patch.y_mm + patch.height_mm - down
    left, right, top, bottom = (round(end * SAMPLES_PER_MM) for end in (left, right, top, bottom))
    return straight[top:bottom, left:right]


def _in_parts(inside: Image) -> Linear:
    """Return the linear light (9, samples, 3) of the parts of a patch."""
    height, width = (length // PARTS for length in inside.shape[:2])
    cut = to_linear(np.ascontiguousarray(inside[: height * PARTS, : width * PARTS]))
    parts = cut.reshape(PARTS, height, PARTS, width, 3).swapaxes(1, 2)
    return parts.reshape(PARTS * PARTS, height * width, 3)


def _pixels(plane: Plane) -> NDArray[np.float64]:
    """Return how many pixels of the image there are in one part of each patch."""
    areas = np.array([patch.width_mm * patch.height_mm for patch in geometry().patches])
    return np.asarray(np.prod(plane.stretches) * areas * ((1 - 2 * MARGIN) / PARTS) ** 2, np.float64).clip(1)


def _exposed(inside: Image) -> NDArray[np.bool_]:
    dark, bright = np.percentile(inside.reshape(-1, 3), [5, 95], axis=0)
    return np.asarray((dark > DARKEST) & (bright < BRIGHTEST), np.bool_)
