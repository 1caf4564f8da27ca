"""How probable the published numbers are, given rows of parameters; and numbers drawn as if rows were true."""

from collections.abc import Collection, Mapping
from functools import cache

import numpy as np

from needlework.forecast.calibration.observation import Observation
from needlework.forecast.calibration.skin import Schedule, Skin, skin
from needlework.forecast.calibration.studies import acne, barrier, cells, dermis, others
from needlework.forecast.model.parameters import Floats, Values, log_prior, values

Data = Mapping[str, Floats]
"""Numbers (k,) for each study."""
NOTHING: frozenset[str] = frozenset()


@cache
def observations() -> Mapping[str, Observation]:
    """Return every observation by the id of its study."""
    rooms = (cells, dermis, acne, others, barrier)
    return {one.id: one for room in rooms for one in room.OBSERVATIONS}


def terms(of: Values, *, data: Data | None = None, without: Collection[str] = NOTHING) -> Mapping[str, Floats]:
    """Return the log density of each study's numbers, (n,), for rows of values; leave some studies out.

    `data` takes the place of what was published. Constants that no parameter changes are left out.
    """
    heard = [one for key, one in observations().items() if key not in without]
    seen = _skin(of, heard)
    return {one.id: one.log_density(seen, one.data if data is None else data[one.id]) for one in heard}


def log_likelihood(free: Floats, without: Collection[str] = NOTHING, data: Data | None = None) -> Floats:
    """Return the log density of all numbers for rows of free parameters (n, p): (n,)."""
    found: Floats = np.sum(list(terms(values(free), data=data, without=without).values()), axis=0)
    return found


def log_posterior(free: Floats, without: Collection[str] = NOTHING, data: Data | None = None) -> Floats:
    """Return the log density of rows of free parameters (n, p), without its constant: (n,)."""
    return log_prior(free) + log_likelihood(free, without, data)


def simulate(of: Values, chance: np.random.Generator) -> Mapping[str, Floats]:
    """Return what the studies might have reported, were each of n rows true: (k, n) for each study."""
    heard = observations().values()
    seen = _skin(of, list(heard))
    return {one.id: one.simulate(seen, chance) for one in heard}


def _skin(of: Values, heard: Collection[Observation]) -> Skin:
    schedules: dict[Schedule, None] = dict.fromkeys(schedule for one in heard for schedule in one.schedules)
    return skin(of, list(schedules))
