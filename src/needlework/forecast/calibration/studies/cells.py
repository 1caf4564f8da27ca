"""Full wounds, mostly of rodents: how macrophages, myofibroblasts and collagen come and go. The chain runs at pace 1.

The curves were rounded by a third party and each point follows its neighbours: each weighs as a third of its points,
that is, its standard deviation is √3 times the assumed one.
"""

from functools import partial

import numpy as np

from needlework.forecast.calibration.errors import Normal
from needlework.forecast.calibration.observation import Observation
from needlework.forecast.calibration.skin import Skin
from needlework.forecast.calibration.studies.courses import errors, numbers, x
from needlework.forecast.model.parameters import Floats

STEP_DAYS = 0.5
GRID = np.linspace(0.0, 40.0, 81)
"""Where the peak of a curve is looked for, and where each reported day lies."""
WHOLE_DAYS = 28.0
"""Collagen is reported as a share of this day."""
POINTS_THAT_COUNT_AS_ONE = 3


def _beside_peak(skin: Skin, *, state: str, at: Floats) -> Floats:
    course = skin.wound(state, GRID)
    found: Floats = course[np.rint(at / STEP_DAYS).astype(int)] / course.max(0)
    return found


def _beside_day(skin: Skin, *, at: Floats) -> Floats:
    days = np.append(at, WHOLE_DAYS)
    collagen = skin.wound("collagen_3", days) + skin.wound("collagen_1", days)
    share: Floats = collagen[:-1] / collagen[-1]
    return share


def _curve(key: str, state: str | None = None) -> Observation:
    at, data = np.array(x(key, "days"), float), numbers(key)
    (sd,) = errors(key)
    expected = partial(_beside_peak, state=state, at=at) if state else partial(_beside_day, at=at)
    return Observation(key, data, expected, Normal((sd * POINTS_THAT_COUNT_AS_ONE**0.5,) * len(data)))


OBSERVATIONS = (
    _curve("cell_macrophage_skibidy", "macrophages"),
    _curve("cell_myofib_skibidy", "synthesising"),
    _curve("col_skibidy"),
)
