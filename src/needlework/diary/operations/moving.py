"""Moving an appointment: one step, in which the old slot is kept until the new one is ours."""

from datetime import datetime, timedelta

from django.db import transaction

from needlework.diary import following
from needlework.diary.actors import Actor, is_online
from needlework.diary.minutes import MINUTE
from needlework.diary.models import Appointment, ChangeKind, Resource, State
from needlework.diary.operations.wanting import Wanted
from needlework.diary.operations.writing import allow, append_change, fresh, never_twice
from needlework.diary.people import person_of
from needlework.diary.problems import NotDoneError
from needlework.diary.queries.rules import rules_of

NOT_BOOKED = "Only an appointment that is still to come can be moved. Book a new one."
KEPT_LENGTH = "Booked for {booked} minutes, which it keeps; the service takes {now} by now."
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
        own=appointment.pk,
        overbooks=bool(overbooking_reason) and not online,
        at=at,
    )
    person = person_of(appointment.patient, appointment.visitor)
    wanted.wait(person, and_also=(appointment.practitioner_id, appointment.room_id, appointment.device_id))
    appointment = fresh(appointment, sequence)
    if appointment.state != State.BOOKED:
        raise NotDoneError(NOT_BOOKED)
    if online:
        inside_policy(appointment, at=at)
    start = wanted.place(person, online=online, instead_of=appointment)
    left = following.Freed.by(appointment)
    appointment.begins, appointment.ends = start.begins, start.begins + wanted.length
    appointment.practitioner_id, appointment.room_id, appointment.device_id = (
        start.practitioner,
        start.room,
        start.device,
    )
    appointment.overbooked = wanted.overbooks
    appointment.sequence += 1
    with never_twice():
        appointment.save(update_fields=MOVED)
    why = " ".join(filter(None, (overbooking_reason or reason, _kept_length(appointment))))
    change = append_change(appointment, ChangeKind.MOVED, by=by, at=at, was=left.begins, reason=why)
    following.announce(following.MOVED, appointment, by=by, at=at, change=change)
    following.announce(following.FREED, left, by=by, at=at)
    return appointment


def _kept_length(appointment: Appointment) -> str:
    """Return what the history says where the service takes another time by now."""
    booked, now = (appointment.ends - appointment.begins) // MINUTE, appointment.service.minutes
    return "" if booked == now else KEPT_LENGTH.format(booked=booked, now=now)


def inside_policy(appointment: Appointment, *, at: datetime) -> None:
    """Raise NotDoneError where the clinic's rules no longer let its patient change an appointment."""
    if at > appointment.begins - timedelta(hours=rules_of(appointment.clinic).cancel_hours):
        raise NotDoneError(TOO_LATE)
