"""How a chosen depth stands to what is published for its zone, and to the device."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from needlework.clinical.devices import Device
from needlework.clinical.planning.proposal import Choice
from needlework.clinical.planning.rows import Row
from needlework.clinical.terms import Ordered


class Standing(Ordered):
    """How a chosen depth stands, best first; the worst that holds is told."""

    WITHIN = "within"
    NO_SOURCE = "no-source"
    ABOVE_PUBLISHED = "above-published"
    ABOVE_LABEL = "above-label"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Judged:
    """A choice, how it stands and why, worst first, and what it still needs."""

    choice: Choice
    standing: Standing
    because: tuple[str, ...]
    notes: tuple[str, ...]
    needs: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as the plan writes it."""
        return {
            "depth_mm": self.choice.depth_mm,
            "passes": self.choice.passes,
            "reason": self.choice.reason,
            "standing": self.standing.value,
            "because": list(self.because),
            "notes": list(self.notes),
            "needs": list(self.needs),
        }


UNCHECKED = "Nobody published how deep this device can be set: the depth cannot be checked against it."
UNVERIFIED = "The hardware limit of this device is from memory and was not checked: see its own instructions."


def judge(choice: Choice, published: Sequence[Row], device: Device) -> Judged:
    """Return how a choice stands to the rows that count for its zone, and to the device."""
    found = sorted(_found(choice.depth_mm, published, device).items(), key=lambda one: -one[0].rank)
    standing = found[0][0] if found else Standing.WITHIN
    because = tuple(sentence for _, sentence in found) or ("No deeper than what is published for this zone.",)
    unchecked = device.hardware_limit_mm is None
    owed = standing is not Standing.REFUSED and (standing is not Standing.WITHIN or unchecked)
    needs = ("reason",) if owed and choice.reason is None else ()
    return Judged(choice, standing, because, _notes(choice.depth_mm, published, device), needs)


def _found(depth_mm: float, published: Sequence[Row], device: Device) -> dict[Standing, str]:
    label, hardware = device.label_limit_mm, device.hardware_limit_mm
    found = {}
    if not published:
        found[Standing.NO_SOURCE] = "No depth was read for this zone and these concerns."
    elif depth_mm > (most := max(row.range_mm[1] for row in published)):
        found[Standing.ABOVE_PUBLISHED] = f"Deeper than anything published here for this zone ({most:g} mm)."
    if label is not None and depth_mm > label:
        found[Standing.ABOVE_LABEL] = f"Deeper than the label of this device was evaluated to ({label:g} mm)."
    if hardware is not None and depth_mm > hardware:
        found[Standing.REFUSED] = f"Deeper than this device can be set ({hardware:g} mm). Choose less."
    return found


def _notes(depth_mm: float, published: Sequence[Row], device: Device) -> tuple[str, ...]:
    notes = []
    ends = [row.range_mm for row in published]
    if ends and depth_mm < min(least for least, _ in ends):
        notes.append("Less deep than anything published here for this zone.")
    elif ends and depth_mm <= max(most for _, most in ends) and not any(a <= depth_mm <= b for a, b in ends):
        notes.append("Between the published ranges: none of them holds this depth.")
    if device.hardware_limit_mm is None:
        notes.append(UNCHECKED)
    elif not device.hardware_verified:
        notes.append(UNVERIFIED)
    return tuple(notes)
