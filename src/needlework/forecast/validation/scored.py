"""What became of a check: the forecast's bands beside what was reported, and its scores."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from needlework.forecast.model.parameters import Floats
from needlework.forecast.validation.checks import Check
from needlework.forecast.validation.scores import Range, band, brier, crps, held, place, within

HALF, NINE_TENTHS = 0.5, 0.9
MOST_FROM_PRIORS = 0.95
"""A bound or a sign that the priors alone hold with more than this tests nothing that was learnt: it is not counted."""
DIGITS = 4
"""Significant digits that are kept of a number."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One check with its scores."""

    about: str
    """An id of a published entry."""
    quantity: str
    unit: str
    assumed: str
    refitted: bool
    """Whether the model was fitted again without the study; if not, it had never seen it."""
    reported: Range
    median: float
    band_50: Range
    band_90: Range
    place: float
    """Probability integral transform, as `scores.place`."""
    score: float
    """CRPS in the unit; of a bound or a sign the Brier score."""
    probability: float | None
    """That a bound or a sign holds; None where a number was reported."""
    counted: bool
    """Whether the gate counts it."""

    def inside(self, share: float) -> bool:
        """Say whether the report is in the forecast's middle `share`."""
        return within(self.place, share)

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON, to four digits; an infinite end is null."""
        inside = {"inside_50": self.inside(HALF), "inside_90": self.inside(NINE_TENTHS)}
        return {one.name: _plain(getattr(self, one.name)) for one in fields(self)} | inside


def scored(check: Check, draws: Floats, priors: Floats, *, refitted: bool) -> Scored:
    """Return a check's scores by draws of what the model forecasts (n,), and of what its priors alone would (m,)."""
    return Scored(
        about=check.about,
        quantity=check.quantity,
        unit=check.unit,
        assumed=check.assumed,
        refitted=refitted,
        reported=check.reported,
        median=band(draws, 0.0)[0],
        band_50=band(draws, HALF),
        band_90=band(draws, NINE_TENTHS),
        place=place(draws, check.reported),
        score=crps(draws, check.reported[0]) if check.exact else brier(draws, check.reported),
        probability=None if check.exact else held(draws, check.reported),
        counted=check.exact or held(priors, check.reported) <= MOST_FROM_PRIORS,
    )


def from_json(document: Mapping[str, Any]) -> Scored:
    """Return what `as_json` wrote."""
    found = {one.name: document[one.name] for one in fields(Scored)}
    low, high = found["reported"]
    ends = (-float("inf") if low is None else low, float("inf") if high is None else high)
    bands = {name: tuple(found[name]) for name in ("band_50", "band_90")}
    return Scored(**(found | bands | {"reported": ends}))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [None if abs(one) == float("inf") else _plain(one) for one in value]
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value
