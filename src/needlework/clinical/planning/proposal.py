"""Reads a proposed plan: what is to be treated, with what, where and when, and the depths chosen so far."""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from needlework.clinical.devices import Device
from needlework.clinical.devices import devices as all_devices
from needlework.clinical.fields import Fields
from needlework.clinical.terms import CONCERNS, DEPTH_MM, SKIN_TYPES
from needlework.evidence.errors import InputError
from needlework.evidence.nations import NATIONS, premises
from needlework.evidence.zones import expand, meant

MOST_PASSES = 30
EXAMINED = "lesion-examined"
MAYBE_SPOTS = "uneven-tone"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One concern and the zones it is to be treated in."""

    concern: str
    zones: tuple[str, ...]
    spots: bool | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A depth in mm that the practitioner chose for a zone."""

    zone: str
    depth_mm: float
    passes: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """Who looked at the spots, when, and whether one of them was suspicious."""

    by: str
    on: date
    suspicious: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed plan, as it was sent."""

    concerns: tuple[Wanted, ...]
    device: Device
    skin_type: str
    nation: str
    planned_date: date
    premises: str | None = None
    chosen: tuple[Choice, ...] = ()
    examined: Examined | None = None

    @property
    def zones(self) -> tuple[str, ...]:
        """Return every zone that is to be treated, in the table's order."""
        return expand((zone for wanted in self.concerns for zone in wanted.zones), field="concerns")

    def concerns_of(self, zone: str) -> tuple[str, ...]:
        """Return what a zone is to be treated for."""
        return tuple(wanted.concern for wanted in self.concerns if zone in wanted.zones)


def read(document: Any, *, devices: Mapping[str, Device] | None = None) -> Proposal:
    """Return a document as a proposal, or say what is wrong with it."""
    fields, known = Fields(document), all_devices() if devices is None else devices
    concerns = _concerns(fields)
    planned = fields.day("planned_date")
    zones = {zone for wanted in concerns for zone in wanted.zones}
    proposal = Proposal(
        concerns=concerns,
        device=known[fields.choice("device", known)],
        skin_type=fields.choice("skin_type", SKIN_TYPES),
        nation=fields.choice("nation", NATIONS),
        planned_date=planned,
        premises=fields.choice("premises", premises(), None),
        chosen=_choices(fields, zones),
        examined=_examined(fields, planned),
    )
    fields.done()
    return proposal


def _concerns(fields: Fields) -> tuple[Wanted, ...]:
    wanted = tuple(_wanted(one) for one in fields.objects("concerns"))
    if not wanted:
        raise InputError("concerns", "Name at least one concern with its zones.")
    _once((one.concern for one in wanted), "concerns", "A concern is there twice. Name it once, with all its zones.")
    return wanted


def _wanted(fields: Fields) -> Wanted:
    concern = fields.choice("concern", CONCERNS)
    zones = expand(fields.texts("zones"), field=fields.name("zones"), planned=True)
    if not zones:
        raise InputError(fields.name("zones"), "Name at least one zone.")
    spots = fields.yes_or_no("spots", None) if concern == MAYBE_SPOTS else None
    fields.done()
    return Wanted(concern, zones, spots)


def _choices(fields: Fields, planned: Set[str]) -> tuple[Choice, ...]:
    choices = tuple(choice for one in fields.objects("chosen") for choice in _choice(one, planned))
    _once((one.zone for one in choices), "chosen", "A depth is chosen twice for one zone. Choose once.")
    return choices


def _choice(fields: Fields, planned: Set[str]) -> tuple[Choice, ...]:
    zones = meant(fields.text("zone"), field=fields.name("zone"), planned=True)
    if not set(zones) <= planned:
        raise InputError(fields.name("zone"), "This zone is not planned. Name it under a concern first.")
    depth_mm = fields.number("depth_mm", "mm", least=DEPTH_MM[0], most=DEPTH_MM[1])
    passes, reason = _passes(fields), (fields.text("reason", "") or "").strip() or None
    fields.done()
    return tuple(Choice(zone, depth_mm, passes, reason) for zone in zones)


def _passes(fields: Fields) -> int | None:
    passes = fields.number("passes", "passes", least=1, most=MOST_PASSES, default=None)
    if passes is not None and not passes.is_integer():
        raise InputError(fields.name("passes"), "Send a whole number of passes.")
    return None if passes is None else int(passes)


def _examined(fields: Fields, planned: date) -> Examined | None:
    gates = fields.object("gates")
    found = _examination(gates.object(EXAMINED), planned) if gates.has(EXAMINED) else None
    gates.done()
    return found


def _examination(fields: Fields, planned: date) -> Examined:
    by, on, suspicious = fields.text("by").strip(), fields.day("on"), fields.yes_or_no("suspicious")
    fields.done()
    if not by:
        raise InputError(fields.name("by"), "Write who looked at the spots.")
    if on > planned:
        raise InputError(fields.name("on"), "This is after the planned date. The spots are looked at before any plan.")
    return Examined(by, on, suspicious)


def _once(names: Iterable[str], field: str, sentence: str) -> None:
    if any(times > 1 for times in Counter(names).values()):
        raise InputError(field, sentence)
