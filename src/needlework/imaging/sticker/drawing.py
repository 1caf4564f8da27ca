"""The sticker as a picture, and laid into a photograph, for whoever simulates one."""

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Image, Linear
from needlework.imaging.colour import to_linear, to_srgb
from needlework.imaging.sticker.geometry import cells, geometry

PX_PER_MM = 10
"""Of the drawing: every edge on the sticker falls between two of its pixels."""
TO_MILLIMETRES = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, PX_PER_MM]]) / PX_PER_MM
"""Pixels of the drawing, whose centres are whole numbers, to millimetres on the sticker."""
FINER = 4
"""Samples along a pixel when a sticker is laid into an image."""


def draw() -> Linear:
    """Return the nominal sticker (450, 600, 3), ten pixels to the millimetre, as reflectance in linear sRGB.

    Squares and patches only: writing and ruler are never read.
    """
    plan = geometry()
    shape = (round(plan.height_mm * PX_PER_MM), round(plan.width_mm * PX_PER_MM), 3)
    picture = np.full(shape, plan.paper_reflectance, np.float32)
    for square in plan.squares:
        side = round(square.side_mm * PX_PER_MM)
        black = cv2.resize(cells(square).astype(np.uint8), (side, side), interpolation=cv2.INTER_NEAREST) > 0
        _part(picture, square.x_mm, square.y_mm, square.side_mm, square.side_mm)[black] = plan.ink_reflectance
    for patch, reflectance in zip(plan.patches, plan.reflectances, strict=True):
        _part(picture, patch.x_mm, patch.y_mm, patch.width_mm, patch.height_mm)[:] = reflectance
    return picture


def paste(image: Image, homography: NDArray[np.float64], sticker: Linear, light: float = 1.0) -> Image:
    """Return the image with a drawn sticker laid into it in linear light.

    `homography` (3, 3) takes millimetres on the sticker to pixels of the image; `light` is how bright a perfect white
    would be there. A pixel at its edge is mixed by how much of it the sticker covers.
    """
    seen = geometry().outline(homography)
    left, top = np.maximum(np.floor(seen.min(axis=0)).astype(int), 0)
    right, bottom = np.minimum(np.ceil(seen.max(axis=0)).astype(int) + 1, image.shape[1::-1])
    to_image = _sampled(left, top) @ homography @ TO_MILLIMETRES
    size = (int(right - left), int(bottom - top))
    cover = _warped(np.ones_like(sticker), to_image, size)
    laid = _warped(sticker * np.float32(light), to_image, size)
    pasted = image.copy()
    part = pasted[top:bottom, left:right]
    part[:] = to_srgb(to_linear(part) * (1 - cover) + laid)
    return pasted


def _part(picture: Linear, x_mm: float, y_mm: float, width_mm: float, height_mm: float) -> Linear:
    left, top, right, bottom = (round(place * PX_PER_MM) for place in (x_mm, y_mm, x_mm + width_mm, y_mm + height_mm))
    return picture[top:bottom, left:right]


def _sampled(left: int, top: int) -> NDArray[np.float64]:
    """Return the map (3, 3) from pixels of the image to samples of its part that begins there."""
    half = (FINER - 1) / 2
    return np.array([[FINER, 0, half - FINER * left], [0, FINER, half - FINER * top], [0, 0, 1]])


def _warped(picture: Linear, to_image: NDArray[np.float64], size: tuple[int, int]) -> Linear:
    finer = (size[0] * FINER, size[1] * FINER)
    drawn = cv2.warpPerspective(picture, to_image, finer, flags=cv2.INTER_LINEAR)
    return np.asarray(cv2.resize(drawn, size, interpolation=cv2.INTER_AREA), np.float32)
