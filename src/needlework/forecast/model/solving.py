"""The equations of `kinetics` by matrix exponentials: slower, and exact for any rates, equal ones included."""

from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import expm

from needlework.forecast.model.parameters import Floats

if TYPE_CHECKING:
    from needlework.forecast.model.kinetics import Answer

APART = [1, 0, 2, 3, 4, 5, 6]
"""The states with the first two changed over: the system is then not triangular.

SciPy's exponential of a triangular matrix divides differences of exponentials by those of the rates, and loses what
this is here for: of rates 1e-12 apart, five digits were left.
"""


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
    spaced = system[np.ix_(APART, APART)] * times[:, None, None]
    one: Floats = expm(spaced)[:, APART[state], APART[0]]
    return np.where(since >= 0, one[which], 0.0) @ gains
