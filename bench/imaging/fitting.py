"""Fits the error of a measure to changes of skin that did not change, by the error that the product itself works out.

A change over its error is taken to follow Student's t. The standard deviations of a measure, the weight of what the
pixels leave and the degrees of freedom are the most likely ones over all zones; then every zone has standard deviations
of its own, drawn towards the measure's, so that a zone that was lucky in a few comparisons does not promise too much.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

from needlework.imaging.change.errors import Scatter, error, scatter
from needlework.imaging.change.priors import Prior
from needlework.imaging.measures.estimate import Estimate

LASTING = 0.3
"""The part of the variance that more shots of a visit do not lower. Not fitted: simulated shots share nothing, those
of a real visit share their light, so that a third is taken to last."""
FREEDOM, PIXELS = (3.0, 60.0), (0.2, 5.0)
"""Between which degrees of freedom, and the weight of the pixels' error, are looked for."""
LOGS = (-20.0, 20.0)
"""Between which the logarithms of all four are tried."""
LEAST = 0.1
"""No standard deviation is less than this part of what was seen over all zones: no agreement is that good."""
FAR, FAR_SHARE = 3.3, 0.002
"""No more than this share of changes may lie so many of their standard errors off: twice what chance does."""
DRAWN_LIKE = 20
"""The measure over all zones counts for so many comparisons in each."""
ENOUGH = 10
"""Comparisons, with one shot and with two: a zone that was seen in fewer has what any other has."""
STANDARD_DEVIATIONS = ("one_sd", "more_sd")
GAINS = (0.0, 1.0)
"""Between which parts of itself a change may be read wrong by."""
NOTHING_OWN = Scatter(1.0, 0)


@dataclass(frozen=True)
class Seen:
    """What is read of one measure of a zone, where the truth is known."""

    comparison: int
    group: str
    zone: str
    """Without its side."""
    estimate: Estimate
    person: Scatter = NOTHING_OWN
    """What the shots of the comparison show of their own scatter."""
    true: float = 0.0
    """By how much it changed, on the scale of the estimate; NaN where that is not known."""

    @property
    def shots(self) -> str:
        """Which standard deviation it tells of."""
        return STANDARD_DEVIATIONS[min(len(self.estimate.before), len(self.estimate.after)) > 1]

    @property
    def shows_any(self) -> bool:
        """Whether there is any of what is measured: a zone without a single spot tells nothing of their error."""
        return any((*self.estimate.before, *self.estimate.after))

    def error_by(self, prior: Prior) -> float:
        """Return the change over its error, as normal deviates would lie."""
        found = error(self.estimate, prior, self.person, LASTING)
        return float(np.sign(self.estimate.change) * stats.norm.isf(found.chance(self.estimate.change) / 2))


def fitted(seen: Sequence[Seen]) -> dict[str, Prior]:
    """Return the prior of every zone in which a measure was seen often enough, and the widest, as `any`."""
    scattered = scatters(seen)
    told = [one for one in with_persons(seen, scattered) if one.shows_any]
    whole = most_likely(told)
    zones = {
        zone: replace(whole, scatter_sd=scattered[zone], **own_sds(whole, own))
        for zone, own in sorted(by(told, lambda one: one.zone).items())
        if min(counts(own)) >= ENOUGH
    }
    names = (*STANDARD_DEVIATIONS, "scatter_sd")
    widest = {name: max(getattr(own, name) for own in (*zones.values(), whole)) for name in names}
    return widened({"any": replace(whole, **widest), **zones}, told)


def widened(zones: Mapping[str, Prior], told: Sequence[Seen]) -> dict[str, Prior]:
    """Return priors that are wide enough for the changes far out, where verdicts are made.

    The most likely errors can be too small there: few zones have spots that could change, and then one comes by chance.
    """
    for times in np.geomspace(1, 1 / LEAST**2, 50).tolist():
        wider = {
            zone: replace(own, one_sd=times * own.one_sd, more_sd=times * own.more_sd) for zone, own in zones.items()
        }
        if np.mean([abs(one.error_by(wider.get(one.zone, wider["any"]))) > FAR for one in told]) <= FAR_SHARE:
            break
    return wider


def by(seen: Iterable[Seen], key: Callable[[Seen], str]) -> dict[str, list[Seen]]:
    """Return what was seen, sorted into groups."""
    found: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        found[key(one)].append(one)
    return found


def counts(seen: Iterable[Seen]) -> list[int]:
    """Return in how many comparisons something was seen with one shot a visit and with more: sides go together."""
    own = list(seen)
    return [len({one.comparison for one in own if one.shots == name}) for name in STANDARD_DEVIATIONS]


def scatters(seen: Iterable[Seen]) -> dict[str, float]:
    """Return for each zone the standard deviation of single shots of a visit around their mean."""
    more = [one for one in seen if one.shots == "more_sd"]
    whole = scattered(more)
    return {zone: drawn(scattered(own), counts(own)[1], whole) for zone, own in by(more, lambda one: one.zone).items()}


def scattered(seen: Iterable[Seen]) -> float:
    """Return the standard deviation of single shots of a visit around their mean."""
    visits = [visit for one in seen for visit in (one.estimate.before, one.estimate.after)]
    return float(np.sqrt(np.mean([np.var(visit, ddof=1) for visit in visits])))


def drawn(own: float, count: int, whole: float) -> float:
    """Return a standard deviation from `count` comparisons, drawn towards that of all zones."""
    return float(np.sqrt((count * own**2 + DRAWN_LIKE * whole**2) / (count + DRAWN_LIKE)))


def with_persons(seen: Iterable[Seen], scattered: Mapping[str, float]) -> Iterator[Seen]:
    """Yield what was seen in zones of known scatter, with what each comparison's own shots show."""
    for comparison in by(seen, lambda one: str(one.comparison)).values():
        own = [one for one in comparison if one.zone in scattered]
        person = scatter((one.estimate, Prior(0, 0, scattered[one.zone], 1, 1)) for one in own)
        yield from (replace(one, person=person) for one in own)


def most_likely(seen: Sequence[Seen]) -> Prior:
    """Return the prior that makes what was seen most likely."""
    scatter_sd, rms = scattered(one for one in seen if one.shots == "more_sd"), spread(seen)

    def prior(logs: NDArray[np.float64]) -> Prior:
        one_sd, more_sd, pixels, df = np.exp(np.clip(logs, *LOGS))
        return Prior(
            one_sd=max(float(one_sd), LEAST * rms),
            more_sd=max(float(more_sd), LEAST * rms),
            scatter_sd=scatter_sd,
            pixels=float(np.clip(pixels, *PIXELS)),
            df=float(np.clip(df, *FREEDOM)),
        )

    def unlikely(logs: NDArray[np.float64]) -> float:
        return surprise(prior(logs), seen)

    return prior(optimize.minimize(unlikely, np.log([rms, rms, 1.0, 10.0]), method="Nelder-Mead").x)


def spread(seen: Iterable[Seen]) -> float:
    """Return the root mean square of changes."""
    return float(np.sqrt(np.mean([one.estimate.change**2 for one in seen])))


def own_sds(whole: Prior, seen: Sequence[Seen]) -> dict[str, float]:
    """Return the standard deviations of a zone."""
    own = by(seen, lambda one: one.shots)
    return {
        name: drawn(most_likely_sd(whole, name, own[name]), count, getattr(whole, name))
        for name, count in zip(STANDARD_DEVIATIONS, counts(seen), strict=True)
    }


def most_likely_sd(whole: Prior, name: str, seen: Sequence[Seen]) -> float:
    """Return the standard deviation of a zone that makes what was seen of it most likely."""
    least = LEAST * getattr(whole, name)
    found = optimize.minimize_scalar(
        lambda sd: surprise(replace(whole, **{name: sd}), seen),
        bounds=(least, max(5 * spread(seen), 2 * least)),
        method="bounded",
    )
    return float(found.x)


def surprise(prior: Prior, seen: Sequence[Seen]) -> float:
    """Return how unlikely changes are by the error that a prior gives them."""
    errors = [error(one.estimate, prior, one.person, LASTING) for one in seen]
    changes = [one.estimate.change for one in seen]
    return -float(np.sum(stats.t.logpdf(changes, [own.df for own in errors], scale=[own.sd for own in errors])))


def gain(zones: Mapping[str, Prior], seen: Iterable[Seen]) -> float:
    """Return by which part of itself a change is most likely read wrong, beside the error of unchanged skin."""
    told = [one for one in seen if np.isfinite(one.true)]
    errors = [error(one.estimate, zones.get(one.zone, zones["any"]), one.person, LASTING) for one in told]
    sds, df = np.array([own.sd for own in errors]), np.array([own.df for own in errors])
    changes, true = np.array([one.estimate.change for one in told]), np.array([one.true for one in told])

    def unlikely(part: float) -> float:
        return -float(np.sum(stats.t.logpdf(changes - true, df, scale=np.hypot(sds, part * changes))))

    return float(optimize.minimize_scalar(unlikely, bounds=GAINS, method="bounded").x)
