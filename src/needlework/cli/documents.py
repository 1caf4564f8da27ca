"""Documents in and answers out: one JSON object from a file or standard input, one answer to standard output.

A document may be hostile: it is limited in size and depth, each key counts once, and numbers are numbers.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from needlework.cli.errors import BadInputError
from needlework.evidence.errors import InputError

LARGEST_BYTES = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file and `--json`."""
    parser.add_argument("file", metavar="FILE", help="a JSON document, or - for standard input")
    parser.add_argument("--json", action="store_true", help="write one JSON document, for machines")


def answer(
    options: argparse.Namespace, work: Callable[[Any], dict[str, Any]], told: Callable[[dict[str, Any]], str]
) -> int:
    """Read the document, work on it and print the answer; what is wrong with it names the file and the field."""
    document = read(options.file)
    try:
        found = work(document)
    except InputError as wrong:
        raise BadInputError(f"{options.file}: {wrong}") from None
    print(json.dumps(found, indent=2) if options.json else told(found))
    return 0


def read(file: str) -> Any:
    """Return the document of a file, or of standard input for `-`."""
    text = _text(file, _bytes(file))
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except InputError as wrong:
        raise BadInputError(f"{file}: {wrong}") from None
    except RecursionError:
        raise BadInputError(f"{file}: It is nested too deeply. Send a plain document as in the example.") from None
    except ValueError as wrong:
        where = f" (line {wrong.lineno})" if isinstance(wrong, json.JSONDecodeError) else ""
        raise BadInputError(f"{file}: This is not JSON{where}. Mend it, or see the example of --help.") from None


def _bytes(file: str) -> bytes:
    try:
        if file == "-":
            found = sys.stdin.buffer.read(LARGEST_BYTES + 1)
        else:
            with Path(file).open("rb") as opened:
                found = opened.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as wrong:
        reason = getattr(wrong, "strerror", None) or "it has no such name"
        raise BadInputError(f"{file}: It cannot be read ({reason}). Name a file that is there.") from None
    if len(found) > LARGEST_BYTES:
        raise BadInputError(f"{file}: It is larger than {LARGEST_BYTES // 1_000_000} MB. Send one case at a time.")
    return found


def _text(file: str, found: bytes) -> str:
    try:
        text = found.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInputError(f"{file}: It is not UTF-8 text. Save it as UTF-8.") from None
    if not text.strip():
        raise BadInputError(f"{file}: It is empty. See the example of --help.")
    return text


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise InputError("", "A key is there twice in one object. Keep one of the two.")
    return found


def _no_number(_: str) -> NoReturn:
    raise InputError("", "NaN and Infinity are not JSON. Send a number.")
