"""The correction of colour that the patches give, in linear light, and whether the printed copy bears it.

The camera is taken to send every channel through one tone curve of its own, after its white balance and a mixing of
the channels that keeps greys grey. So the correction is: the curve back,
fitted on the greys with a gain for each channel; then a matrix whose rows add up to one, fitted on the skins. Both are
held near "no correction" by how much cameras usually differ from sRGB, so that a badly printed patch moves them little.
"""

from dataclasses import dataclass
from math import inf
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Linear
from needlework.imaging.colour import lab
from needlework.imaging.sticker.fitting import fit
from needlework.imaging.sticker.geometry import geometry
from needlework.imaging.sticker.patches import DARK, Patches

Values = NDArray[np.float64]

Floats = TypeVar("Floats", NDArray[np.float32], Values)

MIDDLE = 0.2
"""Linear light about which the tone curve is written."""
GAIN_SPREAD = 1.5
"""How much the light of photographs differs from its nominal, in logarithms."""
CURVE_SPREAD = (0.2, 0.05, 0.01)
"""How much the slope, bend and twist (in logarithms) of cameras' curves differ from sRGB's."""
MIXING_SPREAD = 0.06
"""How much the parts of the matrix differ from no mixing."""
PATCH_ERROR = 0.04
"""Relative error of a printed patch, which no photograph shows."""
BLOCK = 65536
"""Pixels that are corrected together: what is worked out between stays in the processor's cache."""
LEAST_SLOPE = 0.3
"""Of the curve, in logarithms: no camera's is flatter."""


@dataclass(frozen=True, eq=False)
class Correction:
    """Takes linear light as the camera gave it to reflectance under the sticker's own light."""

    gain: Values
    """(3,) logarithms, one per channel."""
    curve: Values
    """(3,) slope, bend and twist."""
    ends: tuple[float, float]
    """Between which the curve was fitted (logarithms of light over MIDDLE); it goes on straight beyond."""
    mixing: Values
    """(3, 3): rows that add up to one."""

    def __call__(self, light: Linear) -> Linear:
        """Return the corrected light, same shape (…, 3)."""
        flat = np.ascontiguousarray(light, np.float32).reshape(-1, 1, 3)
        corrected = np.empty_like(flat)
        for start in range(0, len(flat), BLOCK):
            part = slice(start, start + BLOCK)
            curved = _curved(_exposure(flat[part]), self.curve, self.ends) + self.gain.astype(np.float32)
            corrected[part] = cv2.transform(cv2.exp(curved), (MIDDLE * self.mixing).astype(np.float32))
        return corrected.reshape(light.shape)


def correction(patches: Patches, levelled: Values) -> Correction:
    """Return the correction that takes the light of the patches (n, 3), in even light, nearest to their colours."""
    gain, curve, ends = _tone(patches, levelled)
    toned = Correction(gain, curve, ends, np.eye(3))(levelled.astype(np.float32)).astype(np.float64)
    return Correction(gain, curve, ends, _mixing(patches, toned))


def _tone(patches: Patches, levelled: Values) -> tuple[Values, Values, tuple[float, float]]:
    """Return gain, curve and ends, from the greys whose channel is neither clipped nor lost in black."""
    neutral = np.array([patch.is_neutral for patch in geometry().patches])
    rows, channels = np.nonzero(patches.exposed & (patches.even & neutral)[:, None])
    exposure = _exposure(levelled)[rows, channels]
    target = _exposure(geometry().reflectances)[rows, channels]
    error = np.hypot(PATCH_ERROR, patches.error[rows])
    ends = (float(exposure.min(initial=0)), float(exposure.max(initial=0)))
    found = np.zeros(6)
    for terms in (3, 2, 1):
        design = np.concatenate([np.eye(3)[channels], exposure[:, None] ** np.arange(1, terms + 1)], axis=1)
        usual = np.array([0.0, 0, 0, 1, 0, 0])[: 3 + terms]
        spread = np.array([GAIN_SPREAD] * 3 + [*CURVE_SPREAD])[: 3 + terms]
        found = np.pad(fit(design, target, error, usual=usual, spread=spread), (0, 3 - terms))
        if _slope(np.linspace(*ends, 20), found[3:]).min() > LEAST_SLOPE:
            break
    return found[:3], found[3:], ends


def _mixing(patches: Patches, toned: Values) -> Values:
    """Return the matrix, from the skins that are good."""
    rows = np.flatnonzero(patches.good & [not patch.is_neutral for patch in geometry().patches])
    target, error = geometry().reflectances[rows], np.hypot(PATCH_ERROR, patches.error[rows])
    mixing = np.eye(3)
    for channel in range(3):
        others = [other for other in range(3) if other != channel]
        size = target[:, channel]
        design = (toned[rows][:, others] - toned[rows][:, [channel]]) / size[:, None]
        off = (size - toned[rows, channel]) / size
        parts = fit(design, off, error, usual=np.zeros(2), spread=np.full(2, MIXING_SPREAD))
        mixing[channel, others] = parts
        mixing[channel, channel] -= parts.sum()
    return mixing


def _exposure(light: Floats) -> Floats:
    return np.asarray(cv2.log(np.maximum(light, DARK) / MIDDLE), light.dtype).reshape(light.shape)


def _curved(exposure: NDArray[np.float32], curve: Values, ends: tuple[float, float]) -> NDArray[np.float32]:
    slope, bend, twist = curve.astype(np.float32)
    inside = np.clip(exposure, *ends).astype(np.float32)
    beyond = _slope(inside, curve) * (exposure - inside)
    return np.asarray(inside * (slope + inside * (bend + inside * twist)) + beyond, np.float32)


def _slope(exposure: Floats, curve: Values) -> Floats:
    slope, bend, twist = curve.astype(exposure.dtype)
    return np.asarray(slope + exposure * (2 * bend + exposure * 3 * twist))


def residual(patches: Patches, levelled: Values, found: Correction) -> float:
    """Return the root mean square ΔE*ab of the good patches after correction; infinite without any."""
    off = lab(found(levelled.astype(np.float32))) - lab(geometry().reflectances.astype(np.float32))
    return float(np.sqrt((off[patches.good] ** 2).sum(axis=1).mean())) if patches.good.any() else inf
