"""`needlework inspect PHOTO…`: is a photograph fit to be measured, and what to change if not."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from needlework.cli.errors import BadInputError
from needlework.cli.tables import paragraph, table
from needlework.evidence.errors import InputError
from needlework.imaging.inspection.checks import limits

EXAMPLE = "needlework inspect later-1.jpg later-2.jpg --against first-1.jpg"
REFERENCES = {"card": "colour by the sticker", "none": "no colour reference"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the photographs, the one to compare with, and `--json`."""
    parser.add_argument(
        "photos", metavar="PHOTO", nargs="+", type=Path, help="a photograph: JPEG, PNG or HEIC; - for standard input"
    )
    parser.add_argument(
        "--against",
        metavar="PHOTO",
        type=Path,
        help="the first photograph of the series: pose, size, distance and expression as there",
    )
    parser.add_argument("--json", action="store_true", help="write one JSON document, for machines")


def run(options: argparse.Namespace) -> int:
    """Look at each photograph and print what was seen."""
    try:
        found = work(options.photos, options.against)
    except InputError as wrong:
        raise BadInputError(str(wrong)) from None
    print(json.dumps(found, indent=2) if options.json else told(found))
    return 0


def work(photos: Sequence[Path], against: Path | None) -> dict[str, Any]:
    """Return what was seen in each photograph."""
    # Only the command that looks at pixels loads what that needs; its help does not.
    from needlework.cli.photographs import read
    from needlework.imaging.inspection.looking import inspect

    shots = read([*photos, against] if against else photos)
    first = inspect(shots[-1]).view if against else None
    return {"photos": [inspect(shot, first=first).as_json() for shot in shots[: len(photos)]]}


def told(found: dict[str, Any]) -> str:
    """Return it as a person at the desk reads it: what to do, and then what was seen."""
    return "\n\n".join(_photo(photo) for photo in found["photos"])


def _photo(photo: dict[str, Any]) -> str:
    verdict = "fit to be measured" if photo["fit"] else "not fit to be measured"
    advice = [paragraph(check["do"], "  ") for check in photo["checks"] if not check["ok"]]
    rows = [_row(check) for check in photo["checks"]]
    lines = [f"{photo['file']}: {verdict}.", *advice, "", table(("Check", "Seen", "Limit", "Met"), rows), _scale(photo)]
    return "\n".join(lines)


def _row(check: dict[str, Any]) -> tuple[str, ...]:
    seen, limit = _counted(check["value"], check["unit"]), f"{_side(check['check'])}{round(check['limit'], 2):g}"
    return check["check"], seen, limit, "yes" if check["ok"] else "no"


def _counted(value: float, unit: str) -> str:
    return f"{value:g} {unit.removesuffix('s') if f'{value:g}' == '1' else unit}"


def _side(name: str) -> str:
    known = limits()[name]
    if known.at_least is None:
        return "at most "
    return "at least " if known.at_most is None else ""


def _scale(photo: dict[str, Any]) -> str:
    scale = photo["scale_mm_per_px"]
    size = f"{scale:.2f} mm per pixel" if scale else "Scale not known"
    return f"{size}, {REFERENCES[photo['colour_reference']]}."
