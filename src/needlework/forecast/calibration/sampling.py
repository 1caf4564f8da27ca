"""The whole posterior by NUTS: the no-U-turn sampler with multinomial trajectories, as mici has it.

Chains move in coordinates in which the Laplace approximation is a standard normal, so one step size fits all
directions. They start from draws of that approximation made half as wide again. Hoffman and Gelman, JMLR 15:1593
(2014); Betancourt, arXiv:1701.02434 (2017).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from typing import Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from needlework.forecast.calibration import diagnostics
from needlework.forecast.calibration.laplace import Density, Laplace, gradient
from needlework.forecast.model.parameters import Floats

CHAINS = 4
WARM_UP = 200
"""Iterations in which the step size is found; they are thrown away."""
KEPT = 1000
"""Iterations of a chain that are kept."""
WIDER = 1.5
SEED = 20261122
WORST_R_HAT = 1.01
"""As the authors of R-hat advise: above, chains do not yet tell the same."""
LEAST_EFFECTIVE = 400
"""Independent draws: as they advise for four chains."""

FAR = 0.25
"""Of a standard deviation: what lies further apart is said."""
FIRST_STEP = 0.25
"""Before it is adapted: where all directions have the same width, 30 of them want about this."""

T = TypeVar("T")


class Run(Protocol):
    """A way to call something on each of some things, as `map` and the map of an executor do."""

    def __call__(self, work: Callable[[T], Floats], things: Iterable[T], /) -> Iterable[Floats]:
        """Return what came of each, in order."""


@dataclass(frozen=True, slots=True)
class Chains:
    """Draws in prior units, (chains, draws, p), with what tells whether they may be used: (p,) each."""

    z: Floats
    r_hat: Floats
    effective: Floats

    @property
    def good(self) -> bool:
        """Return whether chains agree and hold enough independent draws, for every parameter."""
        return bool(self.r_hat.max() <= WORST_R_HAT and self.effective.min() >= LEAST_EFFECTIVE)

    @property
    def draws(self) -> Floats:
        """Return the draws of all chains: (n, p)."""
        return self.z.reshape(-1, self.z.shape[-1])

    @property
    def how(self) -> str:
        """Return how they were made and what they are worth, as a sentence without its end."""
        chains, draws, _ = self.z.shape
        worth = f"R-hat at most {self.r_hat.max():.4f}, at least {self.effective.min():.0f} effective draws"
        return f"NUTS (mici {version('mici')}), {chains} chains of {draws} draws, {worth}"

    def differs(self, approximation: Laplace) -> npt.NDArray[np.bool_]:
        """Return where mean or standard deviation differ by more than a quarter of the latter: (p,)."""
        sd = self.draws.std(0)
        far = np.abs(self.draws.mean(0) - approximation.mode) > FAR * approximation.sd
        found: npt.NDArray[np.bool_] = far | (np.abs(sd / approximation.sd - 1) > FAR)
        return found


def sample(density: Density, approximation: Laplace, *, run: Run = map) -> Chains:
    """Return four chains from a density of rows in prior units. `run` maps, one call for each chain: as an executor's.

    The chains are the same however they are run. Raises ImportError where mici is not installed.
    """
    seeds = np.random.SeedSequence(SEED).spawn(CHAINS)
    found = list(run(partial(chain, density, approximation, warm_up=WARM_UP, kept=KEPT), seeds))
    return judged(np.array(found))


def judged(z: Floats) -> Chains:
    """Return chains with their diagnostics."""
    return Chains(z, diagnostics.r_hat(z), diagnostics.effective(z))


def chain(density: Density, approximation: Laplace, seed: np.random.SeedSequence, *, warm_up: int, kept: int) -> Floats:
    """Return the draws of one chain, in prior units: (kept, p)."""
    from mici import adapters, integrators, samplers, systems

    whitened = np.linalg.cholesky(approximation.covariance)

    def uphill(q: Floats) -> tuple[Floats, float]:
        (value,), (slope,) = gradient(lambda rows: density(approximation.mode + rows @ whitened.T), q[None])
        return -slope, -float(value)

    system = systems.EuclideanMetricSystem(neg_log_dens=lambda q: uphill(q)[1], grad_neg_log_dens=uphill)
    chance = np.random.default_rng(seed)
    sampler = samplers.DynamicMultinomialHMC(system, integrators.LeapfrogIntegrator(system, FIRST_STEP), rng=chance)
    *_, traces, _ = sampler.sample_chains(
        n_warm_up_iter=warm_up,
        n_main_iter=kept,
        init_states=[WIDER * chance.standard_normal(len(approximation.mode))],
        trace_funcs=[lambda state: {"q": state.pos}],
        adapters=[adapters.DualAveragingStepSizeAdapter()],
        display_progress=False,
    )
    found: Floats = approximation.mode + np.asarray(traces["q"][0]) @ whitened.T
    return found
