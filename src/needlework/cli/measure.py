"""`needlework measure`: what changed between two visits, or between many, with its error."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from needlework.cli import documents, executors
from needlework.cli.errors import BadInputError
from needlework.evidence import zones
from needlework.evidence.errors import InputError

if TYPE_CHECKING:
    from needlework.imaging.comparison import Comparison
    from needlework.imaging.faces.face import Face
    from needlework.imaging.shots import Shot

STANDARD_OUTPUT = Path("-")
EXAMPLE = "needlework measure --before b1.jpg b2.jpg --after a1.jpg a2.jpg --control forehead --report changed.html"
PAIR, VISITS, SELF_CHECK = "--before and --after", "--visits", "--self-check"
WAYS = {"before": PAIR, "after": PAIR, "visits": VISITS, "self_check": SELF_CHECK}
"""The options that say what is measured."""
BELONGS = {
    "zones": (PAIR, VISITS),
    "control": (PAIR, VISITS),
    "points": (PAIR,),
    "report": (PAIR,),
    "workers": (VISITS,),
    "cluster": (VISITS,),
}
"""What every other option goes with."""
POINTS = 'begin with {"photo.jpg": {"eye-right-outer": [812, 640]}}'
ZONES = "zones or groups, as in: forehead cheeks 'upper lip' (or forehead,cheeks); the whole face if none is named"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare two visits, a folder of many, the self-check and what goes with each."""
    add = parser.add_argument
    add(
        "--before",
        metavar="PHOTO",
        nargs="+",
        type=Path,
        help="the shots of the first visit, two or more if possible; - for standard input",
    )
    add("--after", metavar="PHOTO", nargs="+", type=Path, help="the shots of the later visit")
    add("--zones", metavar="ZONE", nargs="+", help=ZONES)
    add("--control", metavar="ZONE", type=_id, help="an untreated zone: when it changed, no change is claimed")
    add("--points", metavar="FILE", help="points placed by hand where no face is found, as JSON; - for standard input")
    add("--report", metavar="FILE.html", type=Path, help="write one page with pictures, for a patient or a file")
    add("--visits", metavar="DIR", type=Path, help="many visits instead: DIR/series/2026-03-01/photographs")
    executors.add_arguments(parser, goes_with="with --visits: ")
    add("--self-check", action="store_true", help="instead: measure rendered skin whose truth is known")
    add("--json", action="store_true", help="write one JSON document, for machines")


def run(options: argparse.Namespace) -> int:
    """Measure what is asked for and print the answer."""
    way = _way(options)
    try:
        if way == VISITS:
            # Only what runs is loaded: processes and progress here, pictures there.
            from needlework.cli import visits

            return visits.run(options, _zones(options))
        print(_self_check(options) if way == SELF_CHECK else _pair(options, _zones(options)))
    except InputError as wrong:
        raise BadInputError(str(wrong)) from None
    return 0


def _way(options: argparse.Namespace) -> str:
    """Return what is to be measured, or say that this is not told."""
    ways = {way for name, way in WAYS.items() if getattr(options, name)}
    if len(ways) != 1:
        raise BadInputError("Name --before and --after, or --visits, or --self-check: one of the three.")
    way = ways.pop()
    if way == PAIR and not (options.before and options.after):
        raise BadInputError("Name the photographs of both visits: --before PHOTO… --after PHOTO….")
    for name, belongs in BELONGS.items():
        if getattr(options, name) is not None and way not in belongs:
            raise BadInputError(f"--{name} goes with {' or '.join(belongs)}. Leave it out.")
    return way


def _zones(options: argparse.Namespace) -> tuple[str, ...]:
    named = [zone.strip() for word in options.zones or () for zone in word.split(",") if zone.strip()]
    if options.zones and not named:
        raise BadInputError("--zones: No zone is named. Name one, or leave --zones out for the whole face.")
    meant = [zone for word in named for zone in _meant(word)]
    return zones.expand(meant, field="--zones")


def _meant(word: str) -> tuple[str, ...]:
    """Return the zones that a word stands for, or say that this word is none that can be measured."""
    try:
        return zones.expand([_id(word)], field="--zones", planned=True)
    except InputError as wrong:
        which = "" if repr(word) in wrong.sentence else f"{word!r}: "
        raise BadInputError(f"--zones: {which}{wrong.sentence}") from None


def _id(word: str) -> str:
    """Return the id of a zone that is named by it or as the answer names it: `left cheek` is `cheek-left`."""
    from needlework.imaging.report.words import bare

    named = {bare(zone): zone for zone in zones.zones().treatable}
    return named.get(word.lower(), word.lower())


def _pair(options: argparse.Namespace, wanted: Sequence[str]) -> str:
    from needlework.cli.comparisons import told
    from needlework.cli.photographs import read
    from needlework.imaging.comparison import compare, control_zone

    _refuse_to_overwrite(options.report)
    control = control_zone(options.control)
    shots = read([*options.before, *options.after])
    before, after = shots[: len(options.before)], shots[len(options.before) :]
    points = _points(options.points, shots) if options.points else None
    comparison = compare(before, after, zones=wanted, control=control, points=points)
    if options.report:
        _write(options, comparison)
    return json.dumps(comparison.as_json(), indent=2) if options.json else told(comparison)


def _points(file: str, shots: "Sequence[Shot]") -> "dict[str, Face]":
    from needlework.imaging.faces import placed

    try:
        return placed.read(documents.read(file, begin=POINTS), shots)
    except InputError as wrong:
        raise BadInputError(f"{file}: {wrong}") from None


def _refuse_to_overwrite(file: Path | None) -> None:
    """Say before anything is measured that a report could not be written."""
    if file == STANDARD_OUTPUT:
        raise BadInputError("--report: The page is written to a file. Name a new one, as in changed.html.")
    if file:
        documents.expect_new("--report", file, such_as="changed.html")


def _write(options: argparse.Namespace, comparison: "Comparison") -> None:
    from needlework.imaging.report.page import page

    written = page(comparison, before=_names(options.before), after=_names(options.after))
    try:
        documents.write_new(options.report, written.encode())
    except OSError as wrong:
        raise BadInputError(
            f"--report: {options.report}: It cannot be written ({wrong.strerror}). Name another file."
        ) from None


def _names(photographs: Sequence[Path]) -> list[str]:
    return [photograph.name for photograph in photographs]


def _self_check(options: argparse.Namespace) -> str:
    from needlework.cli.comparisons import recovered
    from needlework.imaging.skin.checking import CASES, checked

    answers = [checked(case) for case in CASES]
    if options.json:
        return json.dumps({"self_check": [answer.as_json() for answer in answers]}, indent=2)
    return recovered(answers)
