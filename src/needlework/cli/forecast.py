"""`needlework forecast FILE`: what to expect over a course, and where a measurement stands in it."""

import argparse
from pathlib import Path
from typing import Any

from needlework.cli import documents
from needlework.cli.errors import BadInputError
from needlework.evidence.errors import InputError

EXAMPLE = "needlework forecast --example | needlework forecast -"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the document and `--plot`."""
    documents.add_arguments(parser)
    parser.add_argument("--plot", metavar="FILE.svg", type=Path, help="draw it as well, as SVG or PNG")


def run(options: argparse.Namespace) -> int:
    """Read the course and print what to expect."""
    from needlework.cli.forecasting.telling import told

    _refuse_to_overwrite(options.plot)
    return documents.answer(options, lambda document: _drawn(work(document), options.plot), told)


def work(document: Any) -> dict[str, Any]:
    """Return what to expect of the course of a document, in each zone that it names."""
    # numpy and the draws take a moment, which --help and --example do not wait for.
    from needlework.cli.forecasting.reading import NOWHERE, read
    from needlework.forecast.expecting import expect

    asked = read(document)
    found = {
        zone: expect(course, asked.limits, measured=asked.measured[zone], instead=asked.instead[zone]).as_json()
        for zone, course in asked.courses.items()
    }
    if NOWHERE in found:
        return found[NOWHERE]
    shared = {key: next(iter(found.values()))[key] for key in ("model", "concern", "share_of")}
    return {**shared, "zones": found}


def _drawn(answer: dict[str, Any], file: Path | None) -> dict[str, Any]:
    """Return an answer that is drawn, where a file is named for the picture."""
    if file:
        from needlework.forecast.pictures import draw

        try:
            picture = draw(answer, file.suffix.lower())
        except InputError as wrong:
            raise BadInputError(f"--plot: {wrong.sentence}") from None
        documents.save(str(file), picture)
    return answer


def _refuse_to_overwrite(file: Path | None) -> None:
    """Say before anything is worked out that a picture could not be written."""
    from needlework.forecast.pictures import ENDINGS

    if file is None:
        return
    if file.suffix.lower() not in ENDINGS:
        raise BadInputError(f"--plot: {file}: A picture ends in {' or '.join(ENDINGS)}. Name one, as in course.svg.")
    documents.expect_new("--plot", file, such_as="course.svg")
