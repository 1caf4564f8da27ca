"""What the library knows of a measure's error before it has seen this person: `priors.toml`.

The figures are fitted by `python -m bench.imaging.calibrate` on simulated re-captures of persons and seeds that no
reported figure uses. They belong to one version of the estimators and are refused with any other.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from needlework.evidence.errors import DataError
from needlework.imaging import ALGORITHM

FILE = "priors.toml"


@dataclass(frozen=True)
class Prior:
    """The error of one measure in one zone, on the scale of `Estimate`."""

    one_sd: float
    """Standard deviation of a change where a visit has one shot, beside the error that the pixels leave."""
    more_sd: float
    """The same with two shots at each visit, across shots."""
    scatter_sd: float
    """Standard deviation of single shots of one visit around their mean."""
    pixels: float
    """By what the error that the pixels leave (`Estimate.within`) is multiplied, so that it agrees with what is seen:
    blocks of a zone share some of it, or tell part of what the standard deviations above hold already."""
    df: float
    """Degrees of freedom that the library counts for: the fewer, the more its error differs from person to person."""
    gain: float = 0.0
    """Standard deviation of what is read of a change, as a part of that change: it widens the interval alone, since
    skin that did not change has none."""


@dataclass(frozen=True)
class Priors:
    """All priors."""

    lasting: float
    """The part of the variance that more shots of a visit do not lower (0 to 1)."""
    measures: dict[str, dict[str, Prior]]
    """Measure → zone without its side → prior; `any` for every other zone. What is told against a control zone has a
    table of its own: `redness-relative`."""

    def of(self, measure: str, zone: str, *, relative: bool = False) -> Prior:
        """Return the prior of a measure in a zone, absolute or told against a control zone."""
        known = self.measures[f"{measure}-relative" if relative else measure]
        return known.get(without_side(zone), known["any"])


def without_side(zone: str) -> str:
    """Return a zone's name for both sides: the left and the right cheek err alike."""
    return zone.removesuffix("-left").removesuffix("-right")


@cache
def priors() -> Priors:
    """Read the library's priors.

    Raises:
        DataError: they were fitted for another version of the estimators.

    """
    found = tomllib.loads(files(__package__).joinpath(FILE).read_text("utf-8"))
    if found["algorithm"] != ALGORITHM:
        raise DataError(FILE, "algorithm", f"Fit the priors anew: these belong to estimators {found['algorithm']}.")
    return Priors(found["lasting"], {name: _zones(**measure) for name, measure in found["measures"].items()})


def _zones(pixels: float, df: float, gain: float, zones: dict[str, dict[str, float]]) -> dict[str, Prior]:
    return {zone: Prior(**own, pixels=pixels, df=df, gain=gain) for zone, own in zones.items()}
