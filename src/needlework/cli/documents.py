"""Documents in and answers out: one JSON object from a file or standard input, one answer to standard output.

A document may be hostile: it is limited in size and depth, each key counts once, and numbers are numbers.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from needlework.cli.errors import BadInputError
from needlework.evidence.errors import InputError

LARGEST_BYTES = 1_000_000
EXAMPLES = Path(__file__).parent / "examples"
BEGIN = "begin with --example"
"""The advice to who has no document yet."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file, `--json` and `--example`."""
    command = parser.prog.removeprefix("needlework ").replace(" ", "-")
    parser.add_argument("file", metavar="FILE", nargs="?", help="a JSON document, or - for standard input")
    parser.add_argument("--json", action="store_true", help="write one JSON document, for machines")
    parser.add_argument(
        "--example", action="store_const", const=command, help="print a document to begin with, and do nothing else"
    )


def answer(
    options: argparse.Namespace, work: Callable[[Any], dict[str, Any]], told: Callable[[dict[str, Any]], str]
) -> int:
    """Read the document, work on it and print the answer; what is wrong with it names the file and the field."""
    if options.example:
        print(example(options.example), end="")
        return 0
    document = read(options.file)
    try:
        found = work(document)
    except InputError as wrong:
        raise BadInputError(f"{options.file}: {wrong}") from None
    print(json.dumps(found, indent=2) if options.json else told(found))
    return 0


def example(command: str) -> str:
    """Return the document that a command's help and `--example` show: `examples/<command>.json`."""
    return (EXAMPLES / f"{command}.json").read_text("utf-8")


def read(file: str | None, *, begin: str = BEGIN) -> Any:
    """Return the document of a file, or of standard input for `-`."""
    if file is None:
        raise BadInputError("No file is named. Name one, or - for standard input; --example prints one to begin with.")
    found = text(file, begin=begin)
    try:
        return json.loads(found, object_pairs_hook=once, parse_constant=no_number)
    except InputError as wrong:
        raise BadInputError(f"{file}: {wrong}") from None
    except RecursionError:
        raise BadInputError(f"{file}: It is nested too deeply. Send a plain document, or {begin}.") from None
    except json.JSONDecodeError as wrong:
        where = f"line {wrong.lineno}"
        raise BadInputError(f"{file}: This is not JSON ({where}). Mend it, or {begin}.") from None
    except ValueError:
        raise BadInputError(f"{file}: A number has thousands of digits. Send a plain number.") from None


def text(file: str, *, begin: str = BEGIN) -> str:
    """Return the text of a file, or of standard input for `-`."""
    return _text(file, _bytes(file), begin)


def _bytes(file: str) -> bytes:
    try:
        if file == "-":
            found = sys.stdin.buffer.read(LARGEST_BYTES + 1)
        else:
            with Path(file).open("rb") as opened:
                found = opened.read(LARGEST_BYTES + 1)
    except (OSError, ValueError, AttributeError) as wrong:  # a name with a NUL; standard input that is closed
        reason = getattr(wrong, "strerror", None) or "there is no such thing"
        raise BadInputError(f"{file}: It cannot be read ({reason}). Name a file that is there.") from None
    if len(found) > LARGEST_BYTES:
        raise BadInputError(f"{file}: It is larger than {LARGEST_BYTES // 1_000_000} MB. Send one case at a time.")
    return found


def _text(file: str, found: bytes, begin: str) -> str:
    try:
        decoded = found.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInputError(f"{file}: It is not UTF-8 text. Save it as UTF-8.") from None
    if not decoded.strip():
        raise BadInputError(f"{file}: It is empty. {begin[:1].upper()}{begin[1:]}.")
    return decoded


def write_new(file: Path, content: bytes) -> None:
    """Write a file that is not there yet, or raise OSError and leave nothing behind."""
    with file.open("xb") as opened:
        try:
            opened.write(content)
            opened.flush()
        except BaseException:
            file.unlink()
            raise


def expect_new(option: str, file: Path, *, such_as: str) -> None:
    """Say before a long work that the file of an option could not be written after it."""
    there = os.path.lexists(file)  # a link counts wherever it leads, and a name that is too long is not there
    if there or not file.parent.is_dir():
        why = "It is there already" if there else "There is no such folder"
        raise BadInputError(f"{option}: {file}: {why}. Name a new file, as in {such_as}.")


def save(file: str, content: bytes) -> None:
    """Write a file that is not there yet, or say why it cannot be written."""
    try:
        write_new(Path(file), content)
    except FileExistsError:
        raise BadInputError(f"{file} exists already. Name a new file.") from None
    except (OSError, ValueError) as problem:  # a name with a NUL
        reason = getattr(problem, "strerror", None) or "there can be no such name"
        raise BadInputError(f"{file} cannot be written ({reason}). Name another file.") from None


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object of some pairs; a key that is there twice is refused."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise InputError("", "A key is there twice in one object. Keep one of the two.")
    return found


def no_number(_: str) -> NoReturn:
    """Refuse what JSON does not know as a number."""
    raise InputError("", "NaN and Infinity are not JSON. Send a number.")
