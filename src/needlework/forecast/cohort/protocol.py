"""A protocol: what a practice, or one group of a study, does the same way with everybody."""

from dataclasses import dataclass

import numpy as np

from needlework.forecast.expecting.course import Limits, check_dose, check_interval, check_length, check_sessions
from needlework.forecast.model.parameters import Floats


@dataclass(frozen=True, slots=True)
class Protocol:
    """Sessions at equal intervals, all of one depth in mm and one density in punctures per cm²."""

    name: str
    sessions: int
    interval_days: int
    depth_mm: float
    punctures_per_cm2: float

    @property
    def days(self) -> Floats:
        """Return the days of the sessions from the first on: (S, 1)."""
        return self.interval_days * np.arange(self.sessions, dtype=float)[:, None]


def check(protocol: Protocol, limits: Limits, at: str = "") -> None:
    """Refuse what lies outside; raise InputError with the field (behind `at`), its unit and the accepted range."""
    check_sessions(protocol.sessions, f"{at}sessions")
    check_interval(protocol.interval_days, limits, f"{at}interval_days")
    check_length(protocol.interval_days * (protocol.sessions - 1), f"{at}interval_days")
    check_dose(protocol.depth_mm, protocol.punctures_per_cm2, limits, at)
