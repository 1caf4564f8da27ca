"""The courses that all solvers are given: people of a virtual practice, with days and doses of their own."""

from typing import NamedTuple

import numpy as np

from needlework.forecast.calibration.posterior import posterior
from needlework.forecast.cohort.practice import Practice, drawn
from needlework.forecast.cohort.protocol import Protocol
from needlework.forecast.model import courses
from needlework.forecast.model.gains import gains
from needlework.forecast.model.kinetics import Answer, answer, matrices, rates_of
from needlework.forecast.model.parameters import Floats

AFTER_LAST = (0.0, 30.0, 60.0, 90.0, 180.0)
PROTOCOL = Protocol("four sessions", 4, 28, 1.5, 250.0)
LATE_DAYS = 3.0


class Courses(NamedTuple):
    """n courses of S sessions, asked for at T days."""

    response: Answer
    systems: Floats
    """x' = S x of each: (n, 7, 7)."""
    signals: Floats
    days: Floats
    outputs: Floats

    @property
    def answers(self) -> Floats:
        """Return organised collagen by the closed form: (T, n)."""
        return courses.states(self.response, self.signals, self.days, self.outputs)


def practice() -> Practice:
    """Return the practice of all rows of the table."""
    return Practice(posterior().values, "acne-scars", PROTOCOL, AFTER_LAST, LATE_DAYS)


def some(number: int) -> Courses:
    """Return so many courses."""
    people = drawn(practice(), number, np.random.default_rng(7))
    values = {name: own[people.rows] for name, own in posterior().values.items()}
    systems = matrices(values, rates_of(values, values["pace"]), np.arange(number))
    signals = gains(values, people.days, people.dose)
    outputs = people.days[-1] + np.array(AFTER_LAST)[:, None]
    return Courses(answer(values, "organisation"), systems, signals, people.days, outputs)
