"""The words that leave the core, each with its order."""

from enum import StrEnum


class Ordered(StrEnum):
    """Words whose order of definition is their rank, lowest first."""

    @property
    def rank(self) -> int:
        """Return the place in the order, 0 first."""
        return list(type(self)).index(self)


class Outcome(Ordered):
    """What a screening, or one finding of it, comes to; best first."""

    SUITABLE = "suitable"
    SUITABLE_WITH_ADJUSTMENTS = "suitable_with_adjustments"
    TREAT_AROUND = "treat_around"
    DEFER = "defer"
    REFER = "refer"
    EXCLUDE = "exclude"


class Tier(Ordered):
    """How soon somebody must look at a reported sign; mildest first."""

    EXPECTED = "expected"
    PRACTITIONER_REVIEW = "practitioner_review"
    SAME_DAY = "same_day"
    EMERGENCY = "emergency"


class Verified(Ordered):
    """How much of a rule was read in a listed source: all of it, part, or none (policy or memory alone)."""

    UNVERIFIED = "unverified"
    PARTIAL = "partial"
    SEEN = "seen"


DEPTH_MM = (0.05, 10.0)
"""What is taken for a depth in mm at all, wherever one is screened, planned or recorded as done, both ends included.

Under it no needle goes in; over it no pen or radiofrequency device goes: a slip of the unit. The limits of care are the
device's, and the plan's.
"""

SKIN_TYPES = ("I", "II", "III", "IV", "V", "VI")
"""Fitzpatrick's types: how skin answers the sun, not its colour (SCL-021, SCL-022)."""

CONCERNS = ("acne-scars", "wrinkles", "uneven-tone", "age-spots", "melasma", "stretch-marks")
"""What people come with. `age-spots` and `melasma` are kinds of uneven tone with rules of their own."""
