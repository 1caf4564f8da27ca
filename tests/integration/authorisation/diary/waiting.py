"""What the matrix knows of the waiting list's pages."""

from typing import Any

from needlework.accounts.models import Role
from tests.integration.authorisation.rules import Row, roles

DESK = roles(Role.LEAD, Role.PRACTITIONER, Role.PRESCRIBER, Role.FRONT_DESK)
FORM = ("GET", "POST")
BOTH = (200, 302, 422)

ROWS: dict[str, Row] = {
    "waiting-list": Row(DESK, filters=("", "?q=canary")),
    "waiting-join": Row(DESK, FORM, BOTH),
    "waiting-earlier": Row(DESK, FORM, BOTH),
    "waiting-leave": Row(DESK, FORM, BOTH),
}


def made(thing: Any) -> dict[str, Any]:
    """Make nothing: who waits is made with the patient's own pages."""
    return {}
