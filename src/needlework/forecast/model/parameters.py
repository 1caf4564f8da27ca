"""The parameters: what the model does not know, with a prior for each.

A row of `free` holds one value for each parameter, in the order of the file, on the scale on which its prior is normal.
`values` are the same in their own units, by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit

from needlework.evidence import shape, toml
from needlework.evidence.errors import DataError

Floats = npt.NDArray[np.float64]
Values = Mapping[str, Floats]
"""One array of rows for each parameter, in its own unit."""

FILE = "parameters.toml"
SCALES: Mapping[str, tuple[Callable[..., Floats], Callable[..., Floats]]] = {
    "log": (np.log, np.exp),
    "logit": (logit, expit),
    "plain": (np.asarray, np.asarray),
}
"""How a scale is named → to it, and back from it."""
NEEDS = {
    "symbol": shape.TEXT,
    "scale": shape.TEXT,
    "centre": shape.NUMBER,
    "spread": shape.NUMBER,
    "unit": shape.TEXT,
    "what": shape.TEXT,
    "why": shape.TEXT,
}
MAY = {"entries": shape.Kind(lambda value: isinstance(value, list), "Write a list of the ids of data entries.")}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One unknown: normal on its scale, with a centre and a spread (standard deviation) there."""

    name: str
    symbol: str
    scale: str
    centre: float
    spread: float
    unit: str
    what: str
    why: str
    entries: tuple[str, ...] = ()


@cache
def parameters() -> Mapping[str, Parameter]:
    """Return every parameter by name, in the order of a row of `free`, checked."""
    return load(toml.read(files("needlework.forecast") / "data" / FILE))


def load(document: Mapping[str, Any]) -> Mapping[str, Parameter]:
    """Return the parameters of a document; raise DataError for what one must not be."""
    return {name: _parameter(name, entry) for name, entry in document.items()}


def values(free: Floats) -> Values:
    """Return rows (n, p) in their own units: n for each of the p parameters."""
    known = parameters().values()
    return {one.name: SCALES[one.scale][1](free[:, column]) for column, one in enumerate(known)}


def centres() -> Floats:
    """Return the centre of every prior (p,)."""
    return np.array([one.centre for one in parameters().values()])


def spreads() -> Floats:
    """Return the spread of every prior (p,)."""
    return np.array([one.spread for one in parameters().values()])


def from_prior(rows: int, chance: np.random.Generator) -> Floats:
    """Return rows (n, p) drawn from the priors alone."""
    return centres() + spreads() * chance.standard_normal((rows, len(parameters())))


def log_prior(free: Floats) -> Floats:
    """Return the log density of rows (n, p) under the priors, without its constant: (n,)."""
    distance: Floats = (free - centres()) / spreads()
    density: Floats = -0.5 * np.einsum("np,np->n", distance, distance)
    return density


def _parameter(name: str, entry: Any) -> Parameter:
    shape.check(entry, file=FILE, key=name, needs=NEEDS, may=MAY)
    if entry["scale"] not in SCALES:
        raise DataError(FILE, name, f"scale {entry['scale']!r} is not one of: {', '.join(SCALES)}.")
    if entry["spread"] <= 0:
        raise DataError(FILE, name, "spread is not above 0. Write how far from its centre a value may lie.")
    return Parameter(name=name, **(dict(entry) | {"entries": tuple(entry.get("entries", ()))}))
