"""A camera: exposure, cast, blur, noise, sRGB and JPEG."""

from dataclasses import dataclass

import cv2
import numpy as np

from needlework.imaging.arrays import Image, Linear
from needlework.imaging.colour import to_srgb

FULL_WELL = 8000.0
"""Electrons of a pixel that is just white: a phone's (prototype figure, not measured)."""
READ_NOISE = 3.0
"""Electrons."""


@dataclass(frozen=True)
class Camera:
    """How one picture is taken."""

    exposure_ev: float = 0.0
    red: float = 1.0
    blue: float = 1.0
    """The cast: red and blue against green, in linear light."""
    blur_px: float = 0.7
    """Gaussian sigma of the point spread."""
    jpeg_quality: int | None = 92
    """None: not compressed."""
    seed: int = 0
    """Of the noise."""


def photograph(light: Linear, camera: Camera) -> Image:
    """Return the picture (h, w, 3) of light, white 1.0."""
    balance = np.array([camera.red, 1, camera.blue], np.float32) * np.float32(2**camera.exposure_ev)
    seen = np.asarray(light * balance, np.float32)
    if camera.blur_px > 0:
        seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), camera.blur_px), np.float32)
    return compressed(to_srgb(counted(seen, camera.seed)), camera.jpeg_quality)


def counted(seen: Linear, seed: int) -> Linear:
    """Return light as a sensor counts it: photons arrive by chance (normal, as there are many), and reading adds."""
    electrons = np.maximum(seen, 0) * np.float32(FULL_WELL)
    chance = np.random.default_rng(seed).standard_normal(seen.shape, np.float32)
    return np.asarray((electrons + chance * np.sqrt(electrons + READ_NOISE**2)) / np.float32(FULL_WELL), np.float32)


def compressed(image: Image, quality: int | None) -> Image:
    """Return an image after a JPEG file of that quality (1 to 100); None leaves it."""
    if quality is None:
        return image
    file = cv2.imencode(".jpg", image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.ascontiguousarray(np.asarray(cv2.imdecode(file, cv2.IMREAD_COLOR), np.uint8)[..., ::-1])
