"""`needlework screen FILE`: health answers and a plan in, findings and their outcome out."""

import argparse
from typing import Any

from needlework.cli import layers
from needlework.cli.tables import paragraph, table
from needlework.clinical import screening

EXAMPLE = "needlework screen --example | needlework screen -"
RULES = "screening.toml"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file, `--json`, `--example` and `--overrides`."""
    layers.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Screen one case and print what it comes to."""
    return layers.answer(options, work, told)


def work(document: Any, overrides: str | None = None) -> dict[str, Any]:
    """Return what a document comes to, by the rules or by a clinic's layer over them."""
    if overrides is None:
        return screening.as_json(screening.screen(screening.read(document)))
    layer, rules = layers.loaded(overrides, lambda one: screening.load(one.documents[RULES], one.overrides))
    found = screening.screen(screening.read(document, rules=rules), rules=rules)
    return layers.counted(screening.as_json(found), layer)


def told(found: dict[str, Any]) -> str:
    """Return it for a terminal."""
    from_when = f", from {found['earliest_date']} at the earliest" if found["earliest_date"] else ""
    parts = [f"Outcome: {_words(found['outcome'])}{from_when}."]
    if found["findings"]:
        rows = [_row(finding) for finding in found["findings"]]
        parts.append(table(("Outcome", "Finding", "Until", "Zones", "What to do"), rows))
        parts += [_reason(finding) for finding in found["findings"]]
    if found["read_free_text"]:
        parts.append(paragraph("There is free text. Nothing here has read it: a person must."))
    parts += [paragraph(f"Law in {one['nation']}: {one['text']}") for one in found["legal"]]
    return "\n\n".join([*parts, paragraph(f"{found['consultation']} {layers.version(found)}.")])


def _row(finding: dict[str, Any]) -> tuple[str, ...]:
    zones = ", ".join(finding["zones"])
    advice = " ".join(filter(None, (finding["note"], finding["advice"])))
    return (_words(finding["outcome"]), finding["label"], finding["until"] or "", zones, advice)


def _reason(finding: dict[str, Any]) -> str:
    policy = f" {finding['policy']}" if finding["policy"] else ""
    lines = [paragraph(f"{finding['rule']}: {finding['reason']}{policy}"), *layers.told(finding, indent="  ")]
    for source in finding["sources"]:
        lines.append(paragraph(f"{source['title']} ({source['strength']})", "  "))
        lines += [f"    {source['url']}"] if source["url"] else []
    return "\n".join(lines)


def _words(outcome: str) -> str:
    return outcome.replace("_", " ")
