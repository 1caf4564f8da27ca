"""Light on skin: lamps, hollows, diffusion under the surface, and shine."""

from dataclasses import dataclass

import numpy as np

from needlework.imaging.arrays import Linear, Plane
from needlework.imaging.filters import smooth

DIFFUSION = (
    ((0.080, 0.233), (0.220, 0.100), (0.432, 0.118), (0.753, 0.113), (1.411, 0.358), (2.722, 0.078)),
    ((0.080, 0.455), (0.220, 0.336), (0.432, 0.198), (0.753, 0.007), (1.411, 0.004)),
    ((0.080, 0.649), (0.220, 0.344), (0.753, 0.007)),
)
"""For red, green and blue: sigmas in millimetres and weights of the Gaussians in which light spreads under the
surface (d'Eon, Luebke and Enderton 2007, three layers of skin)."""
LEAST_WEIGHT = 0.05
"""Gaussians of less weight are left out: they change nothing that is measured, and cost a blur each."""
REFLECTANCE_AT_NORMAL = 0.028
"""What the surface mirrors, seen straight on (index of refraction 1.4)."""
ROUGHNESS = 0.3
"""Of the surface (both as d'Eon and others 2007 take them)."""
HOLLOWS_MM = (0.3, 1.0)
HOLLOW_STRENGTH = 0.8
"""How light is kept from hollows of these sizes (prototype figures, not measured)."""


@dataclass(frozen=True)
class Lamp:
    """A lamp with a soft box, far from the skin."""

    x: float
    y: float
    z: float
    """Towards the lamp: x to the right, y down, z towards the camera; the length does not matter."""
    strength: float = 1.0
    softness: float = 0.12
    """About half its width against its distance."""

    @property
    def direction(self) -> Plane:
        """The unit vector towards it."""
        direction = np.array([self.x, self.y, self.z], np.float32)
        return np.asarray(direction / np.linalg.norm(direction), np.float32)


@dataclass(frozen=True)
class Lighting:
    """All the light there is. A flat white surface that faces the camera sends out 1.0, whatever the lamps."""

    lamps: tuple[Lamp, ...]
    ambient: float = 0.35
    """Light from everywhere, where the lamps together count as their strengths."""


TWO_AT_45 = Lighting((Lamp(-0.6, -0.3, 0.75, 0.5), Lamp(0.6, -0.3, 0.75, 0.5)))
"""A lamp on either side, a little above: each 42° off the way that the camera looks."""
FRONTAL = Lighting((Lamp(0.0, -0.05, 1.0),))
"""A lamp just above the camera, 3° off the way that it looks."""
ABOVE_AT_45 = Lighting((Lamp(0.0, -1.0, 1.0),))
"""A lamp straight above the camera, 45° off the way that it looks."""
RAKING = Lighting((Lamp(0.2, -1.0, 0.45),))
"""A lamp above that grazes the skin, at 24° to it."""


def lit(height_mm: Plane, reflectance: Linear, mm_per_px: float, lighting: Lighting) -> Linear:
    """Return the light (h, w, 3) that skin of a relief and reflectance sends to the camera, white 1.0."""
    normal = normals(height_mm, mm_per_px)
    facing = [np.maximum(normal @ lamp.direction, 0) for lamp in lighting.lamps]
    full = lighting.ambient + sum(lamp.strength * lamp.direction[2] for lamp in lighting.lamps)
    arriving = np.full(height_mm.shape, lighting.ambient, np.float32)
    shine = np.zeros(height_mm.shape, np.float32)
    for lamp, toward in zip(lighting.lamps, facing, strict=True):
        arriving += np.float32(lamp.strength) * toward
        shine += np.float32(lamp.strength) * mirrored(normal, toward, lamp)
    arriving *= openness(height_mm, mm_per_px) / np.float32(full)
    return spread(arriving, reflectance, mm_per_px) + (shine / np.float32(full))[..., None]


def normals(height_mm: Plane, mm_per_px: float) -> Linear:
    """Return the unit normals (h, w, 3) of a relief."""
    down, right = np.gradient(height_mm, np.float32(mm_per_px))
    length = np.sqrt(right * right + down * down + 1)
    return np.dstack([-right / length, -down / length, 1 / length]).astype(np.float32)


def openness(height_mm: Plane, mm_per_px: float) -> Plane:
    """Return how much of the light reaches each place of a relief: less in a hollow."""
    share = np.ones(height_mm.shape, np.float32)
    for size in HOLLOWS_MM:
        below = np.maximum(smooth(height_mm, size / mm_per_px) - height_mm, 0)
        share *= np.clip(1 - np.float32(HOLLOW_STRENGTH / size) * below, 0.3, 1)
    return share


def mirrored(normal: Linear, facing: Plane, lamp: Lamp) -> Plane:
    """Return what the surface itself mirrors of a lamp (Walter et al. 2007, GGX), a soft one as a rougher surface."""
    half = lamp.direction + np.array([0, 0, 1], np.float32)
    half = half / np.linalg.norm(half)
    square = np.float32((ROUGHNESS + lamp.softness / 2) ** 2)
    across = np.square(normal @ half.astype(np.float32)) * (square - 1) + 1
    grazing = (1 - half[2]) ** 5
    fresnel = np.float32(REFLECTANCE_AT_NORMAL + (1 - REFLECTANCE_AT_NORMAL) * grazing)
    visible = np.maximum(facing, 0.05) * np.maximum(normal[..., 2], 0.2)
    return np.asarray(square / np.square(across) * fresnel * facing / (4 * visible), np.float32)


def spread(arriving: Plane, reflectance: Linear, mm_per_px: float) -> Linear:
    """Return what comes back out of the skin: half of the colour is taken before light spreads, half after."""
    half = np.sqrt(reflectance)
    out = np.empty(reflectance.shape, np.float32)
    for channel, gaussians in enumerate(DIFFUSION):
        kept = [(sigma, weight) for sigma, weight in gaussians if weight >= LEAST_WEIGHT]
        entering, whole = arriving * half[..., channel], sum(weight for _, weight in kept)
        diffused = sum(np.float32(weight / whole) * smooth(entering, sigma / mm_per_px) for sigma, weight in kept)
        out[..., channel] = diffused * half[..., channel]
    return out
