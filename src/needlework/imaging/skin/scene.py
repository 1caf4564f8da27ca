"""A photograph of a part of the body: a patch of skin with the sticker on it, seen from somewhere."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Linear
from needlework.imaging.colour import to_linear, to_srgb
from needlework.imaging.sticker.drawing import draw, paste

CAMERA_MM = 500.0
"""From the camera to the skin, for the perspective."""


@dataclass(frozen=True)
class Stance:
    """From where a patch is seen, against straight above its middle."""

    right_mm: float = 0.0
    down_mm: float = 0.0
    """How far the skin lies off the middle of the picture."""
    turn_deg: float = 0.0
    """Clockwise, in the plane of the picture."""
    tilt_deg: float = 0.0
    """How far its upper edge leans away."""
    scale: float = 1.0


def with_sticker(light: Linear, mm_per_px: float, x_mm: float, y_mm: float, turn_deg: float = 0.0) -> Linear:
    """Return the light of a patch with a sticker lying on it, its top left corner at a place of the patch.

    It is lit as flat skin that faces the camera is. Eight bits are kept, which a photograph does not exceed.
    """
    cos, sin = np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg))
    onto = np.array([[cos, -sin, x_mm], [sin, cos, y_mm], [0, 0, mm_per_px]]) / mm_per_px
    half = np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1]])
    return to_linear(paste(to_srgb(light), half @ onto, draw()))


def seen(light: Linear, mm_per_px: float, stance: Stance) -> Linear:
    """Return the light of a patch as it is seen from elsewhere, in a picture of the same size."""
    height, width = light.shape[:2]
    view = looking(stance, mm_per_px, width, height)
    warped = cv2.warpPerspective(light, view, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(np.maximum(warped, 0), np.float32)


def looking(stance: Stance, mm_per_px: float, width: int, height: int) -> NDArray[np.float64]:
    """Return the homography (3, 3) from pixels of a patch to pixels of the picture."""
    turn, tilt = np.radians(stance.turn_deg), np.radians(stance.tilt_deg)
    rotated = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    leaning = np.diag([1, np.cos(tilt)]) @ rotated
    farther = -np.sin(tilt) * rotated[1] * mm_per_px / CAMERA_MM
    moved = np.array([stance.right_mm, stance.down_mm]) / mm_per_px
    plane = np.block([[stance.scale * leaning, np.zeros((2, 1))], [farther, np.ones((1, 1))]])
    middle = np.array([[1, 0, (width - 1) / 2], [0, 1, (height - 1) / 2], [0, 0, 1]])
    shift = np.array([[1, 0, moved[0]], [0, 1, moved[1]], [0, 0, 1]])
    return np.asarray(middle @ shift @ plane @ np.linalg.inv(middle))
