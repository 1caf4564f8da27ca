"""Collagen after a course, under the microscope and in imaging."""

import numpy as np

from needlework.forecast.calibration.errors import Normal
from needlework.forecast.calibration.observation import Observation
from needlework.forecast.calibration.skin import Skin
from needlework.forecast.calibration.studies.courses import MONTH_DAYS, WEEK_DAYS, after_last, numbers, x
from needlework.forecast.model.parameters import Floats

STAINED, IMAGED = "hist_lotfi2013", "img_kenkel2021_atten"
BASELINE_SHARE_3 = 0.2
"""Of baseline collagen that is type III, where the silver stain is taken to show it. Assumed."""
COLLAGEN_SD, SILVER_SD, ATTENUATION_SD = 0.32, 0.7, 0.12
"""In logarithms: staining and biopsies; what the silver stain shows at all; two visits on one machine. Assumed."""

STAINED_COURSE = after_last(
    x(STAINED, "sessions"), x(STAINED, "interval_days"), [x(STAINED, "weeks_after_last") * WEEK_DAYS]
)
IMAGED_COURSE = after_last(
    x(IMAGED, "sessions"), x(IMAGED, "interval_days"), np.array(x(IMAGED, "months_after_last")) * MONTH_DAYS
)


def _stained(skin: Skin) -> Floats:
    third, first = (skin.state(name, STAINED_COURSE)[0] for name in ("collagen_3", "collagen_1"))
    return np.log([third + first, third])


def _imaged(skin: Skin) -> Floats:
    early, late = skin.state("collagen_3", IMAGED_COURSE) + skin.state("collagen_1", IMAGED_COURSE)
    return np.log([early / late])


def _gains() -> Floats:
    (collagen,), (silver,) = numbers(STAINED, "collagen"), numbers(STAINED, "silver_stain")
    return np.log([collagen, silver * BASELINE_SHARE_3])


def _ratio() -> Floats:
    early, late = numbers(IMAGED)
    return np.log([early / late])


OBSERVATIONS = (
    Observation(STAINED, _gains(), _stained, Normal((COLLAGEN_SD, SILVER_SD))),
    Observation(IMAGED, _ratio(), _imaged, Normal((ATTENUATION_SD,))),
)
