"""The parts of an answer: one for each zone, or the course as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from needlework.evidence.errors import InputError
from needlework.evidence.zones import in_words

MOST_ZONES = 6
"""More would be a picture that nobody scrolls through; a face has about so many zones that are treated apart."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is expected of one zone, or of the course where it names none."""

    zone: str
    expected: dict[str, Any]

    @property
    def last(self) -> dict[str, Any]:
        """Return what is expected of one person on the last day shown, with its date."""
        point: dict[str, Any] = self.expected["series"][-1]
        return {"date": point["date"], **point["person"]}


def parts(answer: dict[str, Any]) -> Sequence[Part]:
    """Return the parts of an answer, at least one; raise InputError for more zones than a picture holds."""
    zones = answer.get("zones")
    if not zones:
        return [Part("", answer)]
    if len(zones) > MOST_ZONES:
        raise InputError("zones", f"One picture holds 1 to {MOST_ZONES} zones, not {len(zones)}. Draw some at a time.")
    return [Part(in_words(name), {**answer, **expected}) for name, expected in zones.items()]


def slowest(of: Sequence[Part]) -> Part:
    """Return the part in which redness lasts longest."""
    return max(of, key=lambda part: float(part.expected["redness"]["gone_after_hours"]["median"]))
