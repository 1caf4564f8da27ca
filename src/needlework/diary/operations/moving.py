"""Moving an appointment: one step, in which the old slot is kept until the new one is ours."""

from copy import copy
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from needlework.diary import following
from needlework.diary.actors import Actor, is_online
from needlework.diary.models import Appointment, ChangeKind, Resource, State
from needlework.diary.operations.wanting import Wanted
from needlework.diary.operations.writing import allow, append_change, fresh, never_twice
from needlework.diary.people import person_of
from needlework.diary.problems import NotDoneError
from needlework.diary.queries.rules import rules_of

NOT_BOOKED = "Only an appointment that is still to come can be moved. Book a new one."
MOVED = ("begins", "ends", "practitioner", "room", "device", "overbooked", "sequence")
TOO_LATE = "It is too late to change this appointment online. Ring the clinic."


@transaction.atomic
def move_appointment(
    *,
    appointment: Appointment,
    begins: datetime,
    practitioner: Resource | None = None,
    sequence: int,
    overbooking_reason: str = "",
    reason: str = "",
    online: bool = False,
    by: Actor,
    at: datetime,
) -> Appointment:
    """Move an appointment to another time, and to another practitioner where one is named; its length stays.

    Raises StaleError if it changed since `sequence`, NotOfferedError and TakenError as booking does.
    """
    allow(by, appointment.clinic, appointment.patient)
    online = online or is_online(by)
    wanted = Wanted(
        service=appointment.service,
        practitioner=practitioner or appointment.practitioner,
        begins=begins,
        length=appointment.ends - appointment.begins,
        freed=Q(appointment=appointment),
        overbooks=bool(overbooking_reason) and not online,
        at=at,
    )
    wanted.ask()
    person = person_of(appointment.patient, appointment.visitor)
    wanted.wait(person, and_also=(appointment.practitioner_id, appointment.room_id, appointment.device_id))
    appointment = fresh(appointment, sequence)
    if appointment.state != State.BOOKED:
        raise NotDoneError(NOT_BOOKED)
    if online:
        inside_policy(appointment, at=at)
    start = wanted.place(person, online=online, instead_of=appointment)
    before = copy(appointment)
    appointment.begins, appointment.ends = start.begins, start.begins + (before.ends - before.begins)
    appointment.practitioner_id, appointment.room_id, appointment.device_id = (
        start.practitioner,
        start.room,
        start.device,
    )
    appointment.overbooked = wanted.overbooks
    appointment.sequence += 1
    with never_twice():
        appointment.save(update_fields=MOVED)
    append_change(appointment, ChangeKind.MOVED, by=by, at=at, was=before.begins, reason=overbooking_reason or reason)
    following.announce(following.MOVED, appointment, by=by, at=at, before=before)
    freed = following.Freed(before.clinic_id, before.service_id, before.practitioner_id, before.begins, before.ends)
    following.announce(following.FREED, freed, by=by, at=at)
    return appointment


def inside_policy(appointment: Appointment, *, at: datetime) -> None:
    """Raise NotDoneError where the clinic's rules no longer let its patient change an appointment."""
    if at > appointment.begins - timedelta(hours=rules_of(appointment.clinic).cancel_hours):
        raise NotDoneError(TOO_LATE)
