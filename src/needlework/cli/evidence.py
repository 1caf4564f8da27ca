"""`needlework evidence`: a fact, rule or sign with its sources; a search; what is weak, conflicting or due."""

import argparse
import json
import math
from collections.abc import Callable
from typing import Any

from needlework.cli import layers
from needlework.cli.errors import BadInputError
from needlework.cli.tables import paragraph, table
from needlework.clinical import catalogue
from needlework.clinical.fields import Fields
from needlework.evidence.errors import InputError

EXAMPLE = "needlework evidence show DEV-007"
MEMORY = "from memory, never checked: not for patients"

Answer = dict[str, Any]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `show`, `search` and `review`."""
    ways = parser.add_subparsers(dest="way", metavar="show, search or review", required=True)
    show = ways.add_parser("show", help="one fact, rule, sign, provision or entry of a rule file, with its sources")
    show.add_argument("id", metavar="ID", help="as DEV-007, isotretinoin_recent, redness or combinations.pus_and_fever")
    search = ways.add_parser("search", help="what answers some words, best first")
    search.add_argument("words", metavar="WORDS", nargs="+", help="what to look for; spelling is forgiven")
    review = ways.add_parser("review", help="what is unverified, conflicting or due, worst first")
    review.add_argument("--on", metavar="YYYY-MM-DD", help="the day on which something counts as due")
    layers.add_argument(review)
    for way in (show, search, review):
        way.add_argument("--json", action="store_true", help="write one JSON document, for machines")


def run(options: argparse.Namespace) -> int:
    """Answer and print it."""
    work, told = WAYS[options.way]
    try:
        answer = work(options)
    except InputError as wrong:
        raise BadInputError(str(wrong)) from None
    print(json.dumps(answer, indent=2) if options.json else told(answer))
    return 0


def _show(options: argparse.Namespace) -> Answer:
    return catalogue.as_json(catalogue.entry(options.id))


def _search(options: argparse.Namespace) -> Answer:
    query = " ".join(options.words)
    statements = catalogue.entries()
    found = catalogue.search(query)
    results = [{"id": one.id, "score": one.score, "statement": statements[one.id].statement} for one in found]
    return {"query": query, "results": results}


def _review(options: argparse.Namespace) -> Answer:
    from needlework.clinical import doubts

    on = Fields({"on": options.on}).day("on", None)
    if options.overrides is None:
        return doubts.as_json(on)
    layer, _ = layers.loaded(options.overrides, lambda _: None)
    return layers.counted(doubts.as_json(on, layer.overrides), layer)


def _shown(answer: Answer) -> str:
    one = catalogue.entry(answer["id"])
    parts = [
        f"{one.id} ({', '.join(filter(None, [one.kind, one.bears]))})",
        paragraph(one.statement),
        *([paragraph(one.note)] if one.note else []),
        "\n".join(_figures(one)),
        *map(_source, answer["sources"]),
        *[_conflict(conflict) for conflict in answer["conflicts"]],
        _uses(answer["used_by"]),
    ]
    return "\n\n".join(parts)


def _figures(one: catalogue.Entry) -> list[str]:
    lines = [f"Value: {_number(one.value)} {one.unit or ''}".rstrip()] if one.value is not None else []
    if one.range:
        of, unit = (f" ({one.range_of})", one.range_unit) if one.range_of else ("", one.unit)
        lines.append(f"Range: {_ends(one.range)} {unit}{of}")
    return [*lines, f"Verified: {_verified(one)}", f"Review by: {one.review_by}"]


def _number(value: float | str | None) -> str:
    """Return a value as people read it, every digit of it."""
    return f"{value:.12g}" if isinstance(value, int | float) else str(value)


def _ends(ends: tuple[float, float]) -> str:
    least, most = ends
    if least == most:
        return _number(least)
    return f"{_number(least)} and more" if math.isinf(most) else f"{_number(least)} to {_number(most)}"


def _verified(one: catalogue.Entry) -> str:
    if isinstance(one.verified, str):
        return one.verified
    where = "the primary source" if one.primary_read else "a second-hand source"
    return f"read in {where}" if one.verified else MEMORY


def _source(source: dict[str, str | None]) -> str:
    lines = [paragraph(f"Source: {source['title']} ({source['strength']})")]
    return "\n".join([*lines, f"  {source['url']}"] if source["url"] else lines)


def _conflict(conflict: dict[str, Any]) -> str:
    named = f" ({', '.join(conflict['facts'])})" if conflict["facts"] else ""
    return "\n".join(
        [paragraph(f"Conflict{named}: {conflict['about']}"), paragraph(f"Here: {conflict['handled']}", "  ")]
    )


def _uses(uses: list[dict[str, str]]) -> str:
    if not uses:
        return "No rule names it."
    return table(["Used in", "by"], [[use["file"], use["entry"]] for use in uses])


def _searched(answer: Answer) -> str:
    if not answer["results"]:
        return "Nothing was found. Try other words."
    rows = [[one["id"], f"{one['score']:.2f}", one["statement"] + _mark(one["id"])] for one in answer["results"]]
    return table(["Id", "Score", "Statement"], rows)


def _mark(found: str) -> str:
    return f" ({MEMORY})" if catalogue.entries()[found].verified is False else ""


def _reviewed(answer: Answer) -> str:
    rows = [[one["id"], one["kind"], one["statement"], "; ".join(one["reasons"])] for one in answer["doubts"]]
    due = [[day["review_by"], str(len(day["ids"]))] for day in answer["due"]]
    parts = [table(["Id", "Kind", "What", "Why"], rows), table(["Due", "Entries"], due)]
    return "\n\n".join([*parts, *layers.foot(answer)])


WAYS: dict[str, tuple[Callable[[argparse.Namespace], Answer], Callable[[Answer], str]]] = {
    "show": (_show, _shown),
    "search": (_search, _searched),
    "review": (_review, _reviewed),
}
