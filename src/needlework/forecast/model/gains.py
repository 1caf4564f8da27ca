"""The signal of each session of a course."""

import numpy as np

from needlework.forecast.model.parameters import Floats, Values


def gains(values: Values, days: Floats, dose: Floats) -> Floats:
    """Return the signal of each session, in reference signals: (S, n).

    `days` of the sessions, ascending, and `dose` in reference doses are (S, n) or (S, 1). A dose saturates:
    h(D) = D (1 + hD) / (D + hD), so h(1) = 1. A session on skin that is still refractory by the share q gives
    h (1 − q), and raises q by rho min(h, 1) (1 − q); q goes with the time constant tR.
    """
    half, lost, recovery = values["half_dose"], values["refractory_share"], values["refractory_days"]
    found, refractory = [], np.zeros_like(half)
    for session, strength in enumerate(dose * (1 + half) / (dose + half)):
        if session:
            refractory = refractory * np.exp((days[session - 1] - days[session]) / recovery)
        found.append(strength * (1 - refractory))
        refractory = refractory + lost * np.minimum(strength, 1.0) * (1 - refractory)
    return np.array(found)
