"""A shot on another grid: resampled once, from a copy without what the grid is too coarse to show."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Image, Mask

Places = NDArray[np.float32]
"""(h, w, 2): for each pixel of a grid, the x and y of the image that it shows."""
LARGEST_STEP = 1.5
"""Pixels of the image from one of the grid to the next, from which on the image is reduced first: cubic interpolation
looks at four pixels, and what is finer than the grid would come back as false texture."""
ROOM = 16
"""Pixels of the image kept around what is looked at: for cubic interpolation, and for places between those tried."""
SOME = 8
"""Places vary so smoothly that every eighth tells their extent and step."""


@dataclass(frozen=True, eq=False)
class Sampler:
    """The part of an image that a grid shows, with pixels hardly smaller than the grid's."""

    image: Image
    corner: NDArray[np.float32]
    """(2,) where it begins in the whole image."""
    shrink: NDArray[np.float32]
    """(2,) its pixels per pixel of the whole image."""

    def at(self, places: Places) -> Image:
        """Return the image (h, w, 3) at places of the whole image."""
        own = (places - self.corner + 0.5) * self.shrink - 0.5
        return np.asarray(looked_up(self.image, own, cv2.INTER_CUBIC), np.uint8)


def sampler(image: Image, places: Places) -> Sampler:
    """Return what samples an image for a grid whose pixels lie about at `places`."""
    some = places[::SOME, ::SOME].reshape(-1, 2)
    low = np.floor(some.min(axis=0)).astype(int) - ROOM
    high = np.ceil(some.max(axis=0)).astype(int) + ROOM + 1
    left, top = np.clip(low, 0, [image.shape[1] - 1, image.shape[0] - 1])
    right, bottom = np.clip(high, [left + 1, top + 1], [image.shape[1], image.shape[0]])
    part = image[top:bottom, left:right]
    step = pixel_step(places)
    if step > LARGEST_STEP:
        width, height = (max(1, round(length / step)) for length in (right - left, bottom - top))
        part = np.asarray(cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    shrink = np.array([part.shape[1] / (right - left), part.shape[0] / (bottom - top)], np.float32)
    return Sampler(np.ascontiguousarray(part), np.array([left, top], np.float32), shrink)


def looked_up(values: NDArray[Any], places: Places, way: int) -> NDArray[Any]:
    """Return values (h, w, …) at places between pixels; beyond the edge those of the edge."""
    none = np.empty(0, np.float32)
    return np.asarray(cv2.remap(values, places, none, way, borderMode=cv2.BORDER_REPLICATE))


def pixel_step(places: Places) -> float:
    """Return how many pixels of the image lie between neighbours of the grid, typically."""
    return float(np.median(np.linalg.norm(np.diff(places[::SOME], axis=1), axis=-1)))


def shown(places: Places, image: Image) -> Mask:
    """Return which pixels of a grid lie inside the image."""
    height, width = image.shape[:2]
    return np.asarray(cv2.inRange(places, (0, 0), (width - 1, height - 1)) > 0)
