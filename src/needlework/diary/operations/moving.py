"""Moving an appointment: one step, in which the old slot is kept until the new one is ours."""

from copy import copy
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from needlework.diary import following, locks
from needlework.diary.actors import Actor, is_online
from needlework.diary.models import Appointment, ChangeKind, Resource, State
from needlework.diary.operations.overbooking import beside
from needlework.diary.operations.writing import (
    allow,
    append_change,
    fresh,
    make_room,
    never_twice,
    places_of,
    refuse_two_places,
)
from needlework.diary.people import person_of
from needlework.diary.problems import NotDoneError
from needlework.diary.queries.availability import Asking, start_at
from needlework.diary.queries.busy import refuse_taken
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
    service, practitioner = appointment.service, practitioner or appointment.practitioner
    wanted = service, practitioner, begins, begins + (appointment.ends - appointment.begins)
    if not overbooking_reason:
        refuse_taken(*wanted, freed=Q(appointment=appointment), at=at)
    person = person_of(appointment.patient, appointment.visitor)
    allow(by, appointment.clinic, person.patient)
    now = (appointment.practitioner_id, appointment.room_id, appointment.device_id)
    if locks.take(service, practitioner, person=person, and_also=now) and not overbooking_reason:
        refuse_taken(*wanted, freed=Q(appointment=appointment), at=at)
    appointment = fresh(appointment, sequence)
    if appointment.state != State.BOOKED:
        raise NotDoneError(NOT_BOOKED)
    online = online or is_online(by)
    if online:
        inside_policy(appointment, at=at)
    if overbooking_reason and not online:
        start = beside(service, begins, practitioner, at=at, instead_of=appointment)
    else:
        overbooking_reason = ""
        asking = Asking(online=online, patient=person.patient, visitor=person.visitor, instead_of=appointment)
        start = start_at(service, begins, practitioner=practitioner, asking=asking, at=at)
    make_room(places_of(start, person), start.begins, start.ends, at=at)
    refuse_two_places(person, start.begins, start.ends, freed=Q(appointment=appointment), at=at)
    before = copy(appointment)
    appointment.begins, appointment.ends = start.begins, start.begins + (before.ends - before.begins)
    appointment.practitioner_id, appointment.room_id, appointment.device_id = (
        start.practitioner,
        start.room,
        start.device,
    )
    appointment.overbooked = bool(overbooking_reason)
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
