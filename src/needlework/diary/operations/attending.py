"""What became of an appointment: somebody came, was seen, or did not come; and setting right what was wrong."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from needlework.accounts.models import User
from needlework.diary import following
from needlework.diary.actors import Actor
from needlework.diary.models import NEXT, Appointment, ChangeKind, State
from needlework.diary.operations.writing import allow, append_change, fresh
from needlework.diary.problems import NotDoneError

EARLIEST = timedelta(hours=12)
TO_COME = "This appointment is still to come. Come back to it on its day."
NOT_BEGUN = "This appointment has not begun yet. Wait until it has."
NOT_NOW = "That does not fit what is known of this appointment. Put it back first if that is wrong."
BOOKED_ANEW = "Session {number} of its course was booked anew since. Cancel that one first."
NOTHING_TO_PUT_BACK = "There is nothing to put back: this appointment is {state}."

_PUT_BACK = {State.ARRIVED: State.BOOKED, State.ATTENDED: State.ARRIVED, State.NO_SHOW: State.BOOKED}


@transaction.atomic
def mark_arrived(*, appointment: Appointment, sequence: int, by: User, at: datetime) -> Appointment:
    """Write down that the person is here."""
    appointment = _open(appointment, sequence, by)
    return _stepped(appointment, State.ARRIVED, ChangeKind.ARRIVED, following.ARRIVED, by=by, at=at)


@transaction.atomic
def mark_attended(*, appointment: Appointment, sequence: int, by: User, at: datetime) -> Appointment:
    """Write down that the appointment took place."""
    appointment = _open(appointment, sequence, by)
    return _stepped(appointment, State.ATTENDED, ChangeKind.ATTENDED, following.ATTENDED, by=by, at=at)


@transaction.atomic
def mark_no_show(*, appointment: Appointment, sequence: int, by: User, at: datetime) -> Appointment:
    """Write down that nobody came; only once the appointment has begun."""
    appointment = _open(appointment, sequence, by)
    if at < appointment.begins:
        raise NotDoneError(NOT_BEGUN)
    return _stepped(appointment, State.NO_SHOW, ChangeKind.NO_SHOW, following.NO_SHOW, by=by, at=at)


@transaction.atomic
def put_back(*, appointment: Appointment, sequence: int, by: User, at: datetime) -> Appointment:
    """Take the last step back, where it was wrong; a cancelled appointment stays cancelled, its time may be taken."""
    appointment = _open(appointment, sequence, by)
    before = _PUT_BACK.get(State(appointment.state))
    if before is None:
        raise NotDoneError(NOTHING_TO_PUT_BACK.format(state=appointment.get_state_display().lower()))
    return _stepped(appointment, before, ChangeKind.UNDONE, following.PUT_BACK, by=by, at=at)


def _open(appointment: Appointment, sequence: int, by: User) -> Appointment:
    allow(by, appointment.clinic, appointment.patient)
    return fresh(appointment, sequence)


def _stepped(
    appointment: Appointment, state: State, kind: ChangeKind, event: str, *, by: Actor, at: datetime
) -> Appointment:
    """Write the new state, with its history, and tell whoever follows."""
    if state not in NEXT[appointment.state]:
        raise NotDoneError(NOT_NOW)
    if at < appointment.begins - EARLIEST:
        raise NotDoneError(TO_COME)
    appointment.state = state
    appointment.sequence += 1
    try:
        appointment.save(update_fields=["state", "sequence"])
    except IntegrityError as refused:  # a missed session leaves its number to another: no other rule can be broken here
        raise NotDoneError(BOOKED_ANEW.format(number=appointment.number)) from refused
    change = append_change(appointment, kind, by=by, at=at)
    following.announce(event, appointment, by=by, at=at, change=change)
    return appointment
