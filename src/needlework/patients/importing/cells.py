"""Cells that no spreadsheet takes for a formula, and that come back exactly as they were."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from needlework.patients.importing.headings import COLUMNS
from needlework.patients.models import Patient

FORMULA = re.compile(r"'*[=+\-@\t\r]")
ESCAPED = re.compile(r"'+[=+\-@\t\r]")


def escaped(value: str) -> str:
    """Return a cell that starts with nothing a spreadsheet would run."""
    return "'" + value if FORMULA.match(value) else value


def unescaped(value: str) -> str:
    """Return a cell as it was before it was escaped."""
    return value[1:] if ESCAPED.match(value) else value


def written(patients: Iterable[Patient]) -> Iterator[str]:
    """Yield the lines of a CSV file, headings first."""
    yield _line(["Clinic", *COLUMNS.values()])
    for patient in patients:
        yield _line([patient.clinic.name, *(str(getattr(patient, column)) for column in COLUMNS)])


def _line(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([escaped(cell) for cell in cells])
    return line.getvalue()
