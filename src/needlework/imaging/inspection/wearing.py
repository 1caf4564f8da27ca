"""What a face wears that hides skin, where it can be told: glasses with a rim, hair on the forehead, lipstick."""

import cv2
import numpy as np

from needlework.imaging.colour import log_luminance
from needlework.imaging.inspection.closeup import LIPS, Closeup

BRIDGE_TOP, BRIDGE_END = 168, 197
ALONG = np.linspace(-0.12, 0.35, 48)
ACROSS = np.linspace(-0.06, 0.06, 13)
"""Where the bridge of the nose is looked at, in eye distances from its top."""
STEP = 3
"""Rows between which an edge is seen: a rim is about as high."""
FOREHEAD = (109, 10, 338, 297, 299, 337, 151, 108, 69, 67)
HAIR = 18.0
"""L* below the skin's own from which the forehead counts as covered."""


def bridge_edge(close: Closeup) -> float:
    """Return the steepest edge across the bridge of the nose, in log light: skin there is smooth, a rim is not.

    Of 86 photographs without glasses none lies above 0.40; a dark bridge drawn on them reads 1.6 and more.
    """
    points = close.points
    across = (points[263] - points[33]) / np.linalg.norm(points[263] - points[33])
    down = np.array([-across[1], across[0]])
    eye_distance = float(np.linalg.norm(points[BRIDGE_END] - points[BRIDGE_TOP])) / 0.4
    offsets = ACROSS[:, None, None] * across + ALONG[None, :, None] * down
    places = (points[BRIDGE_TOP] + eye_distance * offsets).astype(np.float32)
    light = log_luminance(close.linear)
    profile = np.median(cv2.remap(light, places[..., 0], places[..., 1], cv2.INTER_LINEAR), axis=0)
    return float(np.abs(profile[STEP:] - profile[:-STEP]).max())


def covered_percent(close: Closeup) -> float:
    """Return how much of the forehead is far darker than the face's skin."""
    lightness = close.lab[..., 0]
    forehead = lightness[close.inside(FOREHEAD)]
    return 100 * float((forehead < np.median(lightness[close.skin]) - HAIR).mean()) if forehead.size else 100.0


def lip_colour(close: Closeup) -> float:
    """Return how much redder the lips are than the skin (a*); 86 faces without strong lipstick reach 17."""
    red = close.lab[..., 1]
    return float(np.median(red[close.inside(LIPS)]) - np.median(red[close.skin]))
