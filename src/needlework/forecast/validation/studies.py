"""All checks, and what the model may have seen of a study."""

from collections.abc import Mapping

from needlework.forecast.data.entries import entries
from needlework.forecast.validation import courses, fitted, healing, tissue
from needlework.forecast.validation.checks import Check

UNSCORED: Mapping[str, str] = {
    "img_kenkel2021_density": "No state of the model is a density in ultrasound. All that could be asked is whether "
    "collagen grew, which the model cannot deny.",
    "geo_roller_250": "A drum with needles: no parameter is in it.",
}
"""Entries that were fitted or held out and cannot be scored → why."""


def checks() -> tuple[Check, ...]:
    """Return every check, by subject."""
    return (*courses.checks(), *fitted.checks(), *tissue.checks(), *healing.checks())


def seen(check: Check) -> frozenset[str]:
    """Return the fitted entries of a check's publication: without them, the model has not seen the study."""
    source = check.entry.source
    return frozenset(one.id for one in entries().values() if one.use == "fit" and one.source == source)
