"""The parts of an answer: one for zones of which all is alike, or the course as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from needlework.evidence.errors import InputError
from needlework.evidence.zones import in_words

MOST_ZONES = 6
"""More would be a picture that nobody scrolls through; a face has about so many zones that are treated apart."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is expected of one zone, of several that are alike, or of the course where it names none."""

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
    alike: list[tuple[list[str], dict[str, Any]]] = []
    for name, expected in zones.items():
        names = next((names for names, known in alike if known == expected), [])
        if not names:
            alike.append((names, expected))
        names.append(in_words(name))
    if len(alike) > MOST_ZONES:
        some = f"One picture holds 1 to {MOST_ZONES} zones that differ, not {len(alike)}. Draw some at a time."
        raise InputError("zones", some)
    return [Part(_listed(names), {**answer, **expected}) for names, expected in alike]


def _listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def slowest(of: Sequence[Part]) -> Part:
    """Return the part in which redness lasts longest."""
    return max(of, key=lambda part: float(part.expected["redness"]["gone_after_hours"]["median"]))
