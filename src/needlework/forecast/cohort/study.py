"""A study of two protocols: how often a t test would tell them apart.

People are drawn by chance into two groups of one size; each group has one protocol, and everybody is measured once, so
many days after their own last session. A study is simulated many times. Each time one row of the posterior, one share
of the needle that enters and one clinic hold for both groups, since that is what nobody knows, and the people differ.
The power is so the mean over what is not known: where the model itself cannot say which of two protocols does more, no
size brings it near 1.

The same person with a protocol on each side is left out: how much two sides of one face differ was not read, and
without that number such a study would look better than it is.
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit, ndtr, ndtri, stdtrit

from needlework.forecast import binomial
from needlework.forecast.cohort.protocol import Protocol
from needlework.forecast.cohort.work import Piece, done, pieces
from needlework.forecast.concerns import CONCERNS
from needlework.forecast.model import courses, dose, spread
from needlework.forecast.model.parameters import Floats, Values

LEVEL = 0.05
"""Of the two-sided test: how often it says there is a difference where there is none."""
WANTED_POWER = 0.8
MOST_PEOPLE = 10_000
"""In each group: more than anybody could treat for one question."""
CELLS = 400_000
"""People of one group in one piece of work: 3 MB."""
NODES, HEIGHTS = np.polynomial.hermite_e.hermegauss(24)
WEIGHTS = HEIGHTS / HEIGHTS.sum()
"""To average over people, who are normal in log odds (Gauss–Hermite)."""


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """What a study is drawn from."""

    values: Values
    """Rows of the posterior, in their own units."""
    concern: str
    protocols: tuple[Protocol, Protocol]
    people: tuple[int, ...]
    """In each group: the sizes that are compared, each from 2 to MOST_PEOPLE."""
    sd: float
    """By how much one measurement is wrong, as a share of the score: a standard deviation above 0."""
    after_last: float
    """Days from each person's last session to the measurement."""


@dataclass(frozen=True, slots=True, eq=False)
class Trials:
    """What k simulated studies found."""

    differences: Floats
    """What the first protocol truly takes from the score more than the second, in the mean of all people: (k,)."""
    variances: Floats
    """Of one measurement in the first group and one in the second, together: (k,)."""
    told: npt.NDArray[np.int8]
    """For each size (k, sizes): 1 where the test says that the first takes more, −1 the second, 0 nothing."""


@dataclass(frozen=True, slots=True)
class Power:
    """How often a study of some size tells two protocols apart."""

    people: int
    share: float
    interval: tuple[float, float]
    """95 %, of the simulation alone."""
    wrong_way: float
    """Share of studies that tell them apart and name the wrong one."""


def trials(study: Study, number: int, *, seed: int, executor: Executor | None = None) -> Iterator[Trials]:
    """Yield so many simulated studies, some at a time: the same with any executor."""
    yield from done(_piece, study, parts(study, number, seed), executor)


def parts(study: Study, number: int, seed: int) -> list[Piece]:
    """Return the pieces in which so many studies are drawn."""
    return pieces(number, max(1, CELLS // max(study.people)), seed)


def together(found: list[Trials]) -> Trials:
    """Return pieces of trials as one."""
    return Trials(
        np.concatenate([one.differences for one in found]),
        np.concatenate([one.variances for one in found]),
        np.concatenate([one.told for one in found]),
    )


def power(study: Study, found: Trials) -> tuple[Power, ...]:
    """Return for each size how often a study of it tells the protocols apart."""
    return tuple(
        _power(people, found.differences, told) for people, told in zip(study.people, found.told.T, strict=True)
    )


def needed(found: Trials) -> int | None:
    """Return the least people in each group with whom four studies of five tell the protocols apart.

    By the normal approximation of each trial's test. None where MOST_PEOPLE do not suffice.
    """
    if _approximate(found, MOST_PEOPLE) < WANTED_POWER:
        return None
    few, many = 1, MOST_PEOPLE
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (few, middle) if _approximate(found, middle) >= WANTED_POWER else (middle, many)
    return many


def _piece(study: Study, piece: Piece) -> Trials:
    chance = np.random.default_rng(piece.seed)
    rows = chance.integers(len(study.values["pace"]), size=piece.number)
    values = {name: own[rows] for name, own in study.values.items()}
    entering, clinics = dose.reached(piece.number, chance), spread.clinics(values, chance)
    odds = [clinics + _log_odds(study, values, protocol, entering) for protocol in study.protocols]
    means, variances = zip(*(_moments(middle, values["between_people"]) for middle in odds), strict=True)
    groups = [_measured(study, middle, values["between_people"], chance) for middle in odds]
    told = np.stack([_told(*(group[:, :people] for group in groups)) for people in study.people], axis=1)
    return Trials(means[0] - means[1], variances[0] + variances[1] + 2 * study.sd**2, told)


def _log_odds(study: Study, values: Values, protocol: Protocol, entering: Floats) -> Floats:
    """Return the log odds of the share that a protocol takes, by what holds in each trial: (k,)."""
    strength = dose.relative(protocol.depth_mm, protocol.punctures_per_cm2, entering)
    doses = np.broadcast_to(strength, (protocol.sessions, len(entering)))
    output = protocol.days[-1:] + study.after_last
    treated = courses.seen(values, CONCERNS[study.concern].most, protocol.days, doses, output)
    return spread.log_odds(courses.scored(values, treated)[0])


def _moments(odds: Floats, between: Floats) -> tuple[Floats, Floats]:
    """Return the mean of people's shares and their variance, in each trial: (k,) each."""
    shares = expit(odds[:, None] + between[:, None] * NODES)
    mean: Floats = shares @ WEIGHTS
    return mean, (shares - mean[:, None]) ** 2 @ WEIGHTS


def _measured(study: Study, odds: Floats, between: Floats, chance: np.random.Generator) -> Floats:
    """Return what is measured of the people of one group, in each trial: (k, people)."""
    shape = len(odds), max(study.people)
    shares = expit(odds[:, None] + between[:, None] * chance.standard_normal(shape))
    return shares + study.sd * chance.standard_normal(shape)


def _told(first: Floats, second: Floats) -> npt.NDArray[np.int8]:
    """Return what a t test of two groups of one size says, in each trial: (k,)."""
    people = first.shape[1]
    error = np.sqrt((first.var(1, ddof=1) + second.var(1, ddof=1)) / people)
    apart = (first.mean(1) - second.mean(1)) / error
    return np.where(np.abs(apart) > stdtrit(2 * people - 2, 1 - LEVEL / 2), np.sign(apart), 0).astype(np.int8)


def _power(people: int, differences: Floats, told: npt.NDArray[np.int8]) -> Power:
    apart = int(np.count_nonzero(told))
    wrong_way = float((told * np.sign(differences) < 0).mean())
    return Power(people, apart / len(told), binomial.interval(apart, len(told)), wrong_way)


def _approximate(found: Trials, people: int) -> float:
    """Return the share of studies that tell the protocols apart, were each group's mean normal."""
    apart, beyond = found.differences / np.sqrt(found.variances / people), ndtri(1 - LEVEL / 2)
    return float((ndtr(apart - beyond) + ndtr(-apart - beyond)).mean())
