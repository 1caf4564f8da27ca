"""A virtual practice: people who have a course each, with what nobody knows and with how they differ.

Everybody has a row of the posterior, a share of the needle that enters, a clinic and themselves (`model.spread`), and
sessions on days of their own. So the people spread as wide as the person's band of a forecast: it is a practice drawn
from all the literature's clinics, not one clinic whose people share its ways.
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from needlework.forecast.cohort.protocol import Protocol
from needlework.forecast.cohort.work import Piece, done, pieces
from needlework.forecast.concerns import CONCERNS
from needlework.forecast.model import courses, dose, spread
from needlework.forecast.model.gains import gains
from needlework.forecast.model.kinetics import answer
from needlework.forecast.model.parameters import Floats, Values

Shares = npt.NDArray[np.float32]
AT_A_TIME = 50_000
"""People in one piece of work: some tenths of a second, and 20 MB."""
DOSING = ("half_dose", "refractory_share", "refractory_days")
SCORING = ("per_session", "untreated_share")
SPREADING = ("between_studies", "between_people")


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """n people who have S sessions each."""

    rows: npt.NDArray[np.intp]
    """The row of the parameters that holds for each: (n,)."""
    shifts: Floats
    """In log odds of the share, of clinic and person together: (n,)."""
    days: Floats
    """Of the sessions, from any common day, ascending: (S, n), or (S, 1) where all share them."""
    dose: Floats
    """Of the sessions, in reference doses (`model.dose`): (S, n), or (S, 1)."""


@dataclass(frozen=True, slots=True, eq=False)
class Practice:
    """What a virtual practice is drawn from."""

    values: Values
    """Rows of the posterior, in their own units."""
    concern: str
    protocol: Protocol
    after_last: tuple[float, ...]
    """Days of the measurements, from each person's own last session."""
    late_days: float = 0.0
    """By how many days people come late to a session, in the mean; how late differs exponentially."""


def simulate(values: Values, concern: str, people: People, outputs: Floats) -> Shares:
    """Return the share of a concern's score that has gone from each person, by some days: (n, T), in single precision.

    `values` are rows of the parameters in their own units, `outputs` days (T, n), or (T, 1) where all share them, from
    the same common day as the sessions'. What changes without treatment is contained. Raises KeyError for a concern
    that has no numbers.

    >>> from needlework.forecast.model import parameters
    >>> one = People(np.array([0]), np.zeros(1), np.array([[0.0], [28.0]]), np.ones((2, 1)))
    >>> simulate(parameters.values(parameters.centres()[None]), "acne-scars", one, np.array([[28.0], [208.0]])).round(2)
    array([[0.18, 0.32]], dtype=float32)
    """
    response, most = answer(values, "organisation"), CONCERNS[concern].most
    worth = response.after(courses.YARDSTICK_DAYS)
    found = np.empty((len(people.rows), len(outputs)), np.float32)
    for start in range(0, len(found), courses.BLOCK):
        block = slice(start, start + courses.BLOCK)
        rows, days = people.rows[block], courses.cut(people.days, block)
        own = _of(values, (*DOSING, *SCORING, most), rows)
        strength = np.broadcast_to(courses.cut(people.dose, block), (len(people.dose), len(rows)))
        signals = gains(own, days, strength)
        organised = courses.states(response.take(rows), signals, days, courses.cut(outputs, block)) / worth[rows]
        share = courses.scored(own, courses.saturated(own, most, organised))
        found[block] = spread.shifted(share, people.shifts[block]).T
    return found


def drawn(practice: Practice, number: int, chance: np.random.Generator) -> People:
    """Return so many people of a practice."""
    rows = chance.integers(len(practice.values["pace"]), size=number)
    own = _of(practice.values, SPREADING, rows)
    protocol, entering = practice.protocol, dose.reached(number, chance)
    strength = dose.relative(protocol.depth_mm, protocol.punctures_per_cm2, entering)
    return People(
        rows,
        spread.clinics(own, chance) + spread.people(own, chance),
        protocol.days + _late(practice, number, chance),
        np.broadcast_to(strength, (protocol.sessions, number)),
    )


def shares(practice: Practice, number: int, *, seed: int, executor: Executor | None = None) -> Iterator[Shares]:
    """Yield the shares (n, T) of so many people, AT_A_TIME of them at once; the same with any executor."""
    yield from done(_piece, practice, parts(number, seed), executor)


def parts(number: int, seed: int) -> list[Piece]:
    """Return the pieces in which so many people are drawn."""
    return pieces(number, AT_A_TIME, seed)


def _piece(practice: Practice, piece: Piece) -> Shares:
    people = drawn(practice, piece.number, np.random.default_rng(piece.seed))
    outputs = people.days[-1] + np.array(practice.after_last)[:, None]
    return simulate(practice.values, practice.concern, people, outputs)


def _late(practice: Practice, number: int, chance: np.random.Generator) -> Floats:
    """Return how late each session is, the lateness of those before it contained, so that no interval grows shorter."""
    sessions = practice.protocol.sessions
    if not practice.late_days:
        return np.zeros((sessions, 1))
    late = chance.exponential(practice.late_days, (sessions, number))
    late[0] = 0.0
    return late.cumsum(0)


def _of(values: Values, names: tuple[str, ...], rows: npt.NDArray[np.intp]) -> Values:
    return {name: values[name][rows] for name in names}
