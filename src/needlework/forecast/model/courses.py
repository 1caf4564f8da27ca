"""Many courses at once: a state of the skin, or what can be seen, at given days.

Sessions and outputs are days from any common origin, ascending: (S, n) and (T, n), or (S, 1) and (T, 1) where all rows
share them. Rows are worked on in blocks that fit a processor's cache.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from needlework.forecast.model.gains import gains
from needlework.forecast.model.kinetics import Answer, answer
from needlework.forecast.model.parameters import Floats, Values
from needlework.forecast.model.solving import solved

BLOCK = 4096
"""Rows at a time: seven rates of them take 230 kB."""
STEPS = 16
"""How many lengths of a step between events are kept at a time."""
YARDSTICK_DAYS = 180.0
"""One session's worth of organised collagen is that of a reference session after so many days."""


def states(response: Answer, signals: Floats, days: Floats, outputs: Floats) -> Floats:
    """Return a state at the output days, after sessions with these signals (S, n): (T, n)."""
    rows = signals.shape[1]
    found = np.empty((len(outputs), rows))
    carry = _alike if days.shape[1] == outputs.shape[1] == 1 else _each
    for start in range(0, rows, BLOCK):
        block = slice(start, start + BLOCK)
        carry(response, block, signals[:, block], cut(days, block), cut(outputs, block), found[:, block])
    if len(response.near):
        near = response.near
        found[:, near] = solved(response, cut(days, near), signals[:, near], cut(outputs, near))
    return found


def organised(values: Values, days: Floats, dose: Floats, outputs: Floats) -> Floats:
    """Return organised collagen in sessions' worth, at the output days: (T, n). `dose` in reference doses, as days."""
    response = answer(values, "organisation")
    return states(response, gains(values, days, dose), days, outputs) / response.after(YARDSTICK_DAYS)


def seen(values: Values, most: str, days: Floats, dose: Floats, outputs: Floats) -> Floats:
    """Return the share of a concern's score that treatment takes, at the output days: (T, n).

    V = E (1 − exp(−w Q/Q₁₈₀)); `most` names the parameter E, as `most_acne_scars`.
    """
    return saturated(values, most, organised(values, days, dose, outputs))


def saturated(values: Values, most: str, worth: Floats) -> Floats:
    """Return the share of a score that organised collagen takes, given in sessions' worth."""
    share: Floats = -values[most] * np.expm1(-values["per_session"] * np.maximum(worth, 0.0))
    return share


def scored(values: Values, treated: Floats) -> Floats:
    """Return the share of a score that goes in all: what treatment takes, and what changes without any (`n`).

    1 − (1 − V)(1 − n): nearly all studies have no untreated side, so what they report holds both.
    """
    return 1 - (1 - treated) * (1 - values["untreated_share"])


def cut(of: Floats, rows: slice | npt.NDArray[np.intp]) -> Floats:
    """Return some rows of what each row has, or what all share."""
    return of if of.shape[1] == 1 else of[:, rows]


def _alike(response: Answer, block: slice, signals: Floats, days: Floats, outputs: Floats, found: Floats) -> None:
    """Carry the seven exponentials from event to event, where all rows share the days and equal steps their decay."""
    rates, weights = response.rates[:, block], response.weights[:, block]
    faded = lru_cache(STEPS)(lambda step: np.exp(-rates * step))
    events = np.concatenate([days[:, 0], outputs[:, 0]])
    order = np.argsort(events, kind="stable")  # a session comes before an output on the same day
    carried = np.zeros_like(rates)
    for event, step in zip(order, np.diff(events[order], prepend=events[order[0]]), strict=True):
        carried *= faded(step)
        if event < len(days):
            carried += weights * signals[event]
        else:
            found[event - len(days)] = carried.sum(0)


def _each(response: Answer, block: slice, signals: Floats, days: Floats, outputs: Floats, found: Floats) -> None:
    """Carry what every session left to the next, and from the last before an output to that output."""
    rates = response.rates[:, block]
    left = _left(rates, signals, days) * response.weights[:, block]
    last = (days[None] <= outputs[:, None]).sum(1) - 1
    for output, session in enumerate(last):
        known = np.maximum(session, 0)
        since = np.maximum(outputs[output] - _chosen(days, known), 0.0)
        shown = np.einsum("in,in->n", _chosen(left, known), np.exp(-rates * since))
        found[output] = np.where(session >= 0, shown, 0.0)


def _left(rates: Floats, signals: Floats, days: Floats) -> Floats:
    """Return the seven exponentials right after each session: (S, 7, n)."""
    left = np.empty((len(signals), *rates.shape))
    left[0] = signals[0]
    for session in range(1, len(signals)):
        left[session] = left[session - 1] * np.exp(rates * (days[session - 1] - days[session])) + signals[session]
    return left


def _chosen(of: Floats, session: npt.NDArray[np.intp]) -> Floats:
    """Return what belongs to a session: one for all rows, or each row's own."""
    if (session == session[0]).all():
        found: Floats = of[session[0]]
    elif of.shape[-1] == 1:
        found = of[session, ..., 0].T
    else:
        found = np.moveaxis(of, -1, 0)[np.arange(len(session)), session].T
    return found
