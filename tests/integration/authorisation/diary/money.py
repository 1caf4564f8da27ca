"""What the matrix knows of the diary's money pages."""

from typing import Any

from tests.integration.authorisation.rules import Row, anyone

ROWS: dict[str, Row] = {
    "pay": Row(anyone, ("GET", "POST"), (410,)),
    "payments-heard": Row(anyone, ("POST",), (403,)),
}


def made(thing: Any) -> dict[str, Any]:
    """Make what the addresses name, in one clinic; `thing` holds clinic, lead, practitioner, patient and at."""
    return {}
