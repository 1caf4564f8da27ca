"""`needlework plan FILE`: what is published for the zones, concerns and device, and how the choice stands to it."""

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from needlework.cli import layers
from needlework.cli.tables import paragraph, table
from needlework.clinical import planning

if TYPE_CHECKING:
    from needlework.clinical import devices
    from needlework.clinical.rule_set import RuleSet
    from needlework.clinical.screening import Rule

EXAMPLE = "needlework plan --example | needlework plan -"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    layers.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Read the proposal and print the plan."""
    return layers.answer(options, work, told)


def work(document: Any, overrides: str | None = None) -> dict[str, Any]:
    """Return the plan of a document, by the rules or by a clinic's layer over them."""
    if overrides is None:
        return planning.as_json(planning.plan(planning.read(document)))
    layer, (known, rules) = layers.loaded(overrides, _rules)
    plan = planning.plan(planning.read(document, devices=known), devices=known, rules=rules)
    return layers.counted(planning.as_json(plan), layer)


def _rules(layer: "RuleSet") -> "tuple[Mapping[str, devices.Device], Mapping[str, Rule]]":
    from needlework.clinical import devices, screening

    found = layer.documents
    return devices.load(found[devices.FILE], layer.overrides), screening.load(found["screening.toml"], layer.overrides)


def told(plan: dict[str, Any]) -> str:
    """Return a plan as a person reads it in a terminal."""
    device = plan["device"]
    limits = f"label limit {_mm(device['label_limit_mm'])}, hardware limit {_mm(device['hardware_limit_mm'])}"
    known = paragraph(f"{device['name']}: {limits}. {' '.join(device['notes'])}")
    head = "\n".join([known, *layers.told(device)])
    skin = paragraph(plan["zones"][0]["skin_thickness"]["caution"])
    foot = paragraph("The ranges are what others published. None is a recommendation: the practitioner chooses.")
    parts = [head, *_zones(plan["zones"]), skin, _courses(plan["courses"]), *_beside(plan), foot]
    return "\n\n".join([*parts, *layers.foot(plan)])


def _zones(zones: list[dict[str, Any]]) -> list[str]:
    shown: dict[str, str] = {}
    sections = []
    for zone in zones:
        name, known = f"{zone['zone']} ({', '.join(zone['concerns'])})", _known(zone)
        body = f"  As for {shown[known]}." if known in shown else known
        shown.setdefault(known, zone["zone"])
        sections.append("\n".join([name, body, *_chosen(zone)]))
    return sections


def _known(zone: dict[str, Any]) -> str:
    lines = [paragraph(text, "  ") for text in (_skin(zone), *_words(zone))]
    if zone["no_source"]:
        return "\n".join(["  No depth was read for this zone and these concerns.", *lines])
    rows = [(_range(one), one["for"], _sources(one)) for one in zone["published"]]
    return "\n".join([table(("mm", "for", "source"), rows), paragraph(_support(zone["support"]), "  "), *lines])


def _range(entry: dict[str, Any]) -> str:
    if entry["range_mm"] is None:
        return f"beyond the device ({_ends(entry['published_mm'])})"
    printed = f" (printed {_ends(entry['published_mm'])})" if "published_mm" in entry else ""
    return _ends(entry["range_mm"]) + printed


def _ends(ends: list[float]) -> str:
    least, most = ends
    if least == most:
        return f"{least:g}"
    return f"{least:g}–{most:g}" if least else f"up to {most:g}"


def _support(counted: dict[str, int]) -> str:
    return (
        f"Behind these: studies {counted['studies']}, regulator or label {counted['regulator_or_label']}, "
        f"vendor and consumer pages {counted['vendor_or_consumer']}."
    )


def _skin(zone: dict[str, Any]) -> str:
    mean = zone["skin_thickness_mm"]
    found = f"Mean skin thickness {_ends(mean)} mm (women, men)." if mean else "Mean skin thickness: not found."
    return " ".join([found, *zone["skin_thickness"]["others"]])


def _words(zone: dict[str, Any]) -> list[str]:
    named = (("Caution", "cautions"), ("Passes", "passes"), ("Endpoint", "endpoints"))
    return [f"{name}: {one['text']}" for name, key in named for one in zone[key]]


def _chosen(zone: dict[str, Any]) -> list[str]:
    chosen = zone["chosen"]
    if chosen is None:
        return [paragraph("Chosen: nothing yet.", "  ")]
    needs = " Write the reason." if "reason" in chosen["needs"] else ""
    sentences = " ".join((*chosen["because"], *chosen["notes"]))
    stands = f"Chosen: {chosen['depth_mm']:g} mm, {chosen['standing']}. {sentences}{needs}"
    return [paragraph(stands, "  "), *layers.told(chosen, indent="  ")]


def _courses(courses: list[dict[str, Any]]) -> str:
    headers = ("concern", "sessions", "days between", "what is known")
    rows = [
        (one["concern"], _number(one["sessions"]), _number(one["interval_days"]), one["disagreement"])
        for one in courses
    ]
    spacing = courses[0]["spacing"]
    wait = f"{spacing['default']['text']} ({spacing['default_days']} days)"
    held = paragraph(f"{spacing['never_under']['text']} {wait}")
    return "\n".join([table(headers, rows), held, *layers.told(spacing)])


def _beside(plan: dict[str, Any]) -> list[str]:
    gates = [f"Gate {one['gate']}: {'met' if one['met'] else 'not met. ' + one['do']}" for one in plan["gates"]]
    law = [f"{one['nation']}: {one['text']}" for one in plan["legal"]]
    cautions = [f"Caution: {one['text']}" for one in plan["cautions"]]
    return [paragraph(text) for text in (*gates, *law, *cautions)]


def _number(ends: list[float] | None) -> str:
    return "not found" if ends is None else _ends(ends)


def _mm(limit: float | None) -> str:
    return "not published" if limit is None else f"{limit:g} mm"


def _sources(entry: dict[str, Any]) -> str:
    return "; ".join(f"{source['title']} ({source['strength']})" for source in entry["sources"])
