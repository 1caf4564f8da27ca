"""Where the sticker was stuck on at another visit: the turn and shift that lay the skin around it on this one's."""

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft2, next_fast_len, rfft2

from needlework.imaging.arrays import Mask, Plane

COARSE_MM = 1.5
"""Millimetres per pixel on which to look for the same moles, folds and stretch marks."""
TURNS_DEGREES = range(-24, 25, 2)
NEARER_DEGREES = (-1.0, 0.0, 1.0)
FARTHEST_MM = 60.0
"""How far apart the places of the sticker may be."""
LEAST_OVERLAP = 0.3
"""The share of the skin that both must show."""
TURNED = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP


@dataclass(frozen=True, eq=False)
class Patch:
    """The skin around a sticker, level, its middle in the middle."""

    seen: Plane
    """(h, w) `flow.detail`, on pixels of `COARSE_MM`."""
    shown: Mask
    """What lies inside the photograph."""
    skin: Mask
    """What of that is not the sticker."""
    reach_mm: float
    """From the middle to each side."""


class _Found(NamedTuple):
    likeness: float
    degrees: float
    x_px: float
    y_px: float


def seated(base: Patch, other: Patch) -> NDArray[np.float64]:
    """Return the matrix (3, 3) that takes level millimetres about the base's sticker to those about the other's.

    There is always one: whether the skin is really the same is for the flow's own check to say.
    """
    coarse = max(_likeness(base, other, degrees) for degrees in TURNS_DEGREES)
    found = max(_likeness(base, other, coarse.degrees + nearer) for nearer in NEARER_DEGREES)
    shift = np.array([[1, 0, found.x_px * COARSE_MM], [0, 1, found.y_px * COARSE_MM], [0, 0, 1]])
    return np.asarray(_turn(found.degrees) @ shift)


def _turn(degrees: float) -> NDArray[np.float64]:
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])


def _likeness(base: Patch, other: Patch, degrees: float) -> _Found:
    """Return how alike two patches are at the best shift, the other one turned: their correlation where both show skin.

    Normalised cross-correlation of masked pictures (Padfield 2012), by Fourier transform.
    """
    seen, mask = _turned(other, degrees)
    shape = tuple(next_fast_len(2 * length, real=True) for length in base.seen.shape)
    here = [rfft2(plane, shape) for plane in _powers(base.seen * base.skin, base.skin)]
    there = [rfft2(plane, shape) for plane in _powers(seen, mask)]
    both, first, second, overlap = (
        irfft2(here[one].conj() * there[two], shape) for one, two in ((1, 1), (2, 0), (0, 2), (0, 0))
    )
    energy = np.sqrt(np.maximum(first, 0) * np.maximum(second, 0))
    like = np.where(overlap > LEAST_OVERLAP * base.skin.sum(), both / np.maximum(energy, 1e-6), -1)
    y, x = (np.fft.fftfreq(length, 1 / length) for length in shape)
    like[np.hypot(x[None], y[:, None]) * COARSE_MM > FARTHEST_MM] = -1
    row, column = np.unravel_index(np.argmax(like), shape)
    return _Found(float(like[row, column]), degrees, float(x[column]), float(y[row]))


def _turned(patch: Patch, degrees: float) -> tuple[Plane, Mask]:
    to_middle, back = np.eye(3), np.eye(3)
    back[:2, 2] = patch.reach_mm / COARSE_MM - 0.5
    to_middle[:2, 2] = -back[:2, 2]
    matrix, size = (back @ _turn(degrees) @ to_middle)[:2], patch.seen.shape[::-1]
    mask = cv2.warpAffine(patch.skin.astype(np.float32), matrix, size, flags=TURNED) > 0.99
    return np.asarray(cv2.warpAffine(patch.seen, matrix, size, flags=TURNED) * mask, np.float32), np.asarray(mask)


def _powers(plane: Plane, mask: Mask) -> tuple[Plane, Plane, Plane]:
    return mask.astype(np.float32), plane, plane * plane
