"""Lines on a patch: what wrinkles and stretch marks have in common."""

from dataclasses import dataclass

import numpy as np

from needlework.imaging.arrays import Plane
from needlework.imaging.skin.fields import Extent, Window, window

WAVE_MM = 0.6
"""How far a line swings from straight, in millimetres (prototype figure, not measured)."""
WAVE_LENGTH_MM = 18.0
END_MM = 0.8
"""Over about this length a line fades at either end."""


@dataclass(frozen=True)
class Line:
    """Where a line runs: nearly straight, with a slow wave."""

    x_mm: float
    y_mm: float
    """Its middle, from the top left corner of the patch."""
    length_mm: float
    angle_deg: float = 0.0
    """Clockwise from the right."""
    phase: float = 0.0
    """Of its wave, in turns."""


@dataclass(frozen=True, eq=False)
class Course:
    """A line on the pixels around it."""

    part: tuple[slice, slice]
    across_mm: Plane
    """The distance from the middle of the line, at a right angle to it and signed."""
    present: Plane
    """1 along the line, 0 beyond its ends."""


def course(line: Line, extent: Extent, reach_mm: float) -> Course:
    """Return a line on the pixels that lie up to `reach_mm` beside it."""
    around = window(extent, line.x_mm, line.y_mm, line.length_mm / 2 + reach_mm + WAVE_MM + 4 * END_MM)
    along, across = turned(around, line.angle_deg)
    across = across - WAVE_MM * np.sin(2 * np.pi * (along / WAVE_LENGTH_MM + line.phase))
    inside = np.clip((line.length_mm / 2 - np.abs(along)) / END_MM, -20, 20)
    return Course(around.part, np.asarray(across, np.float32), np.asarray(1 / (1 + np.exp(-inside)), np.float32))


def turned(around: Window, angle_deg: float) -> tuple[Plane, Plane]:
    """Return how far each pixel lies along a direction and across it."""
    cos, sin = np.float32(np.cos(np.radians(angle_deg))), np.float32(np.sin(np.radians(angle_deg)))
    return around.x_mm * cos + around.y_mm * sin, around.y_mm * cos - around.x_mm * sin
