"""Cancelling an appointment: its time is free from then on."""

from datetime import datetime

from django.db import transaction

from needlework.diary import following
from needlework.diary.actors import Actor, is_online
from needlework.diary.models import NEXT, Appointment, ChangeKind, State
from needlework.diary.operations.moving import inside_policy
from needlework.diary.operations.writing import allow, append_change, fresh
from needlework.diary.problems import NotDoneError

NOT_NOW = "This appointment has taken place. Put it back first if that is wrong."


@transaction.atomic
def cancel_appointment(
    *, appointment: Appointment, sequence: int, reason: str = "", online: bool = False, by: Actor, at: datetime
) -> Appointment:
    """Cancel an appointment; online inside the clinic's policy only. One that is cancelled already stays so.

    Raises StaleError if it changed since `sequence`, and NotDoneError where it cannot be cancelled any longer.
    """
    allow(by, appointment.clinic, appointment.patient)
    current = Appointment.objects.select_for_update(no_key=True).get(pk=appointment.pk)
    if current.state == State.CANCELLED:
        return current
    appointment = fresh(appointment, sequence)
    if State.CANCELLED not in NEXT[appointment.state]:
        raise NotDoneError(NOT_NOW)
    if online or is_online(by):
        inside_policy(appointment, at=at)
    appointment.state = State.CANCELLED
    appointment.sequence += 1
    appointment.save(update_fields=["state", "sequence"])
    change = append_change(appointment, ChangeKind.CANCELLED, by=by, at=at, reason=reason)
    following.announce(following.CANCELLED, appointment, by=by, at=at, change=change)
    following.announce(following.FREED, following.Freed.by(appointment), by=by, at=at)
    return appointment
