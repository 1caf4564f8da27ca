"""`needlework aftercare FILE`: a finished session to dated instructions, the days to come and the whole safety net."""

import argparse
from datetime import datetime
from typing import Any

from needlework.cli import documents
from needlework.cli.tables import paragraph, table
from needlework.clinical import aftercare

EXAMPLE = "needlework aftercare --example | needlework aftercare -"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file, `--json` and `--example`."""
    documents.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Read the session, date the instructions and print the answer."""
    return documents.answer(options, work, told)


def work(document: Any) -> dict[str, Any]:
    """Return what a document comes to."""
    return aftercare.as_json(aftercare.advise(aftercare.read(document)))


def told(found: dict[str, Any]) -> str:
    """Return it for a terminal."""
    instructions = table(
        ("Id", "Do", "From", "Until", "Hours", "What"), [_instruction(one) for one in found["instructions"]]
    )
    days = table(("Day", "What to expect"), [(str(one["day"]), one["text"]) for one in found["expected"]])
    net = table(("When", "Do"), [(line["when"], line["do"]) for line in found["safety_net"]])
    why = "\n".join(_why(one) for one in found["instructions"])
    return "\n\n".join(
        [instructions, days, f"The safety net, always whole:\n{net}", f"Why:\n{why}", f"Rule set {found['rule_set']}."]
    )


def _instruction(one: dict[str, Any]) -> tuple[str, ...]:
    return (one["id"], one["do"], _moment(one["from"]), _moment(one["to"]), _hours(one["hours"]), one["text"])


def _moment(written: str | None) -> str:
    return datetime.fromisoformat(written).strftime("%Y-%m-%d %H:%M") if written else ""


def _hours(hours: dict[str, Any] | None) -> str:
    if hours is None:
        return ""
    least, most = hours["range"]
    return f"{hours['chosen']} ({least} to {most})" if least < most else f"{hours['chosen']}"


def _why(one: dict[str, Any]) -> str:
    sources = [f"{source['title']} ({source['strength']}) {source['url'] or ''}" for source in one["sources"]]
    return "\n".join([paragraph(f"{one['id']}: {one['why']}"), *(paragraph(text.rstrip(), "  ") for text in sources)])
