"""The same equations, courses and outputs by the closed form and by SciPy's general solvers, in one run."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from scipy.integrate import odeint, solve_ivp

from bench.forecast.rows._courses import AFTER_LAST, Courses, practice, some
from bench.forecast.table import Row
from bench.forecast.timing import cpu_seconds
from needlework.forecast.cohort.practice import shares
from needlework.forecast.model.parameters import Floats

OURS, THEIRS, TOGETHER = 200_000, 60, 2_000
WANTED = "5 000 × a general solver"
Segment = Callable[[Floats, Floats, Floats], Floats]
"""A system, the state at the first of some days, and those days → the state at each: (days, 7)."""


def rows() -> Iterator[Row]:
    """Return courses per CPU-second of each, and how many times as many the closed form does."""
    many, few = some(OURS), some(THEIRS)
    ours = OURS / cpu_seconds(lambda: many.answers)
    whole = OURS / cpu_seconds(lambda: list(shares(practice(), OURS, seed=1)))
    yield Row("closed form, equations alone", f"{ours:,.0f} courses/s", WANTED, "exact")
    yield Row("closed form, with drawing people, doses and shares", f"{whole:,.0f} courses/s")
    truth = few.answers
    for name, segment in SOLVERS.items():
        found = np.empty_like(truth)
        theirs = THEIRS / cpu_seconds(partial(one_by_one, few, segment, found))
        yield row(name, theirs, ours, whole, off(found, truth))
    yield together(ours, whole)


def row(name: str, theirs: float, ours: float, whole: float, worst: float) -> Row:
    """Return how a solver stands beside the closed form."""
    ratio = f"closed form {ours / theirs:,.0f} ×, with drawing people {whole / theirs:,.0f} ×; off by {worst:.0e}"
    return Row(name, f"{theirs:,.0f} courses/s", "–", ratio)


def off(found: Floats, truth: Floats) -> float:
    """Return the largest difference, relative to the value."""
    return float((np.abs(found - truth) / truth)[1:].max())


def one_by_one(courses: Courses, segment: Segment, found: Floats) -> None:
    """Solve course after course, from session to session and through the outputs."""
    for course in range(courses.signals.shape[1]):
        system, state = courses.systems[course], np.zeros(7)
        days, outputs = courses.days[:, course], courses.outputs[:, course]
        for signal, day, until in zip(courses.signals[:, course], days, [*days[1:], None], strict=True):
            state[0] += signal
            if until is not None:
                state = segment(system, state, np.array([day, until]))[-1]
        found[:, course] = segment(system, state, outputs)[:, 6]


def by_solve_ivp(system: Floats, state: Floats, days: Floats, *, jacobian: bool = False, **how: object) -> Floats:
    """Solve by `solve_ivp`, with the Jacobian where the method takes one."""
    given = {"jac": (lambda t, x: system)} | how if jacobian else how
    return solve_ivp(lambda t, x: system @ x, (days[0], days[-1]), state, t_eval=days, **given).y.T


def by_odeint(system: Floats, state: Floats, days: Floats, **how: object) -> Floats:
    """Solve by `odeint`: the same LSODA, with its loop in Fortran."""
    return odeint(lambda x, t: system @ x, state, days, Dfun=lambda x, t: system, **how)


def together(ours: float, whole: float) -> Row:
    """Return many courses as one large system, on one calendar: a way round that is no solver's ordinary use."""
    courses = some(TOGETHER)
    systems, days = courses.systems, courses.days[:, :1]
    calendar = courses._replace(days=days, outputs=days[-1] + np.array(AFTER_LAST)[:, None])
    found = np.empty((len(AFTER_LAST), TOGETHER))
    spent = cpu_seconds(lambda: as_one(systems, calendar, found))
    name = f"solve_ivp RK45, rtol 1e-6, {TOGETHER} courses on one calendar as one system"
    return row(name, TOGETHER / spent, ours, whole, off(found, calendar.answers))


def as_one(systems: Floats, courses: Courses, found: Floats) -> None:
    """Solve all courses at once."""
    state = np.zeros((len(systems), 7))

    def change(t: float, x: Floats) -> Floats:
        return np.einsum("nij,nj->ni", systems, x.reshape(-1, 7)).ravel()

    days = courses.days[:, 0]
    for signals, day, until in zip(courses.signals, days, [*days[1:], None], strict=True):
        state[:, 0] += signals
        at = courses.outputs[:, 0] if until is None else np.array([day, until])
        solved = solve_ivp(change, (at[0], at[-1]), state.ravel(), t_eval=at, rtol=1e-6, atol=1e-9).y
        state = solved[:, -1].reshape(-1, 7)
    found[:] = solved.reshape(-1, 7, len(at))[:, 6].T


TIGHT = {"rtol": 1e-6, "atol": 1e-9}
SOLVERS: dict[str, Segment] = {
    "solve_ivp LSODA, as it comes (rtol 1e-3)": partial(by_solve_ivp, method="LSODA"),
    "solve_ivp LSODA, rtol 1e-6": partial(by_solve_ivp, method="LSODA", **TIGHT),
    "solve_ivp LSODA, rtol 1e-6, Jacobian given": partial(by_solve_ivp, method="LSODA", jacobian=True, **TIGHT),
    "solve_ivp BDF, rtol 1e-6, Jacobian given": partial(by_solve_ivp, method="BDF", jacobian=True, **TIGHT),
    "solve_ivp DOP853, rtol 1e-6": partial(by_solve_ivp, method="DOP853", **TIGHT),
    "odeint (LSODA in Fortran), rtol 1e-6, Jacobian given": partial(by_odeint, **TIGHT),
}
