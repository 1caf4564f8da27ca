"""The forecast's equations given to a general solver: what its closed form is held to."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.integrate import solve_ivp

Floats = npt.NDArray[np.float64]
STATES = ("signal", "macrophages", "recruited", "synthesising", "collagen_3", "collagen_1", "organisation")


def integrated(
    row: Mapping[str, float], signals: Sequence[float], days: Sequence[float], outputs: Sequence[float]
) -> Floats:
    """Return the seven states at the output days, (T, 7), for one row of parameters and sessions with these signals."""
    known, now, found = np.zeros(7), 0.0, {}
    sessions = dict(zip(days, signals, strict=True))
    for day in sorted({*days, *outputs}):
        if day > now:
            known = _over(row, known, day - now)
            now = day
        known[0] += sessions.get(day, 0.0)
        found[day] = known.copy()
    return np.array([found[day] for day in outputs])


def changes(row: Mapping[str, float], state: Floats) -> list[float]:
    """Return how fast each of the seven states changes, per day, as the equations are written in the documentation."""
    a, m, g, f, c3, c1, q = state
    pace, new = row["pace"], row["collagen_percent"]
    ta, tm, tg, tf = (row[f"{name}_days"] * pace for name in ("acute", "macrophage", "recruitment", "synthesis"))
    third = row["collagen_3_days"]
    return [
        -a / ta,
        a / ta - m / tm,
        m / tm - g / tg,
        g / tg - f / tf,
        new * row["share_3"] * f / tf - c3 / third,
        new * (1 - row["share_3"]) * f / tf + row["replaced"] * c3 / third - c1 / row["collagen_1_days"],
        (c1 + row["immature_weight"] * c3 - q) / row["organising_days"],
    ]


def _over(row: Mapping[str, float], state: Floats, days: float) -> Floats:
    solved = solve_ivp(
        lambda _, now: changes(row, now), (0.0, days), state, method="LSODA", rtol=1e-11, atol=1e-13, t_eval=[days]
    )
    return np.array(solved.y[:, -1])
