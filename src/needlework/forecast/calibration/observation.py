"""One study as the model sees it.

A study that only tells a level lies by a shift from the middle of the literature: u·t₄ in log odds, with u the
parameter `between_studies`. The shift is integrated out on a fixed grid. With shift sinh(x), equal steps of x are dense
near 0, where most studies lie, and reach far into the tails of a Student t.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from needlework.forecast.calibration.errors import Error
from needlework.forecast.calibration.skin import Schedule, Skin
from needlework.forecast.model import spread
from needlework.forecast.model.parameters import Floats

FURTHEST = 60.0
"""In multiples of `between_studies`; beyond it lies a share of 2e-6 of a t with 4 degrees of freedom."""
NODES = 81


def shifts(nodes: int = NODES) -> tuple[Floats, Floats]:
    """Return nodes and weights of an integral over a Student t: (J,) each; the weights add to 1."""
    steps = np.linspace(-np.arcsinh(FURTHEST), np.arcsinh(FURTHEST), nodes)
    where = np.sinh(steps)
    weight = np.cosh(steps) * (1 + where**2 / spread.DEGREES) ** (-(spread.DEGREES + 1) / 2)
    return where, weight / weight.sum()


WHERE, WEIGHTS = shifts()


@dataclass(frozen=True, slots=True)
class Observation:
    """What a study reported, what rows of parameters expect it to report, and how it scatters around that."""

    id: str
    data: Floats
    """The reported numbers (k,), as they are compared: logarithms or log odds where `expected` gives those."""
    expected: Callable[[Skin], Floats]
    """Skin → the same numbers: (k, n, J)."""
    error: Error
    schedules: tuple[Schedule, ...] = ()
    """On which it reads organised collagen."""
    shifted: bool = False
    """Whether the study has its own shift."""

    def log_density(self, skin: Skin, data: Floats) -> Floats:
        """Return the log density of data (k,) for each row: (n,)."""
        if not self.shifted:
            return self.error.log_density(skin, self.expected(skin), data)[:, 0]
        there = replace(skin, shift=skin.values["between_studies"] * WHERE)
        density = self.error.log_density(there, self.expected(there), data)
        most = density.max(axis=1)
        integral: Floats = most + np.log(np.exp(density - most[:, None]) @ WEIGHTS)
        return integral

    def simulate(self, skin: Skin, chance: np.random.Generator) -> Floats:
        """Return what the study might have reported, were each row true: (k, n)."""
        shift = spread.clinics(skin.rows, chance) if self.shifted else np.zeros(1)
        there = replace(skin, shift=shift[:, None])
        return self.error.simulate(there, self.expected(there)[..., 0], chance)
