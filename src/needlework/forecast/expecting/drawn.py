"""The posterior with what does not depend on a course, computed once: its response, and the clinics and people of it.

Every row of the posterior stands for one state of knowledge. With each go a share of the needle that enters, and some
clinics with a person in each; the first of them is the one whom the bands show, and all together are weighed when
something was measured.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

import numpy as np

from needlework.forecast.calibration.posterior import posterior
from needlework.forecast.concerns import CONCERNS
from needlework.forecast.expecting.bands import Singles, single
from needlework.forecast.expecting.course import Course
from needlework.forecast.model import courses, dose, spread
from needlework.forecast.model.gains import gains
from needlework.forecast.model.kinetics import Answer, answer
from needlework.forecast.model.parameters import Floats, Values

SEED = 20261201
PEOPLE_PER_ROW = 8
"""A measurement of usual error then leaves some thousands of people to go on with."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The rows of the posterior (n) with a share of the needle that enters, clinics and people (k, n)."""

    values: Values
    singles: Values
    """The same in single precision: what is told has four decimals, and this is several times as fast."""
    response: Answer
    worth: Floats
    """Organised collagen of one session, as its yardstick: (n,)."""
    entering: Floats
    clinics: Singles
    """Shifts in log odds."""
    people: Singles
    """Shifts in log odds of a person, the clinic's contained."""

    def log_odds(self, course: Course, days: Floats) -> Singles:
        """Return the log odds of the share of a score that has gone, at days from the first session: (T, n)."""
        worth = self.sessions_worth(course, days)
        treated = courses.saturated(self.singles, CONCERNS[course.concern].most, cast(Floats, single(worth)))
        return single(spread.log_odds(courses.scored(self.singles, treated)))

    def sessions_worth(self, course: Course, days: Floats) -> Floats:
        """Return organised collagen in sessions' worth, at days from the first session: (T, n)."""
        strength = dose.relative(course.depth_mm, course.punctures_per_cm2, self.entering)
        signals = gains(self.values, course.days, np.broadcast_to(strength, (len(course.dates), len(strength))))
        worth: Floats = courses.states(self.response, signals, course.days, days[:, None]) / self.worth
        return worth


@cache
def drawn() -> Drawn:
    """Return the packaged posterior, ready to be asked."""
    return prepared(posterior().values)


def prepared(values: Values) -> Drawn:
    """Return rows of parameters, ready to be asked; the same rows give the same people."""
    chance = np.random.default_rng(SEED)
    response = answer(values, "organisation")
    entering = dose.reached(len(values["pace"]), chance)
    clinics = np.array([spread.clinics(values, chance) for _ in range(PEOPLE_PER_ROW)])
    people = clinics + np.array([spread.people(values, chance) for _ in range(PEOPLE_PER_ROW)])
    singles = cast(Mapping[str, Floats], {name: single(one) for name, one in values.items()})
    worth = response.after(courses.YARDSTICK_DAYS)
    return Drawn(values, singles, response, worth, entering, single(clinics), single(people))
