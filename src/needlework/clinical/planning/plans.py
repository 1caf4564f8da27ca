"""Puts a plan together: per zone what is published and how the choice stands, courses, gates, law."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from needlework.clinical import backing, overrides
from needlework.clinical.backing import rule_table
from needlework.clinical.devices import Device
from needlework.clinical.planning.courses import ConcernCourses, IntervalLimits, courses, interval_limits
from needlework.clinical.planning.gates import Gate, gates
from needlework.clinical.planning.proposal import Proposal
from needlework.clinical.planning.rows import DEPTHS, PASSES, Row, Said, pens, rows, said, thickness
from needlework.clinical.planning.standing import UNCHECKED, UNVERIFIED, Judged, is_held_to_pens, judge
from needlework.clinical.rule_set import VERSION
from needlework.evidence.nations import Provision, law
from needlework.evidence.sources import cite

if TYPE_CHECKING:
    from needlework.clinical.screening.rule import Rule

KINDS = ("studies", "regulator_or_label", "vendor_or_consumer")
DARKER_SKIN = "fitzpatrick_iv_vi"
"""The screening rule whose words are told beside a plan, for the skin types that it names."""
SCREENING = "screening.toml"
RADIOFREQUENCY = "rf_not_covered"


@dataclass(frozen=True, slots=True)
class PlannedZone:
    """What is known of one zone that is to be treated, and how the choice for it stands."""

    zone: str
    concerns: tuple[str, ...]
    published: tuple[Row, ...]
    passes: tuple[Said, ...]
    endpoints: tuple[Said, ...]
    cautions: tuple[Said, ...]
    judged: Judged | None


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is known for a proposal; it recommends no depth."""

    proposal: Proposal
    zones: tuple[PlannedZone, ...]
    courses: tuple[ConcernCourses, ...]
    gates: tuple[Gate, ...]
    law: tuple[Provision, ...]
    rules: "Mapping[str, Rule] | None" = None


def plan(
    proposal: Proposal, *, devices: Mapping[str, Device] | None = None, rules: "Mapping[str, Rule] | None" = None
) -> Plan:
    """Return what is published for a proposal, what limits it, and how each choice stands.

    `devices` and screening `rules` are those of a clinic's layer: limits and spacing. Without them the limits are those
    of the device in the proposal, and the spacing is that of the rules that came with the product.
    """
    device = proposal.device if devices is None else devices[proposal.device.name]
    proposal = replace(proposal, device=device)
    deepest = max((choice.depth_mm for choice in proposal.chosen), default=None)
    features = ("radiofrequency",) if device.radiofrequency else ()
    found = law(proposal.nation, depth_mm=deepest, features=features)
    asked = gates(proposal, found)
    return Plan(
        proposal=proposal,
        zones=tuple(_zone(zone, proposal, asked) for zone in proposal.zones),
        courses=tuple(courses()[wanted.concern] for wanted in proposal.concerns),
        gates=asked,
        law=found,
        rules=rules,
    )


def _zone(zone: str, proposal: Proposal, asked: Sequence[Gate]) -> PlannedZone:
    concerns, device = proposal.concerns_of(zone), proposal.device
    published = () if device.radiofrequency else tuple(row for row in rows() if row.counts_for(zone, concerns))
    choice = next((choice for choice in proposal.chosen if choice.zone == zone), None)

    closed = [gate for gate in asked if gate.closes(zone)]

    def here(file: str, key: str) -> tuple[Said, ...]:
        return tuple(one for one in said(file, key) if one.counts_for(zone, concerns))

    return PlannedZone(
        zone=zone,
        concerns=concerns,
        published=published,
        passes=here(PASSES, "passes"),
        endpoints=here(PASSES, "endpoints"),
        cautions=here(DEPTHS, "cautions"),
        judged=judge(choice, published, device, closed) if choice else None,
    )


def as_json(plan: Plan) -> dict[str, Any]:
    """Return a plan as the command writes it."""
    proposal = plan.proposal
    return {
        "rule_set": VERSION,
        "device": device_json(proposal.device),
        "zones": [zone_json(one, proposal.device) for one in plan.zones],
        "courses": [one.as_json(spacing(one.concern, plan)) for one in plan.courses],
        "gates": [gate.as_json() for gate in plan.gates],
        "legal": [provision.as_json(proposal.planned_date) for provision in plan.law],
        "cautions": _cautions(proposal),
    }


def spacing(concern: str, plan: Plan) -> IntervalLimits:
    """Return the spacing that a plan holds to for one of its concerns."""
    return interval_limits(concern, rules=plan.rules, device=plan.proposal.device.name)


def device_json(device: Device) -> dict[str, Any]:
    """Return a device's limits with what stands behind them; where nobody published one, say so."""
    notes = ["No label limit of this device was read."] if device.label_fact is None else []
    if not device.hardware_published:
        notes.append(UNCHECKED)
    elif not device.hardware_verified:
        notes.append(UNVERIFIED)
    held = is_held_to_pens(device)
    return {
        "name": device.name,
        "label_limit_mm": device.label_limit_mm,
        "hardware_limit_mm": device.hardware_limit_mm,
        "hardware_verified": device.hardware_verified,
        "notes": [*notes, *([pens().note] if held else [])],
        "sources": backing.told((*device.facts, *(pens().facts if held else ()))),
        **overrides.as_json(device.set_by_clinic),
    }


def zone_json(planned: PlannedZone, device: Device) -> dict[str, Any]:
    """Return one zone as the command writes it."""
    measured = thickness()
    skin = measured.by_zone.get(planned.zone)
    return {
        "zone": planned.zone,
        "concerns": list(planned.concerns),
        "published": [published_json(row, device.hardware_limit_mm) for row in planned.published],
        "support": support(planned.published),
        "skin_thickness_mm": list(skin.range) if skin and skin.range else None,
        "skin_thickness": {
            "of": measured.of if skin else None,
            "others": [fact.statement for fact in measured.others.get(planned.zone, ())],
            "caution": measured.caution,
            "sources": backing.told(
                (*([skin] if skin else []), *measured.others.get(planned.zone, ()), *measured.facts)
            ),
        },
        "label_limit_mm": device.label_limit_mm,
        "hardware_limit_mm": device.hardware_limit_mm,
        "passes": [one.as_json() for one in planned.passes],
        "endpoints": [one.as_json() for one in planned.endpoints],
        "cautions": [one.as_json() for one in planned.cautions],
        "no_source": not planned.published,
        "chosen": planned.judged.as_json() if planned.judged else None,
    }


def published_json(row: Row, hardware_limit_mm: float | None) -> dict[str, Any]:
    """Return one published range, in mm, clipped to the device; beside it, if that changed it, as printed."""
    clipped = clip(row.range_mm, hardware_limit_mm)
    entry = {
        "range_mm": None if clipped is None else list(clipped),
        "for": row.purpose,
        "sources": backing.told(row.facts),
    }
    if clipped != row.range_mm:
        entry["published_mm"] = list(row.range_mm)
    if row.conflict:
        entry["conflict"] = row.conflict
    return entry


def clip(range_mm: tuple[float, float], limit_mm: float | None) -> tuple[float, float] | None:
    """Return the part of a range, in mm, that a limit leaves; None where it leaves none."""
    least, most = range_mm
    if limit_mm is None:
        return range_mm
    return (least, min(most, limit_mm)) if least <= limit_mm else None


def support(published: Sequence[Row]) -> dict[str, int]:
    """Count what stands behind a zone's ranges: each study and each page once, a study above its label."""
    kinds: dict[str, str] = {}
    for row in published:
        kinds[row.origin] = min(row.kind, kinds.get(row.origin, row.kind), key=KINDS.index)
    return {kind: list(kinds.values()).count(kind) for kind in KINDS}


def _cautions(proposal: Proposal) -> list[dict[str, Any]]:
    darker = [DARKER_SKIN] if proposal.skin_type in rule_table(SCREENING)[DARKER_SKIN]["skin_types"] else []
    heated = [RADIOFREQUENCY] if proposal.device.radiofrequency else []
    return [_rule(name) for name in darker + heated]


def _rule(name: str) -> dict[str, Any]:
    rule = rule_table(SCREENING)[name]
    sources = cite(rule["sources"], file=SCREENING, key=name)
    return {
        "rule": name,
        "text": f"{rule['rationale']} {rule['action']}",
        "conflicts": rule.get("conflicts"),
        "verified": rule["verified"],
        "sources": [source.as_json() for source in sources],
    }
