"""What heals within hours and days: channels through the barrier, redness and swelling.

A channel closes exponentially, with the time constant t = tpf (L / 0.75 mm)^bp: times fst where a dye still finds it,
times moc under cover. Redness falls exponentially, to a tenth after tE (L / 1.5 mm)^bE, and swelling as its power 1.5
(assumed). L is the nominal depth. Each has its own large spread between people and studies.
"""

import numpy as np

from needlework.forecast.model.parameters import Floats, Values

HOURS_PER_DAY = 24.0
CHANNEL_LENGTH_MM = 0.75
REDNESS_DEPTH_MM = 1.5
FADED = 0.1
"""Share of its first strength at which redness is taken to be gone."""
CLOSED = 0.05
"""Share of channels still open at which skin is taken to have closed."""
SWELLING_POWER = 1.5


def closing_hours(values: Values, depth_mm: float, *, covered: bool = False, by_dye: bool = False) -> Floats:
    """Return hours until all but a twentieth of the channels have closed: (n,), without the spread between people."""
    pace = values["channel_hours"] * (depth_mm / CHANNEL_LENGTH_MM) ** values["channel_depth"]
    longer = (values["channel_covered"] if covered else 1.0) * (values["channel_seen"] if by_dye else 1.0)
    hours: Floats = -np.log(CLOSED) * pace * longer
    return hours


def redness_hours(values: Values, depth_mm: float) -> Floats:
    """Return hours until redness has fallen to a tenth: (n,), without the spread between people."""
    return values["redness_hours"] * (depth_mm / REDNESS_DEPTH_MM) ** values["redness_depth"]


def swelling_hours(redness: Floats) -> Floats:
    """Return hours until swelling has fallen to a tenth, from those of redness."""
    return redness / SWELLING_POWER
