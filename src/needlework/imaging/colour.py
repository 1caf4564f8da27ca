"""Light and colour: sRGB to linear light and back, luminance, CIELAB, the individual typology angle.

Formulas: IEC 61966-2-1 (sRGB), CIE 15:2004 (CIELAB, D65 white), Chardon et al. 1991 (ITA).
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Image, Linear, Plane

LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]],
    np.float32,
)
WHITE = np.array([0.95047, 1.0, 1.08883], np.float32)
DARKEST = 2e-3
"""Luminance below which a logarithm says more of the noise than of skin."""


def _decoded(value: NDArray[np.float64]) -> NDArray[np.float32]:
    low = value <= 0.04045
    return np.where(low, value / 12.92, ((value + 0.055) / 1.055) ** 2.4).astype(np.float32)


TABLE = _decoded(np.arange(256) / 255)


def to_linear(image: Image) -> Linear:
    """Return an sRGB image (…, 3) in linear light."""
    return np.asarray(cv2.LUT(image, TABLE), np.float32)


def to_srgb(linear: Linear) -> Image:
    """Return linear light as an sRGB image, clipped to 0 to 255."""
    light = np.clip(linear, 0, 1)
    coded = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return (coded * 255 + 0.5).astype(np.uint8)


def luminance(linear: Linear) -> Plane:
    """Return the relative luminance Y of linear light, shape (…)."""
    return np.asarray(linear @ LUMINANCE, np.float32)


def log_luminance(linear: Linear) -> Plane:
    """Return the natural logarithm of the relative luminance of linear light, shape (…)."""
    return np.log(np.maximum(luminance(linear), np.float32(DARKEST)))


def lab(linear: Linear) -> Linear:
    """Return CIELAB (L*, a*, b*; D65) of linear light, shape (…, 3)."""
    relative = np.maximum(linear, 0) @ XYZ.T / WHITE
    f = np.where(relative > 0.008856, np.cbrt(relative), 7.787 * relative + 16 / 116)
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1).astype(np.float32)


def ita_degrees(lightness: float, yellowness: float) -> float:
    """Return the individual typology angle arctan((L* - 50) / b*) in degrees: higher is lighter skin."""
    return float(np.degrees(np.arctan2(lightness - 50, yellowness)))
