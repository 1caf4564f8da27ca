"""Checks of collagen in time, by studies that were not fitted: a wound's, and a needled rat's."""

from collections.abc import Sequence

import numpy as np

from needlework.forecast.calibration.studies.courses import WEEK_DAYS
from needlework.forecast.data.entries import Entry, entry
from needlework.forecast.model.kinetics import answer
from needlework.forecast.model.parameters import Floats, Values
from needlework.forecast.validation.checks import YES_OR_NO, Check, Forecast, exactly, people

A_DAY = 1.0
"""Over which a state is seen to rise or fall."""
IQR = 1.349
"""Quartiles of a normal lie so many standard deviations apart."""
OF_A_MEDIAN = 1.2533
"""Standard error of a median to that of a mean, of a normal: √(π/2)."""


def checks() -> tuple[Check, ...]:
    """Return the checks of collagen in time."""
    wound, rat = "col_eptfe_jorgensen1994", "hist_zeitter2014"
    fifth, tenth = entry(wound).numbers()
    full, needled = (
        "A full wound's pace.",
        "Gene expression is taken as the sign of rising or falling.",
    )
    return (
        Check(wound, "collagen on day 10 to day 5", "ratio", exactly(tenth / fifth), _wound, full),
        Check(rat, "collagen III falls after ten weeks", YES_OR_NO, exactly(1.0), _trend("collagen_3", -1), needled),
        Check(rat, "collagen I rises after ten weeks", YES_OR_NO, exactly(1.0), _trend("collagen_1", 1), needled),
    )


def _wound(values: Values, chance: np.random.Generator) -> Floats:
    one = entry("col_eptfe_jorgensen1994")
    days = np.array(one.x["days"])
    third, first = (answer(values, name, pace=1.0).on(days) for name in ("collagen_3", "collagen_1"))
    fifth, tenth = third + first
    ratio: Floats = tenth / fifth * np.exp(_error(one) * chance.standard_normal(len(fifth)))
    return ratio


def _error(one: Entry) -> float:
    """Return the standard error of the log ratio of two medians, from their quartiles."""
    quartiles: Sequence[Sequence[float]] = one.error["values"]
    of_one = [np.log(high / low) / IQR * OF_A_MEDIAN / np.sqrt(people(one)) for low, high in quartiles]
    return float(np.hypot(*of_one))


def _trend(state: str, sign: int) -> Forecast:
    def forecast(values: Values, _: np.random.Generator) -> Floats:
        day = WEEK_DAYS * entry("hist_zeitter2014").x["weeks"]
        before, later = answer(values, state).on(np.array([day, day + A_DAY]))
        seen: Floats = np.where(sign * (later - before) > 0, 1.0, 0.0)
        return seen

    return forecast
