"""Booking a time that somebody chose a while ago: what is no longer kept is kept anew, if it is still free."""

from datetime import datetime
from typing import Any

from needlework.diary import operations
from needlework.diary.actors import Actor
from needlework.diary.kept import Kept
from needlework.diary.models import Appointment
from needlework.diary.problems import TakenError
from needlework.diary.queries import choosing, online
from needlework.diary.queries.availability import Asking


def confirm(
    chosen: Kept, *, by: Actor, at: datetime, browser_key: str = "", origin_key: str = "", **who: Any
) -> Appointment:
    """Book a chosen time for `who` it says; one whose hold is gone is held anew first.

    Raises TakenError where somebody else has it by now, and NotOfferedError where it cannot be booked any longer.
    """
    try:
        return operations.confirm_hold(hold_id=chosen.hold_id, by=by, at=at, **who)
    except TakenError:
        service = online.service(chosen.service_id)
        operations.hold_slot(
            service=service,
            begins=chosen.begins,
            practitioner=online.practitioner(service, chosen.practitioner_id),
            hold_id=chosen.hold_id,
            patient=who.get("patient"),
            browser_key=browser_key,
            origin_key=origin_key,
            by=by,
            at=at,
        )
    return operations.confirm_hold(hold_id=chosen.hold_id, by=by, at=at, **who)


def nearest(chosen: Kept, asking: Asking, *, at: datetime) -> list[tuple[str, int]]:
    """Return the free times nearest to one that was taken, for the same person where one was asked for."""
    service = online.service(chosen.service_id)
    person = online.practitioner(service, chosen.practitioner_id)
    return choosing.nearest(service, chosen.begins, person, asking=asking, at=at)
