"""How reported numbers scatter around what is expected.

Expected values are (k, n, J): k numbers, n rows of parameters, J shifts of the study (1 where it has none). Reported
numbers are (k,). A log density is (n, J), without constants that no parameter changes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.special import log_ndtr, ndtr

from needlework.forecast.calibration.skin import Skin
from needlework.forecast.model.parameters import Floats

LEAST_SHARE = 1e-12
"""A class is never quite impossible: rounding must not make a count infinitely surprising."""


class Error(Protocol):
    """How numbers scatter."""

    def log_density(self, skin: Skin, expected: Floats, data: Floats) -> Floats:
        """Return the log density of reported numbers (k,): (n, J)."""

    def simulate(self, skin: Skin, expected: Floats, chance: np.random.Generator) -> Floats:
        """Return what n studies might report, one for each row, from expected values (k, n): (k, n)."""


@dataclass(frozen=True, slots=True)
class Normal:
    """Independent and normal, with known standard deviations (k,), or some that depend on the parameters (k, n, 1)."""

    sd: tuple[float, ...] | Callable[[Skin], Floats]

    def log_density(self, skin: Skin, expected: Floats, data: Floats) -> Floats:
        """Return the log density of reported numbers (k,): (n, J)."""
        sd = self._sd(skin)
        distance: Floats = (data[:, None, None] - expected) / sd
        density: Floats = (-0.5 * distance**2 - np.log(sd)).sum(0)
        return density

    def simulate(self, skin: Skin, expected: Floats, chance: np.random.Generator) -> Floats:
        """Return what n studies might report: (k, n)."""
        return expected + self._sd(skin)[..., 0] * chance.standard_normal(expected.shape)

    def _sd(self, skin: Skin) -> Floats:
        return self.sd(skin) if callable(self.sd) else np.array(self.sd)[:, None, None]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of some people fall into each class; what is expected are the shares of the classes."""

    people: int

    def log_density(self, _: Skin, expected: Floats, data: Floats) -> Floats:
        """Return the log density of reported counts (k,): (n, J)."""
        density: Floats = np.einsum("k,knj->nj", data, np.log(np.maximum(expected, LEAST_SHARE)))
        return density

    def simulate(self, _: Skin, expected: Floats, chance: np.random.Generator) -> Floats:
        """Return what n studies might report: (k, n)."""
        return chance.multinomial(self.people, expected.T).T.astype(float)


@dataclass(frozen=True, slots=True)
class YesOrNo:
    """Whether something was seen (1) or not (0); what is expected is a distance z, and yes has the probability Φ(z)."""

    def log_density(self, _: Skin, expected: Floats, data: Floats) -> Floats:
        """Return the log probability of reported answers (k,): (n, J)."""
        density: Floats = log_ndtr(np.where(data[:, None, None] > 0, expected, -expected)).sum(0)
        return density

    def simulate(self, _: Skin, expected: Floats, chance: np.random.Generator) -> Floats:
        """Return what n studies might report: (k, n)."""
        return (chance.random(expected.shape) < ndtr(expected)).astype(float)
