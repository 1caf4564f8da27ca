"""What a patient is asked to agree to, checked, and what is so about it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from needlework.clinical.consent_content.wordings import FILE, NUMBING, PRESCRIBED, document, read_in, zones_of
from needlework.clinical.devices import devices
from needlework.clinical.fields import Fields
from needlework.clinical.planning.rows import pens
from needlework.clinical.terms import CONCERNS, DEPTH_MM, SKIN_TYPES
from needlework.evidence.errors import DataError, InputError
from needlework.evidence.nations import NATIONS, law
from needlework.evidence.sources import Source
from needlework.evidence.zones import expand


@dataclass(frozen=True, slots=True)
class Proposed:
    """Who is treated where, with what, on which day."""

    concerns: tuple[str, ...]
    zones: tuple[str, ...]
    device: str
    skin_type: str
    nation: str
    depth_mm: float | None
    numbing: str
    on: date

    @property
    def label_limit_mm(self) -> float | None:
        """Return the depth in mm that the device's label was evaluated to."""
        return devices()[self.device].label_limit_mm

    @property
    def provisions(self) -> tuple[str, ...]:
        """Return the ids of what the nation's law says about it."""
        features = {"prescribed-anaesthetic"} if self.numbing in PRESCRIBED else set[str]()
        return tuple(one.id for one in law(self.nation, depth_mm=self.depth_mm, features=features))

    @property
    def circumstances(self) -> frozenset[str]:
        """Return what is so about it, in the words of CIRCUMSTANCES."""
        return frozenset({_depth(self), *_label(self), _clearance(self), _cream(self)})

    def as_json(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return {
            "concerns": list(self.concerns),
            "zones": list(self.zones),
            "device": self.device,
            "skin_type": self.skin_type,
            "nation": self.nation,
            "depth_mm": self.depth_mm,
            "numbing": self.numbing,
            "on": self.on.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Cleared:
    """What a device is cleared for in the United States: in words, and as (concern, zone, skin type).

    Where no skin types were read it counts for all, and the words say so.
    """

    words: str
    uses: frozenset[tuple[str, str, str]]
    sources: tuple[Source, ...]


@cache
def cleared() -> Mapping[str, Cleared]:
    """Return what each device is cleared for there, where that was read."""
    return cleared_in(document()["cleared"])


def cleared_in(entries: Mapping[str, Any]) -> Mapping[str, Cleared]:
    """Return what the devices of a table are cleared for, or say which is wrong."""
    return {name: _cleared(name, entry) for name, entry in entries.items()}


def _cleared(name: str, entry: Mapping[str, Any]) -> Cleared:
    if name not in devices():
        raise DataError(FILE, f"cleared.{name}", "There is no such device. Name one of devices.toml.")
    uses = frozenset(
        (use["concern"], zone, skin_type)
        for use in entry["uses"]
        for zone in zones_of(use["zones"], f"cleared.{name}")
        for skin_type in use.get("skin_types", SKIN_TYPES)
    )
    return Cleared(entry["words"], uses, read_in(entry, f"cleared.{name}"))


def proposed(
    *,
    concerns: Collection[str],
    zones: Collection[str],
    device: str,
    skin_type: str,
    nation: str,
    depth_mm: float | None,
    numbing: str | None,
    on: date,
) -> Proposed:
    """Return what is proposed, checked; concerns and zones stand in the order of their tables, each once."""
    fields = Fields(
        {"device": device, "skin_type": skin_type, "nation": nation, "depth_mm": depth_mm, "numbing": numbing}
    )
    name = fields.choice("device", tuple(devices()))
    return Proposed(
        concerns=_concerns(concerns),
        zones=_zones(zones),
        device=_needles(name),
        skin_type=fields.choice("skin_type", SKIN_TYPES),
        nation=fields.choice("nation", NATIONS),
        depth_mm=fields.number("depth_mm", "mm", least=DEPTH_MM[0], most=_deepest(name), default=None),
        numbing=fields.choice("numbing", NUMBING, "none"),
        on=on,
    )


def _concerns(names: Collection[str]) -> tuple[str, ...]:
    if not names:
        raise InputError("concerns", "Name at least one concern.")
    for place, name in enumerate(names):
        if name not in CONCERNS:
            raise InputError(f"concerns[{place}]", f"That is not known here. Send one of: {', '.join(CONCERNS)}.")
    return tuple(concern for concern in CONCERNS if concern in names)


def _zones(names: Collection[str]) -> tuple[str, ...]:
    if not names:
        raise InputError("zones", "Name at least one zone.")
    return expand(names, field="zones", planned=True)


def _needles(name: str) -> str:
    if devices()[name].radiofrequency:
        raise InputError("device", "This text does not cover radiofrequency: its risks are others. Use a text for it.")
    return name


def _deepest(name: str) -> float:
    """Return the depth in mm that a device can be set to; where nobody published it, what any pen can be."""
    return devices()[name].hardware_limit_mm or pens().deepest_mm


def _depth(plan: Proposed) -> str:
    return "depth-open" if plan.depth_mm is None else "depth-stated"


def _cream(plan: Proposed) -> str:
    return "no-cream" if plan.numbing == "none" else "cream"


def _label(plan: Proposed) -> tuple[str, ...]:
    limit = plan.label_limit_mm
    if limit is None:
        return ("no-label-limit",)
    above = plan.depth_mm is not None and plan.depth_mm > limit
    return ("label-limit", "above-label-limit") if above else ("label-limit",)


def _clearance(plan: Proposed) -> str:
    known = cleared().get(plan.device)
    if known is None:
        return "clearance-unknown"
    planned = {(concern, zone, plan.skin_type) for concern in plan.concerns for zone in plan.zones}
    within = planned <= known.uses and "above-label-limit" not in _label(plan)
    return "cleared-for-this" if within else "cleared-for-other"
