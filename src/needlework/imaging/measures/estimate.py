"""One measure of one zone between two visits, before its error is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from needlework.imaging.zones.causes import Cause


@dataclass(frozen=True)
class Estimate:
    """A change on the scale where it adds up: the logarithm of a ratio for percents, a difference for colours.

    Swapping the visits negates `change` and swaps `before` and `after`.
    """

    change: float
    """After against before; the best estimator that the number of shots allows."""
    before: tuple[float, ...]
    """One value per shot of the first visit, on the same scale: their scatter is this person's own error."""
    after: tuple[float, ...]
    """The same for the second visit."""
    within: float = 0.0
    """Standard error that the pixels themselves leave (from blocks of the zone), before any shot differs."""
    extra: Mapping[str, float] = field(default_factory=dict)
    """What else is told: `new` and `gone` for spots, `width_mm_before` and `width_mm_after` for stretch marks."""
    relative: bool = False
    """Whether it is told against an untreated control zone, for want of a sticker: then it is the zone's change less
    the control zone's, and a change that both share cannot be seen."""


@dataclass(frozen=True)
class Unmeasured:
    """Why a measure of a zone cannot be told, in one sentence that says what would help."""

    reason: str
    cause: Cause = Cause.NONE
    """What hides most of the zone, where that is why."""
