"""The equations of `kinetics` by matrix exponentials: slower, and exact for any rates, equal ones included.

No state of the system takes from another: S + l I, with the fastest rate l, has no negative entry. So
exp(S t) = exp(−l t) exp((S + l I) t) is a sum and product of what is not negative, and no digit is lost however near
the rates are. The series is summed for a time within one unit of the fastest rate, and squared up from there.
"""

from typing import TYPE_CHECKING

import numpy as np

from needlework.forecast.model.parameters import Floats

if TYPE_CHECKING:
    from needlework.forecast.model.kinetics import Answer

TERMS = 30
"""Of the series: the last are below 1e-18 of the sum, for seven states that a percentage may link."""


def solved(answer: "Answer", days: Floats, gains: Floats, outputs: Floats) -> Floats:
    """Return the state of the near rows at the output days: (T, m).

    `days` of the sessions and their `gains` are (S, m) or (S, 1), `outputs` (T, m) or (T, 1).
    """
    width = len(answer.near)
    days, gains, outputs = (np.broadcast_to(one, (len(one), width)) for one in (days, gains, outputs))
    rows = [
        _row(answer.matrices[row], answer.state, days[:, row], gains[:, row], outputs[:, row]) for row in range(width)
    ]
    return np.array(rows).reshape(width, len(outputs)).T


def _row(system: Floats, state: int, days: Floats, gains: Floats, outputs: Floats) -> Floats:
    since = outputs[:, None] - days
    times, which = np.unique(np.maximum(since, 0.0), return_inverse=True)
    one = _exponential(system, times)[:, state, 0]
    return np.where(since >= 0, one[which], 0.0) @ gains


def _exponential(system: Floats, times: Floats) -> Floats:
    """Return exp(S t) for some times: (k, 7, 7)."""
    fastest = -system.diagonal().min()
    squarings = max(0, int(np.ceil(np.log2(max(fastest * times.max(initial=0.0), 1.0)))))
    steps = times[:, None, None] / 2**squarings
    positive = (system + fastest * np.eye(len(system))) * steps
    term = np.broadcast_to(np.eye(len(system)), positive.shape)
    found: Floats = term
    for order in range(1, TERMS):
        term = term @ positive / order
        found = found + term
    found = found * np.exp(-fastest * steps)
    for _ in range(squarings):
        found = found @ found
    return found
