"""`needlework triage FILE`: reported signs to who looks at them, how soon, and the whole safety net."""

import argparse
from typing import Any

from needlework.cli import documents
from needlework.cli.tables import paragraph, table
from needlework.clinical import signs, triage
from needlework.clinical.terms import Tier, Verified

EXAMPLE = "needlework triage --example | needlework triage -"
POLICY = "policy, unverified"
UNREAD = "policy or memory, unverified"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file and `--json`."""
    documents.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Read the report, sort it and print the answer."""
    return documents.answer(options, _work, told)


def told(answer: dict[str, Any]) -> str:
    """Return an answer as a person of the clinic reads it."""
    parts = [_head(answer), *_reported(answer["signs"]), _net(answer["safety_net"]), f"Rule set {answer['rule_set']}"]
    return "\n\n".join(parts)


def _work(document: Any) -> dict[str, Any]:
    return triage.as_json(triage.triage(triage.read(document)))


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
    return [
        table(["Sign", "Tier", "Because", "What to do", "Tell outside"], rows),
        f"What the patient reads:\n{texts}",
    ]


def _row(one: dict[str, Any], sign: signs.Sign) -> list[str]:
    unread = f" ({UNREAD})" if sign.verified is Verified.UNVERIFIED else ""
    return [sign.label, one["tier"], one["because"] + unread, sign.action, ", ".join(sign.tell) or "-"]


def _net(lines: list[dict[str, str]]) -> str:
    return "The safety net, always whole:\n" + table(["When", "Do"], [[line["when"], line["do"]] for line in lines])
