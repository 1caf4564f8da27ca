"""Channels that close within hours, and redness that goes within days. Times are compared as logarithms of hours."""

from functools import partial

import numpy as np

from needlework.forecast.calibration.errors import Normal, YesOrNo
from needlework.forecast.calibration.observation import Observation
from needlework.forecast.calibration.skin import Skin
from needlework.forecast.calibration.studies.courses import numbers, x
from needlework.forecast.model import barrier
from needlework.forecast.model.parameters import Floats

WATER, DYE, RESEALED, COVERED = (
    "pore_kalluri2011_tewl",
    "pore_kalluri2011_calcein",
    "pore_gupta2011_nonocc",
    "pore_sites2021_halflife",
)
SHORT, LONGER, USUAL, LONG = "ery_bal2008", "ery_hackethal2021", "ery_hkjdv2018", "ery_striae_naspolini2019"
LINK = "acute_days_and_redness"
LENGTH_MM = barrier.CHANNEL_LENGTH_MM
"""Of needles where several were used, or none is named. Assumed."""
TWO_LENGTHS_SD, SITES_SD, CURVES_SD = 0.25, 0.1, 0.3
"""In logarithms: two lengths in one laboratory; sites of one body; the end of a curve that fades. Assumed."""
LINK_SD = 0.7
"""In logarithms. Assumed: redness is the acute signal, as far as the eye tells."""


def _closed(skin: Skin, length_mm: float, *, covered: bool = False, by_dye: bool = False) -> Floats:
    return np.log(barrier.closing_hours(skin.values, length_mm, covered=covered, by_dye=by_dye))


def _red(skin: Skin, length_mm: float) -> Floats:
    return np.log(barrier.redness_hours(skin.values, length_mm))


def _water(skin: Skin) -> Floats:
    both: Floats = np.mean([_closed(skin, length) for length in x(WATER, "needle_mm")], axis=0)
    return both[None]


def _dye(skin: Skin) -> Floats:
    """Return mean and difference: what differs between methods moves both lengths alike."""
    short, long = (_closed(skin, length, by_dye=True) for length in x(DYE, "needle_mm"))
    return np.array([(short + long) / 2, long - short])


def _dye_data() -> Floats:
    short, long = np.log(numbers(DYE))
    return np.array([(short + long) / 2, long - short])


def _dye_sd(skin: Skin) -> Floats:
    return np.array([_methods(skin)[0], np.full_like(skin.values["channel_spread"], TWO_LENGTHS_SD)])


def _half(skin: Skin) -> Floats:
    half = np.log(np.log(2) / -np.log(barrier.CLOSED))
    return np.array([_closed(skin, LENGTH_MM, covered=True) + half])


def _methods(skin: Skin, *, beside: float = 0.0) -> Floats:
    return np.hypot(skin.values["channel_spread"], beside)[None]


def _people(skin: Skin, *, beside: float = 0.0) -> Floats:
    return np.hypot(skin.values["redness_spread"], beside)[None]


def _resealed(skin: Skin) -> Floats:
    (latest,) = np.log(numbers(RESEALED))
    return np.array([latest - _closed(skin, LENGTH_MM)]) / _methods(skin)


def _faded(skin: Skin) -> Floats:
    (latest,) = np.log(numbers(SHORT))
    return np.array([latest - _red(skin, x(SHORT, "needle_mm"))]) / _people(skin)


def _redness(key: str, length_mm: float, hours: float, beside: float = 0.0) -> Observation:
    (reported,) = numbers(key)
    expected = partial(_reddened, length_mm=length_mm)
    return Observation(key, np.log([reported * hours]), expected, Normal(partial(_people, beside=beside)))


def _reddened(skin: Skin, *, length_mm: float) -> Floats:
    return _red(skin, length_mm)[None]


def _linked(skin: Skin) -> Floats:
    """Compare when the acute signal has fallen to a tenth with when redness has."""
    acute = skin.values["acute_days"] * skin.values["pace"] * barrier.HOURS_PER_DAY * -np.log(barrier.FADED)
    return np.log([acute / skin.values["redness_hours"]])


OBSERVATIONS = (
    Observation(WATER, np.log(numbers(WATER)).mean(keepdims=True), _water, Normal(_methods)),
    Observation(DYE, _dye_data(), _dye, Normal(_dye_sd)),
    Observation(RESEALED, np.ones(1), _resealed, YesOrNo()),
    Observation(COVERED, np.log([numbers(COVERED).mean()]), _half, Normal(partial(_methods, beside=SITES_SD))),
    Observation(SHORT, np.ones(1), _faded, YesOrNo()),
    _redness(LONGER, max(x(LONGER, "needle_mm")), 1.0, CURVES_SD),
    _redness(USUAL, x(USUAL, "needle_mm"), 1.0),
    _redness(LONG, x(LONG, "needle_mm"), barrier.HOURS_PER_DAY),
    Observation(LINK, np.zeros(1), _linked, Normal((LINK_SD,))),
)
"""The last is not a study but an assumption, weighed as one: see LINK_SD."""
