"""The release gate: how often what was reported lies in the middle nine tenths of a forecast that had not seen it.

All checks that count are pooled, one for each study and quantity: those of studies never fitted, and those of fitted
studies by a fit without them. A share of nine in ten is expected; below eight in ten the forecast is not fit to be
shown. The bands are what the model and its data make them: nothing is widened to pass.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from needlework.forecast import binomial
from needlework.forecast.validation.scored import NINE_TENTHS, Scored
from needlework.forecast.validation.scores import Range

LEAST = 0.8
"""Share of checks within the middle nine tenths; below it nothing is released. Decided before any figure was seen."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of some checks lie in the middle `share` of their forecasts."""

    inside: int
    of: int

    @property
    def share(self) -> float:
        """Return the share of them."""
        return self.inside / self.of

    @property
    def interval(self) -> Range:
        """Return the exact 95 % interval of the share."""
        return binomial.interval(self.inside, self.of)

    @property
    def passes(self) -> bool:
        """Say whether the gate is passed."""
        return self.share >= LEAST

    @property
    def spare(self) -> int:
        """Return how many of those inside could be outside, and the gate still be passed."""
        return sum((self.inside - more) / self.of >= LEAST for more in range(1, self.inside + 1))


def tally(scored: Iterable[Scored], share: float = NINE_TENTHS) -> Tally:
    """Count those that the gate counts."""
    inside = [one.inside(share) for one in scored if one.counted]
    return Tally(sum(inside), len(inside))
