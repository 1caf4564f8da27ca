"""Every check, each by draws that have not seen its study."""

from dataclasses import dataclass
from functools import cache
from zlib import crc32

import numpy as np

from needlework.forecast.calibration.laplace import from_prior_units, laplace
from needlework.forecast.calibration.likelihood import log_posterior
from needlework.forecast.calibration.posterior import posterior
from needlework.forecast.model.parameters import Floats, Values, from_prior, values
from needlework.forecast.validation import studies
from needlework.forecast.validation.checks import Check
from needlework.forecast.validation.scored import Scored, scored

DRAWS = 20_000
"""Of studies, for each check: a place near 0.05 or 0.95 is then known to 0.0015."""
SEED = 20261123


@dataclass(frozen=True, slots=True)
class Round:
    """Checks by one set of draws: the packaged one, or that of a fit without the fitted entries of one publication."""

    without: frozenset[str]
    checks: tuple[Check, ...]


def rounds() -> tuple[Round, ...]:
    """Return every check once, those of publications that were never fitted first."""
    found: dict[frozenset[str], list[Check]] = {frozenset(): []}
    for check in studies.checks():
        found.setdefault(studies.seen(check), []).append(check)
    return tuple(Round(without, tuple(checks)) for without, checks in found.items())


def scores(of: Round) -> tuple[Scored, ...]:
    """Return the scored checks of a round; where the packaged fit has seen the study, fit again without it."""
    known = _refit(of.without) if of.without else _packaged()
    return tuple(
        scored(check, drawn(check, known), drawn(check, _priors()), refitted=bool(of.without)) for check in of.checks
    )


def drawn(check: Check, known: Values) -> Floats:
    """Return draws of what a check's study would report: (n,), the same in every run."""
    return check.forecast(known, np.random.default_rng([SEED, crc32(f"{check.about} {check.quantity}".encode())]))


def _packaged() -> Values:
    """Return the packaged draws over and over, each time for another study."""
    return {name: np.resize(one, DRAWS) for name, one in posterior().values.items()}


def _refit(without: frozenset[str]) -> Values:
    """Return draws of Laplace's approximation without some entries."""
    found = laplace(lambda z: log_posterior(from_prior_units(z), without))
    normal = np.random.default_rng(SEED).standard_normal((DRAWS, len(found.mode)))
    return values(found.free(found.mode + normal @ np.linalg.cholesky(found.covariance).T))


@cache
def _priors() -> Values:
    return values(from_prior(DRAWS, np.random.default_rng(SEED)))
