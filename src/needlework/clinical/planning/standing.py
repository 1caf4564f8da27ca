"""How a chosen depth stands to what is published for its zone, and to the device."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from needlework.clinical import overrides
from needlework.clinical.devices import Device
from needlework.clinical.planning.gates import Gate
from needlework.clinical.planning.proposal import Choice
from needlework.clinical.planning.rows import Row, pens
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
    set_by_clinic: tuple[overrides.Override, ...] = ()

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
            **overrides.as_json(self.set_by_clinic),
        }


UNCHECKED = "Nobody published how deep this device can be set: the depth cannot be checked against it."
UNVERIFIED = "The hardware limit of this device is from memory and was not checked: see its own instructions."

LABEL = "Deeper than the label of this device was evaluated to ({:g} mm)."
CLINICS_LABEL = "Deeper than the clinic's own limit for this device, in place of its label's ({:g} mm)."
HARDWARE = "Deeper than this device can be set ({:g} mm). Choose less."
CLINICS_HARDWARE = "Deeper than the clinic lets this device be set ({:g} mm). Choose less."


def judge(choice: Choice, published: Sequence[Row], device: Device, closed: Sequence[Gate] = ()) -> Judged:
    """Return how a choice stands to the rows that count for its zone, to the device, and to the gates that close it."""
    shut = [(Standing.REFUSED, f"{gate.gate} is not met. {gate.do}") for gate in closed]
    found = sorted([*shut, *_found(choice.depth_mm, published, device)], key=lambda one: -one[0].rank)
    standing = found[0][0] if found else Standing.WITHIN
    because = tuple(sentence for _, sentence in found) or ("No deeper than what is published for this zone.",)
    owed = standing is not Standing.REFUSED and (standing is not Standing.WITHIN or not device.hardware_published)
    needs = ("reason",) if owed and choice.reason is None else tuple(gate.gate for gate in closed)
    return Judged(choice, standing, because, _notes(choice.depth_mm, published, device), needs, device.set_by_clinic)


def _found(depth_mm: float, published: Sequence[Row], device: Device) -> list[tuple[Standing, str]]:
    label, hardware = device.label_limit_mm, device.hardware_limit_mm
    found = []
    if not published:
        found.append((Standing.NO_SOURCE, "No depth was read for this zone and these concerns."))
    elif depth_mm > (most := max(row.range_mm[1] for row in published)):
        found.append((Standing.ABOVE_PUBLISHED, f"Deeper than anything published here for this zone ({most:g} mm)."))
    if label is not None and depth_mm > label:
        words = CLINICS_LABEL if device.is_clinics("label_limit_mm") else LABEL
        found.append((Standing.ABOVE_LABEL, words.format(label)))
    if hardware is not None and depth_mm > hardware:
        words = CLINICS_HARDWARE if device.is_clinics("hardware_limit_mm") else HARDWARE
        found.append((Standing.REFUSED, words.format(hardware)))
    if is_held_to_pens(device) and depth_mm > pens().deepest_mm:
        found.append((Standing.REFUSED, pens().refused))
    return found


def is_held_to_pens(device: Device) -> bool:
    """Say whether nobody published how deep a device can be set, so that no deeper than any pen is planned with it."""
    return not device.hardware_published and not device.radiofrequency


def _notes(depth_mm: float, published: Sequence[Row], device: Device) -> tuple[str, ...]:
    notes = []
    ends = [row.range_mm for row in published]
    if ends and depth_mm < min(least for least, _ in ends):
        notes.append("Less deep than anything published here for this zone.")
    elif ends and depth_mm <= max(most for _, most in ends) and not any(a <= depth_mm <= b for a, b in ends):
        notes.append("Between the published ranges: none of them holds this depth.")
    if not device.hardware_published:
        notes.append(UNCHECKED)
    elif not device.hardware_verified:
        notes.append(UNVERIFIED)
    return tuple(notes)
