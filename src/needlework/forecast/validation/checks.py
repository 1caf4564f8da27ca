"""A check: one number that a study reports, and what the model's draws say about the same number."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from needlework.forecast.data.entries import Entry, entry
from needlework.forecast.model.parameters import Floats, Values
from needlework.forecast.validation.scores import Range

Forecast = Callable[[Values, np.random.Generator], Floats]
"""Draws of the parameters (n rows) → what a new study of this kind would report, once for each draw: (n,)."""
YES_OR_NO = "yes or no"
"""Unit of a sign: draws are 1 where the study would see it and 0 where not, and 1 is what it reports."""
MEAN_CLASS = "mean class of improvement, from 0 to 3"


@dataclass(frozen=True, slots=True)
class Check:
    """What one study reports about one quantity, and how the model forecasts it. One for each study and quantity."""

    about: str
    """An id of a published entry."""
    quantity: str
    unit: str
    reported: Range
    """The number twice, or a bound and infinity."""
    forecast: Forecast
    assumed: str = ""
    """What the abstract leaves out, in a sentence."""

    @property
    def exact(self) -> bool:
        """Say whether a number was reported, and not a bound or a sign."""
        low, high = self.reported
        return low == high and self.unit != YES_OR_NO

    @property
    def entry(self) -> Entry:
        """Return the published entry."""
        return entry(self.about)


def exactly(number: float) -> Range:
    """Return the range of a number."""
    return number, number


def at_most(number: float) -> Range:
    """Return the range of an upper bound."""
    return -float("inf"), number


def at_least(number: float) -> Range:
    """Return the range of a lower bound."""
    return number, float("inf")


def people(one: Entry) -> int:
    """Return how many people took part; the check that asks knows that the entry says so."""
    return int(str(one.n).split()[0])
