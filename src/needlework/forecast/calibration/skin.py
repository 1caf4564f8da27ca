"""What skin does on the schedules of the studies, for many rows of parameters at once.

Everything an observation reads is (…, n, 1): n rows, and a last axis on which the shift of a study is integrated.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from needlework.forecast.model import spread
from needlework.forecast.model.courses import YARDSTICK_DAYS, saturated, scored, states
from needlework.forecast.model.gains import gains
from needlework.forecast.model.kinetics import answer
from needlework.forecast.model.parameters import Floats, Values

NEVER = 1e6
"""Day of a session that pads a shorter schedule: after every day on which somebody looked."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Sessions of one dose at one interval, and the days, from the first session, on which somebody looked."""

    sessions: int
    interval_days: float
    looked: tuple[float, ...]
    dose: float = 1.0

    @property
    def days(self) -> Floats:
        """Return the days of the sessions: (S,)."""
        return np.array([session * self.interval_days for session in range(self.sessions)])


@dataclass(frozen=True, slots=True)
class Skin:
    """Rows of parameters with what they expect on every schedule."""

    rows: Values
    values: Values
    """The rows with a last axis: (n, 1)."""
    worths: Mapping[Schedule, Floats]
    """Organised collagen in sessions' worth: (T, n, 1)."""
    shift: Floats = field(default_factory=lambda: np.zeros((1, 1)))
    """How far the study at hand lies from the middle of the literature, in log odds: (n, J)."""

    def shares(self, most: str, schedule: Schedule) -> Floats:
        """Return the share of a score that goes by each day looked at, in the middle of studies: (T, n, 1)."""
        return scored(self.values, saturated(self.values, most, self.worths[schedule]))

    def reported(self, most: str, schedule: Schedule) -> Floats:
        """Return the same in the study at hand: (T, n, J)."""
        return spread.shifted(self.shares(most, schedule), self.shift)

    def state(self, name: str, schedule: Schedule) -> Floats:
        """Return a state of the skin on each day looked at: (T, n, 1)."""
        days, looked = schedule.days[:, None], np.array(schedule.looked)[:, None]
        signals = gains(self.rows, days, np.full_like(days, schedule.dose))
        return states(answer(self.rows, name), signals, days, looked)[..., None]

    def wound(self, name: str, days: Floats) -> Floats:
        """Return a state of a full wound on each of the days since it was made: (T, n, 1)."""
        return answer(self.rows, name, pace=1.0).on(days)[..., None]


def skin(values: Values, schedules: Collection[Schedule]) -> Skin:
    """Return rows of parameters with what they expect on schedules, worked out together."""
    worths = _worths(values, schedules) if schedules else {}
    return Skin(values, {name: one[:, None] for name, one in values.items()}, worths)


def _worths(values: Values, schedules: Collection[Schedule]) -> Mapping[Schedule, Floats]:
    """Return organised collagen on every schedule: all rows on the first, all on the second, … as one long batch."""
    response = answer(values, "organisation")
    rows = response.rates.shape[1]
    again = np.arange(rows * len(schedules)) % rows
    repeated = {name: one[again] for name, one in values.items()}
    days = _padded([schedule.days for schedule in schedules], rows)
    looked = _padded([np.array(schedule.looked) for schedule in schedules], rows)
    dose = np.tile(np.repeat([schedule.dose for schedule in schedules], rows), (len(days), 1))
    found = states(response.take(again), gains(repeated, days, dose), days, np.minimum(looked, NEVER / 2))
    worths = found / np.tile(response.after(YARDSTICK_DAYS), len(schedules))
    parts = np.split(worths[..., None], len(schedules), axis=1)
    return {schedule: part[: len(schedule.looked)] for schedule, part in zip(schedules, parts, strict=True)}


def _padded(lists: Collection[Floats], rows: int) -> Floats:
    """Return lists as the columns of one array, each `rows` times, the shorter ones ended by days that never come."""
    longest = max(map(len, lists))
    padded = [np.concatenate([one, NEVER + np.arange(longest - len(one))]) for one in lists]
    return np.repeat(np.array(padded).T, rows, axis=1)
