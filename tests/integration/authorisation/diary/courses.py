"""What the matrix knows of the diary's pages of courses."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from needlework.accounts.models import Role
from needlework.diary import operations
from needlework.diary.queries.availability import Asking
from needlework.diary.queries.proposals import Wishes, proposals
from tests.factories import diary
from tests.integration.authorisation.rules import Row, roles

DESK = roles(Role.LEAD, Role.PRACTITIONER, Role.PRESCRIBER, Role.FRONT_DESK)
FORM = ("GET", "POST")
BOTH = (200, 302, 422)

ROWS: dict[str, Row] = {
    "diary-course-new": Row(DESK, FORM, BOTH),
    "diary-course": Row(DESK),
    "diary-course-next": Row(DESK, FORM, BOTH, filters=("", "?day=", "?to=1-1")),
    "diary-course-end": Row(DESK, FORM, BOTH, send={"version": "1", "reason": "Moved away"}),
    "diary-course-resume": Row(DESK, FORM, BOTH),
    "appointment-replan": Row(DESK, FORM, BOTH, filters=("", "?day=2027-01-01", "?to=1-1")),
    "diary-to-move": Row(DESK),
}


def made(thing: Any) -> dict[str, Any]:
    """Make a course of two sessions, the first of them booked, of the clinic's patient."""
    who = diary.practitioner(f"Canary-course-{thing.place}", at=thing.clinic)
    service = diary.service(thing.clinic, f"Course service {thing.place}", [who])
    wishes = Wishes(
        service=service,
        sessions=2,
        least_days=28,
        most_days=42,
        first_day=(thing.at + timedelta(days=60)).date(),
    )
    found = proposals(wishes, Asking(online=False, patient=thing.patient), thing.at)
    series = operations.book_series(
        series_id=uuid4(),
        wishes=wishes,
        chosen=[(one.begins, who) for one in found.chosen],
        patient=thing.patient,
        by=thing.lead,
        at=thing.at,
    )
    return {"series_id": series.pk}
