"""Rows to patients: each either becomes Details or gives problems that name the row, the column and what to do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from needlework.patients import finding
from needlework.patients.details import Details
from needlework.patients.folding import full_name, words
from needlework.patients.forms import NAME_MISSING, DetailsForm
from needlework.patients.importing.cells import unescaped
from needlework.patients.importing.decoding import Table
from needlework.patients.importing.headings import COLUMNS, Headings, understood

MOST_ROWS = 5_000
DAY = "Enter the date of birth with the day first and all four figures of the year, like 12/06/1988"
HIDDEN = "The cell holds a hidden character. Delete its text and type it again"
SEXES = {
    "f": "female",
    "female": "female",
    "woman": "female",
    "m": "male",
    "male": "male",
    "man": "male",
    "intersex": "intersex",
    "notsaid": "not-said",
    "prefersnottosay": "not-said",
    "prefernottosay": "not-said",
}
FIELDS = {name: field for name, field in DetailsForm.base_fields.items() if name not in {"date_of_birth", "sex"}}
SHAPES = (finding.ISO, finding.FIGURES, finding.NAMED)


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell: the row as the spreadsheet counts it, the column, and what to do."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True)
class Checked:
    """What a file would do: the patients with their rows, every problem, and what it leaves out."""

    patients: list[tuple[int, Details]]
    problems: list[Problem]
    left_out: list[str]
    encoding: str


def checked(table: Table) -> Checked:
    """Read every row of a file."""
    headings = understood(table.headings)
    patients: list[tuple[int, Details]] = []
    problems: list[Problem] = []
    for number, row in _filled(table.rows):
        if number > MOST_ROWS + 1:
            problems.append(Problem(number, "", f"Split the file: one import takes {MOST_ROWS:,} rows"))
            break
        details, wrong = _read(number, row, headings)
        problems += wrong
        patients += [(number, details)] if details else []
    problems += list(_twice(patients))
    return Checked(patients, sorted(problems, key=lambda one: one.row), headings.left_out, table.encoding)


def _filled(rows: list[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Go through the rows that hold something, numbered as the spreadsheet does: the headings are row 1."""
    for number, row in enumerate(rows, start=2):
        if any(cell.strip() for cell in row):
            yield number, row


def _read(number: int, row: list[str], headings: Headings) -> tuple[Details | None, list[Problem]]:
    cells = {column: unescaped(_cell(row, index)) for column, index in headings.of.items()}
    lines = [unescaped(_cell(row, index)) for index in headings.address_lines]
    cells["address"] = "\n".join(filter(None, [cells.get("address", ""), *lines]))
    given, family = _split(cells.pop("name", ""))
    cells["given_names"], cells["family_name"] = cells.get("given_names") or given, cells.get("family_name") or family
    problems: list[Problem] = []
    values: dict[str, str] = {}
    for column, field in FIELDS.items():
        try:
            values[column] = field.clean(cells.get(column, ""))
        except ValidationError as fault:
            problems.append(Problem(number, COLUMNS[column], HIDDEN if _code(fault) == "hidden" else fault.messages[0]))
    born = _birthday(number, cells.get("date_of_birth", ""), problems)
    values["sex"] = _sex(number, cells.get("sex", ""), problems)
    if not (cells["given_names"] or cells["family_name"]):
        problems.append(Problem(number, COLUMNS["family_name"], NAME_MISSING))
    return (None if problems or born is None else Details(date_of_birth=born, **values).tidied()), problems


def _code(fault: ValidationError) -> str | None:
    return next(iter(fault.error_list)).code


def _cell(row: list[str], index: int) -> str:
    return row[index].strip() if index < len(row) else ""


def _split(name: str) -> tuple[str, str]:
    """Return given names and family name of a whole name: "Ellison, Jo" or "Jo Ellison"."""
    if "," in name:
        family, _, given = name.partition(",")
        return given.strip(), family.strip()
    given, _, family = name.rpartition(" ")
    return given.strip(), family


def birthday(written: str) -> date | None:
    """Return the day that a cell names, without guessing a century."""
    for shape in SHAPES:
        found = shape.fullmatch(written.lower().removesuffix(" 00:00:00").removesuffix(" 00:00").strip())
        if found and len(found["year"]) == 4:
            return next(iter(finding.days(found["day"], found["month"], found["year"])), None)
    return None


def _birthday(number: int, written: str, problems: list[Problem]) -> date | None:
    born = birthday(written)
    try:
        DetailsForm.base_fields["date_of_birth"].clean(born)
    except ValidationError as fault:
        problems.append(Problem(number, COLUMNS["date_of_birth"], DAY if written else fault.messages[0]))
        return None
    return born


def _sex(number: int, written: str, problems: list[Problem]) -> str:
    key = re.sub(r"[^a-z]", "", "".join(words(written)))
    if written and key not in SEXES:
        problems.append(Problem(number, COLUMNS["sex"], "Enter female, male, intersex or prefers not to say"))
    return SEXES.get(key, "")


def _twice(patients: list[tuple[int, Details]]) -> Iterator[Problem]:
    """Find rows of one file that are one person, or share a number."""
    numbers: dict[str, int] = {}
    people: dict[object, int] = {}
    for row, details in patients:
        number = details.external_number
        if number and numbers.setdefault(number, row) != row:
            yield Problem(row, COLUMNS["external_number"], f"Row {numbers[number]} has the same number. Correct one")
        person = identity(details)
        if people.setdefault((*person, number), row) != row:
            earlier = people[(*person, number)]
            yield Problem(row, COLUMNS["family_name"], f"Row {earlier} is the same person. Remove one of them")


def identity(details: Details) -> tuple[str, date]:
    """Return what makes two records one person for an import: the whole name, folded, and the birthday."""
    return " ".join(full_name(details.given_names, details.family_name)), details.date_of_birth
