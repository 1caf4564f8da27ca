"""The verdict: changed, not distinguishable, or not measurable, corrected over everything that was asked at once."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from needlework.imaging.change.errors import Error, error, scatter
from needlework.imaging.change.priors import Priors, priors
from needlework.imaging.measures.estimate import Estimate, Unmeasured
from needlework.imaging.measures.kinds import KINDS, Kind

Verdict = Literal["changed", "not-distinguishable", "not-measurable"]
Asked = tuple[str, str]
"""A zone and a measure."""
FALSE_ALARMS = 0.05
"""How often a comparison of unchanged visits may say "changed" anywhere, the control zone included."""
WITHIN = "The difference is within the error of these photographs."
AMONG_MANY = "The difference is beyond its own error, but among so many measurements it may be chance."
KIND = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True)
class Change:
    """What is said of one measure of one zone, in the measure's own unit."""

    kind: Kind
    verdict: Verdict
    change: float | None = None
    interval: tuple[float, float] | None = None
    """95 %, of this measurement alone."""
    smallest_detectable_change: float | None = None
    direction: Literal["less", "more"] | None = None
    reason: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    relative: bool = False
    """Whether it is told against the control zone, for want of a sticker."""
    withheld: bool = False
    """Whether it was measured and nothing is claimed of it, since the photographs cannot answer for it."""

    def held_back(self, why: str) -> "Change":
        """Return it with nothing claimed: that nothing changed, as little as that something did."""
        if self.verdict == "not-measurable":
            return self
        return replace(self, verdict="not-distinguishable", direction=None, reason=why, withheld=True)

    @property
    def beyond_its_error(self) -> bool:
        """Whether unchanged skin would stay below it 95 times in 100, were it the one thing that was measured."""
        return self.interval is not None and not self.interval[0] <= 0 <= self.interval[1]

    def as_json(self) -> dict[str, Any]:
        """Return it as `needlework measure --json` promises."""
        found = self.change is not None
        return {
            ("change_percent" if self.kind.unit.startswith("%") else "change"): _rounded(self.change),
            "interval": [_rounded(end) for end in self.interval] if self.interval else None,
            "smallest_detectable_change": _rounded(self.smallest_detectable_change),
            "unit": self.kind.unit,
            "verdict": self.verdict,
            "direction": self.direction,
            "reason": self.reason,
        } | ({**self.extra, "relative": self.relative} if found else {})


def judge(asked: Mapping[Asked, Estimate | Unmeasured]) -> dict[Asked, Change]:
    """Return the answer to everything asked in one comparison, corrected over all of it (Holm 1979)."""
    estimates = {key: found for key, found in asked.items() if isinstance(found, Estimate)}
    errors = _errors(estimates, priors())
    real = beyond_error({key: errors[key].chance(found.change) for key, found in estimates.items()})
    return {
        key: _answered(KIND[key[1]], found, errors[key], key in real)
        if isinstance(found, Estimate)
        else Change(KIND[key[1]], "not-measurable", reason=found.reason)
        for key, found in asked.items()
    }


def beyond_error(chances: Mapping[Asked, float]) -> set[Asked]:
    """Return what differs although so much was asked: Holm's step-down correction at `FALSE_ALARMS`."""
    found: set[Asked] = set()
    for rank, key in enumerate(sorted(chances, key=lambda key: (chances[key], key))):
        if chances[key] > FALSE_ALARMS / (len(chances) - rank):
            break
        found.add(key)
    return found


def _errors(estimates: Mapping[Asked, Estimate], library: Priors) -> dict[Asked, Error]:
    known = {key: library.of(key[1], key[0], relative=found.relative) for key, found in estimates.items()}
    persons = {
        measure: scatter((estimates[key], known[key]) for key in estimates if key[1] == measure)
        for measure in {measure for _, measure in estimates}
    }
    return {key: error(estimates[key], known[key], persons[key[1]], library.lasting) for key in estimates}


def _answered(kind: Kind, found: Estimate, known: Error, real: bool) -> Change:
    half = known.half_width(found.change)
    low, high = found.change - half, found.change + half
    return Change(
        kind,
        "changed" if real else "not-distinguishable",
        told(kind, found.change),
        (told(kind, low), told(kind, high)),
        told(kind, known.smallest_detectable_change),
        ("more" if found.change > 0 else "less") if real else None,
        None if real else WITHIN if low <= 0 <= high else AMONG_MANY,
        found.extra,
        found.relative,
    )


def told(kind: Kind, value: float) -> float:
    """Return a value of an estimate's scale in the measure's own unit: log ratios as percent."""
    return 100 * math.expm1(value) if kind.scale == "log" else value


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
