"""What the matrix knows of booking without an account, and of private links."""

from typing import Any

from tests.integration.authorisation.rules import Row, anyone

FORM = ("GET", "POST")
SHOWN_OR_SENT = (200, 302, 422)
SECRET = Row(anyone, FORM, (410,))
"""An address that opens only with its secret, which nobody here has."""

ROWS: dict[str, Row] = {
    "book": Row(anyone),
    "book-services": Row(anyone),
    "book-times": Row(anyone, FORM, SHOWN_OR_SENT, filters=("", "?day=2027-12-27&first=2027-12-27&person=1")),
    "book-wait": Row(anyone, FORM, SHOWN_OR_SENT),
    "book-details": SECRET,
    "appointment-private": SECRET,
    "appointment-private-move": SECRET,
    "appointment-private-cancel": SECRET,
    "waiting-offer": SECRET,
}


def made(thing: Any) -> dict[str, Any]:
    """Make nothing: services stand there already."""
    return {}
