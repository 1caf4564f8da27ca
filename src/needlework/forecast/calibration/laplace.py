"""The most probable parameters, and a normal distribution with the curvature of the posterior there (Laplace).

Everything happens in prior units: z = (free − centre) / spread, where the prior is a standard normal and a variance of
1 says that the data told nothing. A gradient is one call of the vectorised density on rows that differ by a small step.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from needlework.forecast.calibration.likelihood import log_posterior
from needlework.forecast.model.parameters import Floats, centres, parameters, spreads

Density = Callable[[Floats], Floats]
"""Rows (n, p) → their log densities (n,)."""
STEP = 1e-4
"""Of central differences, in prior units: the error of a gradient is then near 1e-8."""
CURVATURE_STEP = 1e-2
STARTS = 3
"""From the centre of the prior, and from places drawn around it."""
START_SPREAD = 0.5
SEED = 20261122
LEAST_PRECISION = 0.5
"""In prior units, along any direction: the prior alone gives 1, so less is an edge that the curvature does not tell."""
TOLD = 2.0
"""Data constrain a direction in which they at least double the precision of the prior."""


@dataclass(frozen=True, slots=True)
class Laplace:
    """A normal approximation, in prior units."""

    mode: Floats
    precision: Floats
    log_density: float
    """Of the mode, without the constant."""

    @property
    def covariance(self) -> Floats:
        """Return the covariance, in prior units: (p, p)."""
        return np.asarray(np.linalg.inv(self.precision), float)

    @property
    def sd(self) -> Floats:
        """Return the standard deviation of every parameter, in prior units: (p,)."""
        return np.sqrt(np.diag(self.covariance))

    @property
    def constrained(self) -> int:
        """Return how many independent directions the data constrain."""
        return int((np.linalg.eigvalsh(self.precision) > TOLD).sum())

    @property
    def contraction(self) -> Floats:
        """Return 1 − variance / prior variance of every parameter: 0 where the data say nothing. (p,)."""
        return 1 - np.diag(self.covariance)

    def free(self, z: Floats | None = None) -> Floats:
        """Return rows in prior units (…, p), or the mode, as free parameters."""
        return from_prior_units(self.mode if z is None else z)


def from_prior_units(z: Floats) -> Floats:
    """Return rows (…, p) in prior units as free parameters."""
    return centres() + spreads() * z


def posterior_density(z: Floats) -> Floats:
    """Return the log posterior density of rows (n, p) in prior units: (n,)."""
    return log_posterior(from_prior_units(z))


def laplace(density: Density = posterior_density, *, width: int | None = None, starts: int = STARTS) -> Laplace:
    """Return the best of a few climbs, and the curvature there. `width` is that of the density's rows, if not all."""
    width = width or len(parameters())
    chance = np.random.default_rng(SEED)
    places = [np.zeros(width), *(START_SPREAD * chance.standard_normal((starts - 1, width)))]
    mode, highest = max((_climb(density, place) for place in places), key=lambda found: found[1])
    return Laplace(mode, precision(density, mode), highest)


def gradient(density: Density, rows: Floats) -> tuple[Floats, Floats]:
    """Return the log densities of rows (n, p), and their gradients (n, p), by central differences in one call."""
    count, width = rows.shape
    steps = STEP * np.concatenate([np.zeros((1, width)), np.eye(width), -np.eye(width)])
    found = density((rows[:, None] + steps).reshape(-1, width)).reshape(count, -1)
    return found[:, 0], (found[:, 1 : width + 1] - found[:, width + 1 :]) / (2 * STEP)


def precision(density: Density, mode: Floats) -> Floats:
    """Return minus the second derivatives at the mode, symmetric and positive definite: (p, p)."""
    steps = CURVATURE_STEP * np.eye(len(mode))
    _, up = gradient(density, mode + steps)
    _, down = gradient(density, mode - steps)
    curvature = (down - up) / (2 * CURVATURE_STEP)
    values, vectors = np.linalg.eigh((curvature + curvature.T) / 2)
    found: Floats = (vectors * np.maximum(values, LEAST_PRECISION)) @ vectors.T
    return found


def _climb(density: Density, start: Floats) -> tuple[Floats, float]:
    def downhill(z: Floats) -> tuple[float, Floats]:
        (value,), (slope,) = gradient(density, z[None])
        return -value, -slope

    found = minimize(downhill, start, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return found.x, -float(found.fun)
