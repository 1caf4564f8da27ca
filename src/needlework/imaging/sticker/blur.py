"""How soft the sticker is in a photograph, by the edges of its squares."""

from collections.abc import Iterator
from math import pi, sqrt

import cv2
import numpy as np

from needlework.imaging.arrays import Image, Plane
from needlework.imaging.sticker.geometry import Square, geometry
from needlework.imaging.sticker.patches import SAMPLES_PER_MM

REACH_MM = 1.2
"""To both sides of an edge: less than a cell, and than the white about a square."""


def blur_mm(straight: Image) -> float:
    """Return the sigma of the Gaussian blur in a straightened sticker, the grain of the picture's pixels included."""
    light = np.asarray(cv2.cvtColor(straight, cv2.COLOR_RGB2GRAY), np.float32)
    return float(np.median([_sigma(edge) for square in geometry().squares for edge in _edges(light, square)]))


def _edges(light: Plane, square: Square) -> Iterator[Plane]:
    """Yield the four sides of a square as profiles from white to black, each the mean of the side's middle half."""
    ends = (square.y_mm, square.y_mm + square.side_mm, square.x_mm, square.x_mm + square.side_mm)
    reach = round(REACH_MM * SAMPLES_PER_MM)
    top, bottom, left, right = (round(end * SAMPLES_PER_MM) for end in ends)
    window = light[top - reach : bottom + reach, left - reach : right + reach]
    quarter = len(window) // 4
    for turn in range(4):
        yield np.rot90(window, turn)[quarter:-quarter, : 2 * reach].mean(axis=0)


def _sigma(edge: Plane) -> float:
    """Return the sigma of a blurred step in millimetres, by its height and its steepest place."""
    steepest = max(float(-np.diff(edge).min()), 1e-6)
    return float(edge[0] - edge[-1]) / (steepest * sqrt(2 * pi) * SAMPLES_PER_MM)
