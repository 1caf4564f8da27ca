"""The concerns that numbers were read for. Their names are those of the rules."""

from collections.abc import Mapping
from dataclasses import dataclass

from needlework.evidence.errors import InputError
from needlework.evidence.near import near

LEMPERLE_GRADES = 5.0
"""From 0 to 5: they are all of the score of wrinkles."""


@dataclass(frozen=True, slots=True)
class Concern:
    """What a share is a share of, and the scale on which it is usually rated."""

    id: str
    share_of: str
    most: str
    """The parameter that holds the most a course takes."""
    grades: float
    """How many grades that scale spans: an error in grades, divided by it, is an error of the share."""


CONCERNS: Mapping[str, Concern] = {
    one.id: one
    for one in (
        Concern("acne-scars", "acne scar score", "most_acne_scars", 3.0),  # Goodman and Baron's grades 1 to 4
        Concern("wrinkles", "Lemperle wrinkle scale (0 to 5)", "most_wrinkles", LEMPERLE_GRADES),
        Concern("stretch-marks", "rating of stretch marks", "most_stretch_marks", 4.0),  # classes of a quarter each
    )
}
WITHOUT_NUMBERS = ("uneven-tone", "age-spots", "melasma")
"""Concerns of the rules for which no number was read that a course could be forecast from."""


def concern(name: object, field: str = "concern") -> Concern:
    """Return a concern by its name; raise InputError for one without numbers, and for what is none."""
    if isinstance(name, str) and name in CONCERNS:
        return CONCERNS[name]
    those = f"Send one of: {', '.join(CONCERNS)}."
    if name in WITHOUT_NUMBERS:
        raise InputError(field, f"No numbers were read for it, so there is nothing to expect. {those}")
    hint = near(name, CONCERNS, those) if isinstance(name, str) else those
    raise InputError(field, f"That is not known here. {hint if hint == those else f'{hint} {those}'}")
