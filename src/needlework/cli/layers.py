"""`--overrides FILE`: what a clinic changed in the rules, laid over them for one answer and told beside it.

Whoever runs a command without it pays nothing: the rule set is imported when a file is named.
"""

import argparse
import json
import tomllib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from needlework.cli import documents
from needlework.cli.errors import BadInputError
from needlework.cli.tables import paragraph
from needlework.clinical.overrides import sentence
from needlework.evidence.errors import DataError, InputError

if TYPE_CHECKING:
    from needlework.clinical.rule_set import RuleSet

Loaded = TypeVar("Loaded")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what a command that answers a document takes, and `--overrides`."""
    documents.add_arguments(parser)
    add_argument(parser)


def add_argument(parser: argparse.ArgumentParser) -> None:
    """Declare `--overrides`."""
    parser.add_argument("--overrides", metavar="FILE", help="the clinic's own overrides of the rules, in TOML or JSON")


def answer(
    options: argparse.Namespace,
    work: Callable[[Any, str | None], dict[str, Any]],
    told: Callable[[dict[str, Any]], str],
) -> int:
    """Read the document, work on it with the overrides that are named, if any, and print the answer."""
    return documents.answer(options, lambda document: work(document, options.overrides), told)


def loaded(file: str, load: "Callable[[RuleSet], Loaded]") -> "tuple[RuleSet, Loaded]":
    """Return the rule set with the overrides of a file in it, and what a command reads of it."""
    from needlework.clinical import overrides, rule_set

    shipped, document = rule_set.current(), _document(file)
    try:
        layer = rule_set.with_overrides(shipped, overrides.read(document))
        return layer, load(layer)
    except DataError as wrong:
        raise BadInputError(f"{file}: {wrong.key}: {wrong.sentence}") from None


def counted(answer: Mapping[str, Any], layer: "RuleSet") -> dict[str, Any]:
    """Return an answer that says how many overrides are in force."""
    return {**answer, "overrides": len(layer.overrides)}


def told(entry: Mapping[str, Any], *, of: str = "", indent: str = "") -> list[str]:
    """Return a paragraph for each override that something rests on, as a person reads it; `of` names it first."""
    if "set_by_clinic" not in entry:
        return []
    newest = dict(entry["set_by_clinic"])
    others = newest.pop("also", [])
    return [paragraph(of + sentence(**one), indent) for one in (newest, *others)]


def version(answer: Mapping[str, Any]) -> str:
    """Return the rule set of an answer, and how many overrides lie over it."""
    number = answer.get("overrides")
    layer = "" if number is None else f", with {number} override{'s' * (number != 1)} of the clinic"
    return f"Rule set {answer['rule_set']}{layer}"


def foot(answer: Mapping[str, Any]) -> list[str]:
    """Return the line that an answer ends with where a clinic's layer lies over the rules."""
    return [f"{version(answer)}."] if "overrides" in answer else []


def _document(file: str) -> Any:
    if file == "-":
        raise BadInputError("--overrides: Standard input is for the document. Name a file.")
    text = documents.text(file)
    try:
        return _json(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except InputError as wrong:
        raise BadInputError(f"{file}: {wrong}") from None
    except RecursionError:
        raise BadInputError(f"{file}: It is nested too deeply. Send a plain table for each override.") from None
    except ValueError as wrong:
        raise BadInputError(f"{file}: This is neither TOML nor JSON ({wrong}). Mend that place.") from None


def _json(text: str) -> Any:
    return json.loads(text, object_pairs_hook=documents.once, parse_constant=documents.no_number)
