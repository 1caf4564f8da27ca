"""`needlework triage FILE`: reported signs to who looks at them, how soon, and the whole safety net."""

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from needlework.cli import layers
from needlework.cli.tables import paragraph, table
from needlework.clinical import signs, triage
from needlework.clinical.terms import Tier, Verified

if TYPE_CHECKING:
    from needlework.clinical.rule_set import RuleSet

EXAMPLE = "needlework triage --example | needlework triage -"
POLICY = "policy, unverified"
MARKS = {
    Verified.UNVERIFIED: " (policy or memory, unverified)",
    Verified.PARTIAL: " (partly policy)",
    Verified.SEEN: "",
}
"""What stands beside the reason of a sign, by how much of it was read."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file, `--json`, `--example` and `--overrides`."""
    layers.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Read the report, sort it and print the answer."""
    return layers.answer(options, work, told)


def work(document: Any, overrides: str | None = None) -> dict[str, Any]:
    """Return what a report comes to, by the rules or by a clinic's layer over them."""
    report = triage.read(document)
    if overrides is None:
        return triage.as_json(triage.triage(report))
    layer, (known, together) = layers.loaded(overrides, _rules)
    return layers.counted(triage.as_json(triage.triage(report, signs=known, combinations=together)), layer)


def told(answer: dict[str, Any]) -> str:
    """Return an answer as a person of the clinic reads it."""
    parts = [_head(answer), *_reported(answer["signs"]), _net(answer["safety_net"]), layers.version(answer)]
    return "\n\n".join(parts)


def _rules(layer: "RuleSet") -> tuple[Mapping[str, signs.Sign], tuple[signs.Combination, ...]]:
    known = signs.load(layer.documents[signs.SIGNS], layer.overrides)
    return known, signs.load_combinations(layer.documents[signs.COMBINATIONS], known, layer.overrides)


def _head(answer: dict[str, Any]) -> str:
    rule = signs.tiers()[Tier(answer["tier"])]
    lines = [f"{answer['tier']}: {rule.words}"]
    if rule.answer_within:
        lines.append(
            f"Tell in the clinic: {', '.join(answer['notify'])}. Answer within {rule.answer_within} ({POLICY})."
        )
    if answer["read_free_text"]:
        lines.append("There is free text: a person must read it.")
    return "\n".join(paragraph(line) for line in lines)


def _reported(found: list[dict[str, Any]]) -> list[str]:
    if not found:
        return ["No sign was reported."]
    rows = [_row(one, signs.signs()[one["sign"]]) for one in found]
    texts = "\n".join(paragraph(one["patient_text"], "  ") for one in found)
    told = [line for one in found for line in layers.told(one, of=f"{one['sign']}: ")]
    return [
        "\n".join([table(["Sign", "Tier", "Because", "What to do", "Tell outside"], rows), *told]),
        f"What the patient reads:\n{texts}",
    ]


def _row(one: dict[str, Any], sign: signs.Sign) -> list[str]:
    """Return a sign as a row; where its tier was raised, what that tier asks for comes before the sign's own."""
    because = one["because"] + MARKS[sign.verified]
    rule = signs.tiers()[Tier(one["tier"])]
    if rule.id == sign.tier:
        return [sign.label, one["tier"], because, sign.action, ", ".join(sign.tell) or "-"]
    action = f"{rule.words[:1].upper()}{rule.words[1:]}. By itself: {sign.action}"
    return [sign.label, one["tier"], because, action, ", ".join([*rule.tell, *sign.tell]) or "-"]


def _net(lines: list[dict[str, str]]) -> str:
    return "The safety net, always whole:\n" + table(["When", "Do"], [[line["when"], line["do"]] for line in lines])
