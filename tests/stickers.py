"""Stickers laid on drawn skin, seen from anywhere."""

import cv2
import numpy as np

from needlework.imaging.arrays import Image, Linear
from needlework.imaging.colour import to_linear, to_srgb
from needlework.imaging.sticker.drawing import PX_PER_MM, draw, paste
from needlework.imaging.sticker.geometry import Patch, geometry

CAMERA_MM = 600.0
SKIN = (0.46, 0.27, 0.19)
"""Reflectance in linear sRGB: L* 62, a* 11, b* 18."""


def laid(px_per_mm=5.0, at=(200, 150), tilt_deg=0.0, about_deg=0.0, turn_deg=0.0):
    """Return the homography of a sticker whose middle is at a pixel: tilted about an axis in its plane, then turned."""
    tilt, about, turn = np.radians([tilt_deg, about_deg, turn_deg])
    tilted = np.array([[1, 0, 0], [0, np.cos(tilt), -np.sin(tilt)], [0, np.sin(tilt), np.cos(tilt)]])
    rotation = turned(turn) @ turned(about) @ tilted @ turned(-about)
    from_middle = np.eye(3)
    from_middle[:2, 2] = -geometry().middle[0]
    focal_px = px_per_mm * CAMERA_MM
    camera = np.array([[focal_px, 0, at[0]], [0, focal_px, at[1]], [0, 0, 1]])
    return camera @ np.column_stack([rotation[:, :2], [0, 0, CAMERA_MM]]) @ from_middle


def turned(angle):
    return np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]])


def skin(width=400, height=300, colour=SKIN, light=0.7) -> Image:
    """Return skin of one colour with a soft mottle."""
    mottle = np.random.default_rng(3).standard_normal((height, width, 1)).astype(np.float32)
    mottle = cv2.GaussianBlur(mottle, (0, 0), 4)[..., None]
    return to_srgb(np.float32(light) * np.array(colour, np.float32) * (1 + 0.2 * mottle))


def scene(homography=None, sticker: Linear | None = None, light=0.7, background: Image | None = None) -> Image:
    """Return skin with a sticker on it, both in the same light."""
    homography = laid() if homography is None else homography
    sticker = draw() if sticker is None else sticker
    return paste(skin(light=light) if background is None else background, homography, sticker, light)


def photographed(image: Image, seed: int, *, noise=2.0, quality=88) -> Image:
    """Return an image as a camera may give it: exposure, cast, a tone curve of its own, noise, JPEG."""
    chance = np.random.default_rng(seed)
    exposure, red, blue, exponent = chance.uniform((-0.3, 0.9, 0.9, 0.92), (0.3, 1.1, 1.1, 1.08))
    light = to_linear(image) * np.float32(2**exposure * np.array([red, 1, blue]))
    coded = 255 * (to_srgb(light) / 255) ** exponent
    noisy = np.clip(coded + chance.normal(0, noise, image.shape) + 0.5, 0, 255).astype(np.uint8)
    file = cv2.imencode(".jpg", noisy[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.ascontiguousarray(cv2.imdecode(file, cv2.IMREAD_COLOR)[..., ::-1])


def printed_on(sticker: Linear, patch: Patch) -> Linear:
    """Return the part of a drawn sticker that is a patch."""
    ends = (patch.y_mm, patch.y_mm + patch.height_mm, patch.x_mm, patch.x_mm + patch.width_mm)
    top, bottom, left, right = (round(end * PX_PER_MM) for end in ends)
    return sticker[top:bottom, left:right]
