"""A photograph of a face with a sticker laid under the chin, taken again: colour whose truth is known."""

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.imaging.nuisances import Nuisance
from bench.imaging.recapture import shading, taken
from needlework.imaging.arrays import Image, Linear
from needlework.imaging.colour import to_linear
from needlework.imaging.faces.face import Face
from needlework.imaging.sticker.drawing import draw, paste
from needlework.imaging.sticker.geometry import geometry

CHIN = 152
BELOW_CHIN_MM = 12.0
TURN_DEG = 4.0
MARGIN_PX = 20
WHITE = 0.62
"""How bright a perfect white would be where the sticker lies: what the face sends out over this is its reflectance."""


def with_sticker(image: Image, face: Face) -> Image:
    """Return a photograph with the nominal sticker in it, continued downwards where the sticker would not fit."""
    below = int(np.ceil(corners(face)[:, 1].max())) + MARGIN_PX - image.shape[0]
    longer = cv2.copyMakeBorder(image, 0, max(0, below), 0, 0, cv2.BORDER_REPLICATE)
    return paste(np.asarray(longer, np.uint8), laid(face), draw(), WHITE)


def reflectance(image: Image) -> Linear:
    """Return what a perfect correction by the sticker reads off a photograph."""
    return to_linear(image) / np.float32(WHITE)


def laid(face: Face) -> NDArray[np.float64]:
    """Return the homography (3, 3) from millimetres on the sticker to pixels of the photograph."""
    scale, turn = 1 / face.mm_per_px, np.radians(TURN_DEG)
    middle = face.points[CHIN, :2] + [0, (BELOW_CHIN_MM + geometry().height_mm / 2) * scale]
    rotated = scale * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    shift = middle - rotated @ [geometry().width_mm / 2, geometry().height_mm / 2]
    return np.vstack([np.column_stack([rotated, shift]), [0, 0, 1]])


def corners(face: Face) -> NDArray[np.float64]:
    """Return the corners (4, 2) of the sticker in the photograph."""
    return geometry().outline(laid(face))


def taken_again(image: Image, face: Face, nuisance: Nuisance) -> Image:
    """Return a photograph with a sticker taken again; what light comes from one side falls on the face alone."""
    height, width = image.shape[:2]
    gain = shading(face.points, nuisance, (height, width))
    cv2.fillPoly(gain, [np.round(corners(face)).astype(np.int32)], 1.0)
    return taken(np.asarray(to_linear(image) * gain[..., None], np.float32), nuisance)
