"""Bytes to text: which encoding and which delimiter a file uses, or the sentence why it cannot be read."""

import csv
import io
from dataclasses import dataclass

from needlework.patients.problems import NotDoneError

MOST_BYTES = 10 * 1024 * 1024
SAVE_AS = "Save it as “CSV UTF-8” in your spreadsheet program and choose it again."
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
NAMES = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Table:
    """The cells of a file: its headings, its rows, and how it was read."""

    headings: list[str]
    rows: list[list[str]]
    encoding: str


def table(text: str, encoding: str) -> Table:
    """Return the cells of a CSV file, or raise the sentence that says what to do."""
    rows = _cells(text)
    if not rows or not any(cell.strip() for cell in rows[0]):
        raise NotDoneError("The file is empty. Its first line must hold the headings, like Family name, Date of birth.")
    return Table([heading.strip() for heading in rows[0]], rows[1:], encoding)


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding, or raise the sentence that says what to do."""
    if len(content) > MOST_BYTES:
        raise NotDoneError("The file is larger than 10 MB. Split it and import the parts one after the other.")
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise NotDoneError(f"The file is in an encoding unknown here, or is no text at all. {SAVE_AS}")
        return text, NAMES[encoding]
    raise NotDoneError(f"The file is in an encoding unknown here. {SAVE_AS}")


def _encodings(content: bytes) -> list[str]:
    marked = [encoding for mark, encoding in MARKS if content.startswith(mark)]
    return marked or ["utf-8", "cp1252"]


def _cells(text: str) -> list[list[str]]:
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max(DELIMITERS, key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as fault:
        raise NotDoneError(f"The file is not a proper CSV file: a quotation mark is left open. {SAVE_AS}") from fault
