"""Signal → repair macrophages → fibroblasts → collagen III and I → organisation, per unit of signal.

    A'  = −A/tA                             acute signal
    M'  = A/tA − M/tM                       repair macrophages and their growth factors
    G'  = M/tM − G/tG                       fibroblasts called but not yet at work
    F'  = G/tG − F/tF                       fibroblasts that make collagen
    C3' = a3 F/tF − C3/t3                   new collagen III, % of baseline collagen
    C1' = a1 F/tF + chi C3/t3 − C1/t1       new collagen I, % of baseline collagen
    Q'  = (C1 + eta C3 − Q)/tQ              organised collagen: what can be seen

tA, tM, tG and tF are times of a full wound, and run at `pace` kappa in needled skin; a3 = c f3, a1 = c (1 − f3).
Between sessions the system is linear with seven rates r, so one unit of signal answers with
Σᵢ wᵢ exp(−rᵢ t). By Laplace transform, a state with the poles P is K (n₀ + n₁ s) / Π_{j ∈ P} (s + rⱼ), and the residues
are wᵢ = K (n₀ − n₁ rᵢ) / Π_{j ≠ i} (rⱼ − rᵢ) (partial fractions; for a chain, Bateman's formula of 1910). Where rates
of a row are so near that the sum would lose digits, `near` names the row and `solving` takes it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from needlework.forecast.model.parameters import Floats, Values
from needlework.forecast.model.solving import solved

STATES = ("signal", "macrophages", "recruited", "synthesising", "collagen_3", "collagen_1", "organisation")
"""In the order of the rates."""
WORST_LOSS = 1e-10
"""Of a state's bound: where rounding may cost more than this, a row is not summed but solved."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one unit of signal does to one state, for n rows: rates and weights (7, n)."""

    rates: Floats
    weights: Floats
    near: npt.NDArray[np.intp]
    """Rows whose rates are too near each other for a sum of exponentials."""
    matrices: Floats
    """The system of those rows: (len(near), 7, 7)."""
    state: int

    def take(self, rows: npt.NDArray[np.intp]) -> "Answer":
        """Return the answer of some rows, in their order; a row may come more than once."""
        where = np.full(self.rates.shape[1], -1)
        where[self.near] = np.arange(len(self.near))
        (near,) = np.nonzero(where[rows] >= 0)
        rates, weights = (np.take(one, rows, axis=1) for one in (self.rates, self.weights))  # state by state in memory
        return Answer(rates, weights, near, self.matrices[where[rows][near]], self.state)

    def after(self, days: float) -> Floats:
        """Return the state some days after one unit of signal on rested skin: (n,)."""
        found: Floats = self.on(np.array([days]))[0]
        return found

    def on(self, days: Floats) -> Floats:
        """Return the state on each of some days (T,) after one unit of signal on rested skin: (T, n)."""
        poles = slice(self.state + 1)
        decayed = np.exp(-days[:, None, None] * self.rates[poles])
        found: Floats = np.einsum("in,tin->tn", self.weights[poles], decayed)
        found[:, self.near] = solved(self, np.zeros((1, 1)), np.ones((1, 1)), days[:, None])
        return found


def answer(values: Values, state: str, *, pace: Floats | float | None = None) -> Answer:
    """Return how a state answers to one unit of signal.

    `pace` takes the place of the parameter: 1 for a full wound.
    """
    rates = rates_of(values, values["pace"] if pace is None else pace)
    index = STATES.index(state)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        weights = _weights(values, rates, index)
        loss = np.abs(weights).sum(0) * np.finfo(float).eps
    (near,) = np.nonzero(~(loss <= WORST_LOSS * _bound(values, index)))
    weights[:, near] = 0.0
    return Answer(rates, weights, near, matrices(values, rates, near), index)


def delivered(values: Values, days: Floats) -> Floats:
    """Return the share of one session's signal that is through the cell chain by each day: (T, n).

    What is left is still signal, macrophages or fibroblasts that answer: 1 − (A + M + G + F).
    """
    chain = [answer(values, state).on(days) for state in STATES[:4]]
    left: Floats = np.sum(chain, axis=0)
    return 1 - left


def yields(values: Values) -> tuple[Floats, Floats]:
    """Return the new collagen of type III and of type I, in % of baseline collagen per unit of signal."""
    third = values["collagen_percent"] * values["share_3"]
    return third, values["collagen_percent"] - third


def rates_of(values: Values, pace: Floats | float) -> Floats:
    """Return the seven rates per day, (7, n), in the order of STATES."""
    chain = [values[f"{name}_days"] * pace for name in ("acute", "macrophage", "recruitment", "synthesis")]
    slow = [values[f"{name}_days"] for name in ("collagen_3", "collagen_1", "organising")]
    return 1.0 / np.array([*chain, *slow])


def _weights(values: Values, rates: Floats, state: int) -> Floats:
    gain = np.prod(rates[: min(state, 4)], axis=0) * (rates[6] if state == 6 else 1.0)
    constant, slope = _numerator(values, rates, state)
    weights = np.zeros_like(rates)
    for pole in range(state + 1):
        others = [rates[other] - rates[pole] for other in range(state + 1) if other != pole]
        weights[pole] = gain * (constant - slope * rates[pole]) / np.prod(others, axis=0)
    return weights


def _numerator(values: Values, rates: Floats, state: int) -> tuple[Floats | float, Floats | float]:
    """Return n₀ and n₁ of a state."""
    third, first = yields(values)
    if state < 5:
        return (1.0, 0.0) if state < 4 else (third, 0.0)
    constant = first * rates[4] + values["replaced"] * rates[4] * third
    if state == 5:
        return constant, first
    seen = values["immature_weight"] * third
    return constant + seen * rates[5], first + seen


def _bound(values: Values, state: int) -> Floats | float:
    """Return what a state cannot pass after one unit of signal."""
    third, first = yields(values)
    return (1.0, 1.0, 1.0, 1.0, third, first + third, first + 2 * third)[state]


def matrices(values: Values, rates: Floats, rows: npt.NDArray[np.intp]) -> Floats:
    """Return the linear system x' = S x of some rows: (len(rows), 7, 7)."""
    rate = rates[:, rows]
    third, first = (one[rows] for one in yields(values))
    system = np.zeros((len(rows), 7, 7))
    for state in range(7):
        system[:, state, state] = -rate[state]
    for state in range(3):
        system[:, state + 1, state] = rate[state]
    system[:, 4, 3], system[:, 5, 3] = third * rate[3], first * rate[3]
    system[:, 5, 4] = values["replaced"][rows] * rate[4]
    system[:, 6, 4], system[:, 6, 5] = values["immature_weight"][rows] * rate[6], rate[6]
    return system
