"""What the matrix knows of the diary's calendar files and feeds."""

from typing import Any

from needlework.accounts.models import Role
from tests.integration.authorisation.rules import Row, nobody, patients_own, roles

WITH_DIARY = (Role.LEAD, Role.PRACTITIONER, Role.PRESCRIBER, Role.FRONT_DESK)
SEND = ("POST",)

ROWS: dict[str, Row] = {
    "calendar": Row(nobody),
    "appointment-ics": Row(nobody),
    "feed": Row(roles(*WITH_DIARY)),
    "make-feed": Row(roles(*WITH_DIARY), SEND, (302,)),
    "end-feed": Row(roles(*WITH_DIARY), SEND, (302,)),
    "me-feed": Row(patients_own),
    "me-make-feed": Row(patients_own, SEND, (302,)),
    "me-end-feed": Row(patients_own, SEND, (302,)),
    "me-appointment-ics": Row(patients_own),
}


def made(thing: Any) -> dict[str, Any]:
    """Make what the addresses name, in one clinic; `thing` holds clinic, lead, practitioner, patient and at."""
    return {}
