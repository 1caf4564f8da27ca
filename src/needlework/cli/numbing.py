"""`needlework numbing FILE`: does the numbing cream keep to its dose, its area and its time."""

import argparse
from typing import Any

from needlework.cli import layers
from needlework.cli.tables import paragraph, table
from needlework.clinical import numbing

EXAMPLE = "needlework numbing --example | needlework numbing -"
RULES = "numbing.toml"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    layers.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Read what was applied and print the checks."""
    return layers.answer(options, work, told)


def work(document: Any, overrides: str | None = None) -> dict[str, Any]:
    """Return the checks of a document, by the rules or by a clinic's layer over them."""
    if overrides is None:
        return numbing.as_json(numbing.check(numbing.read(document)))
    layer, products = layers.loaded(overrides, lambda one: numbing.load(one.documents[RULES], one.overrides))
    return layers.counted(numbing.as_json(numbing.check(numbing.read(document, products=products))), layer)


def told(checked: dict[str, Any]) -> str:
    """Return the checks as a person reads them in a terminal."""
    sections = [_others(checked), _checks(checked), _times(checked), *_notes(checked), paragraph(checked["supply"])]
    return "\n\n".join([*_head(checked), *filter(None, sections), *layers.foot(checked)])


def _head(checked: dict[str, Any]) -> list[str]:
    """Return what is read first: who must not have it, and how the whole stands."""
    holds = [f"This patient must not have it: {one['text']}" for one in checked["must_not"] if one["applies"]]
    labels = "; ".join(one["label"] for one in checked["products"])
    stands = paragraph(f"{labels}: {checked['standing']}")
    return ["\n".join(map(paragraph, holds)), stands] if holds else [stands]


def _others(checked: dict[str, Any]) -> str:
    return paragraph(
        f"Who must not have it: {' '.join(one['text'] for one in checked['must_not'] if not one['applies'])}"
    )


def _checks(checked: dict[str, Any]) -> str:
    unchecked = ", ".join(_unchecked(checked))
    known = [paragraph(f"Known and not checked: no limits were read for {unchecked}.")] if unchecked else []
    return "\n\n".join([*([_table(checked)] if checked["checks"] else []), *known])


def _unchecked(checked: dict[str, Any]) -> list[str]:
    return [one["product"] for one in checked["products"] if not one["checked"]]


def _table(checked: dict[str, Any]) -> str:
    headers = ("product", "check", "standing", "value", "limit", "do")
    told = [line for one in checked["checks"] for line in layers.told(one, of=f"{one['check']}: ")]
    return "\n".join([table(headers, [_check(one) for one in checked["checks"]]), *told])


def _check(one: dict[str, Any]) -> tuple[str, ...]:
    least, most = one["limit"]
    limit = f"{least:g} to {most:g}" if least != most else f"{most:g}"
    limit = limit if least else f"at most {most:g}"
    unit = one["unit"]
    return (one["product"], one["check"], one["standing"], f"{one['value']:g} {unit}", f"{limit} {unit}", one["do"])


def _times(checked: dict[str, Any]) -> str:
    if checked["remove_by"] is None or checked["barred"]:
        return ""
    without = ", ".join(_unchecked(checked))
    alone = f" Nothing is known of {without}." if without else ""
    return paragraph(f"Ready from {checked['ready_from']}, off by {checked['remove_by']}.{alone}")


def _notes(checked: dict[str, Any]) -> list[str]:
    return [paragraph(one["text"]) for one in checked["notes"]]
