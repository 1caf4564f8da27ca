"""Checks of hours and days: channels that close, redness that goes, by held-out studies and by two fitted bounds.

A study's time differs from the model's by the spread between studies and people, in log hours, as in the fit.
"""

import numpy as np

from needlework.forecast.calibration.studies.barrier import LENGTH_MM, RESEALED, SHORT
from needlework.forecast.data.entries import entry
from needlework.forecast.model.barrier import HOURS_PER_DAY, closing_hours, redness_hours
from needlework.forecast.model.parameters import Floats, Values
from needlework.forecast.validation.checks import Check, Forecast, at_least, at_most, exactly
from needlework.forecast.validation.scores import Range

LENGTH = f"The needle length was not seen: {LENGTH_MM:g} mm."
FACE, WORN, CLOSURE, EXPERT = "pore_han2012", "pore_donnelly2014", "pore_sites2021_closure", "ery_minutilli2024"
OPEN = "Needles were worn for hours: skin counts as open to the air once they are out."


def checks() -> tuple[Check, ...]:
    """Return the checks of channels and of redness."""
    return (*_channels(), *_redness())


def _channels() -> tuple[Check, ...]:
    tomography = f"{OPEN} Tomography is taken to see what a dye finds."
    cover = f"{LENGTH} Cover is believed, not stated. Closed is taken as a twentieth left."
    longest = _closing(_longest(WORN), by_dye=True)
    return (
        _hours(RESEALED, "the skin had resealed", at_most(_hour(RESEALED)), _closing(LENGTH_MM), LENGTH),
        _hours(FACE, "water loss and redness were normal", at_most(_hour(FACE)), _recovery(_longest(FACE))),
        _hours(WORN, "water loss was normal", at_most(_hour(WORN, "barrier")), _closing(_longest(WORN)), OPEN),
        _hours(WORN, "tomography saw no channel", at_least(_hour(WORN, "pores_by_oct")), longest, tomography),
        _hours(
            CLOSURE,
            "channels had closed, mean of three sites",
            exactly(float(np.mean(entry(CLOSURE).numbers()))),
            _closing(LENGTH_MM, covered=True),
            cover,
        ),
    )


def _redness() -> tuple[Check, ...]:
    gone, opinion = "redness had gone", "The middle of what an expert says, not a measurement."
    days = exactly(HOURS_PER_DAY * _hour(EXPERT))
    return (
        _hours(SHORT, gone, at_most(_hour(SHORT)), _fading(_longest(SHORT))),
        _hours(WORN, gone, at_most(_hour(WORN, "redness")), _fading(_longest(WORN))),
        _hours(EXPERT, gone, days, _fading(_longest(EXPERT)), opinion),
    )


def _hours(about: str, until: str, reported: Range, forecast: Forecast, assumed: str = "") -> Check:
    return Check(about, f"time until {until}", "h", reported, forecast, assumed)


def _hour(key: str, row: str | None = None) -> float:
    (hours,) = entry(key).numbers(row)
    return hours


def _longest(key: str) -> float:
    """Return the longest needle of an entry in mm."""
    x = entry(key).x
    return float(np.max(x.get("needle_mm", x.get("depth_mm"))))


def _closing(length_mm: float, *, covered: bool = False, by_dye: bool = False) -> Forecast:
    def forecast(values: Values, chance: np.random.Generator) -> Floats:
        hours = closing_hours(values, length_mm, covered=covered, by_dye=by_dye)
        return hours * _spread(values["channel_spread"], chance)

    return forecast


def _fading(length_mm: float) -> Forecast:
    return lambda values, chance: redness_hours(values, length_mm) * _spread(values["redness_spread"], chance)


def _recovery(length_mm: float) -> Forecast:
    closing, fading = _closing(length_mm), _fading(length_mm)
    return lambda values, chance: np.maximum(closing(values, chance), fading(values, chance))


def _spread(of: Floats, chance: np.random.Generator) -> Floats:
    spread: Floats = np.exp(of * chance.standard_normal(len(of)))
    return spread
