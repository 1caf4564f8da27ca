"""The error of an estimate: what the library knows, moved by what this person's own shots show."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from scipy.special import stdtr, stdtrit

from needlework.imaging.change.priors import Prior
from needlework.imaging.measures.estimate import Estimate


@dataclass(frozen=True)
class Scatter:
    """How far this person's shots of one visit lie apart, against what the library expects."""

    ratio: float
    """Observed variance over expected variance; 1 where nothing was seen."""
    df: float
    """Degrees of freedom of the observation."""


@dataclass(frozen=True)
class Error:
    """A standard error with its degrees of freedom (Student's t)."""

    sd: float
    """Of skin that did not change."""
    df: float
    gain: float = 0.0
    """What more a change is read wrong by, as a part of it."""

    @property
    def smallest_detectable_change(self) -> float:
        """What 95 of 100 changes of unchanged skin stay below, on the scale of the estimate."""
        return self.half_width(0.0)

    def half_width(self, change: float) -> float:
        """Return half of the 95 % interval of a change."""
        return float(stdtrit(self.df, 0.975)) * math.hypot(self.sd, self.gain * change)

    def chance(self, change: float) -> float:
        """Return how often unchanged skin would show at least this change (two-sided)."""
        return float(2 * stdtr(self.df, -abs(change) / self.sd)) if self.sd else float(change == 0)


def scatter(seen: Iterable[tuple[Estimate, Prior]]) -> Scatter:
    """Pool one measure over its zones.

    A shot's light and focus move all zones together, so that the zones count as one observation of every shot: the
    degrees of freedom are those of one zone.
    """
    ratios, df = [], 0
    for estimate, prior in seen:
        own = len(estimate.before) + len(estimate.after) - 2
        if own:
            ratios.append((_squares(estimate.before) + _squares(estimate.after)) / own / prior.scatter_sd**2)
            df = max(df, own)
    return Scatter(sum(ratios) / len(ratios) if ratios else 1.0, df)


def error(estimate: Estimate, prior: Prior, person: Scatter, lasting: float) -> Error:
    """Return the error of a change.

    The library's variance counts for `prior.df` observations and this person's scatter for its own (a scaled inverse
    χ² prior: Gelman et al., Bayesian Data Analysis, 3rd ed., 2.6).
    """
    df = prior.df + person.df
    moved = (prior.df + person.df * person.ratio) / df
    variance = _nuisance(estimate, prior, lasting) * moved + (prior.pixels * estimate.within) ** 2
    return Error(variance**0.5, df, prior.gain)


def _nuisance(estimate: Estimate, prior: Prior, lasting: float) -> float:
    first, second = len(estimate.before), len(estimate.after)
    if min(first, second) < 2:
        return prior.one_sd**2
    return float(prior.more_sd**2 * (lasting + (1 - lasting) * (1 / first + 1 / second)))


def _squares(values: tuple[float, ...]) -> float:
    middle = sum(values) / len(values)
    return sum((value - middle) ** 2 for value in values)
