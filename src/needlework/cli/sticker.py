"""`needlework sticker FILE.pdf`: the printed card for scale and colour, as a page to print."""

import argparse
import json
import sys

from needlework.cli import documents
from needlework.cli.errors import BadInputError
from needlework.imaging.sticker import page
from needlework.imaging.sticker.geometry import geometry

EXAMPLE = "needlework sticker stickers.pdf"
STANDARD_OUTPUT = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file and `--json`."""
    parser.add_argument("file", metavar="FILE.pdf", help="the PDF to write, or - for standard output")
    parser.add_argument("--json", action="store_true", help="write one JSON document, for machines")


def run(options: argparse.Namespace) -> int:
    """Write the page to a new file and say how to print it, or to standard output and say nothing."""
    if options.file == STANDARD_OUTPUT:
        return _print(told=options.json)
    made = page.pdf()
    documents.save(options.file, made)
    sticker = geometry()
    size_mm = [sticker.width_mm, sticker.height_mm]
    written = {"path": options.file, "version": sticker.version, "size_mm": size_mm, "bytes": len(made)}
    print(json.dumps(written, indent=2) if options.json else _told(options.file))
    return 0


def _print(*, told: bool) -> int:
    if told:
        raise BadInputError("--json and - both write to standard output. Name a file for the page.")
    sys.stdout.buffer.write(page.pdf())
    return 0


def _told(file: str) -> str:
    sticker = geometry()
    return (
        f"Wrote {file}: stickers of {sticker.width_mm:g} × {sticker.height_mm:g} mm, version {sticker.version}.\n"
        "Print it at 100 % on white matte paper, and hold a ruler to its lines: each must be 100 mm long."
    )
