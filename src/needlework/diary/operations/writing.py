"""The steps that every operation on appointments and holds takes: who may, where, what is written."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError
from django.db.models import Q

from needlework.accounts.decision import Refused
from needlework.accounts.models import Clinic, User
from needlework.audit import record as audit
from needlework.audit.record import SYSTEM
from needlework.diary import guards, permissions
from needlework.diary.actors import Actor
from needlework.diary.models import Appointment, AppointmentChange, ChangeKind, Hold, Occupancy
from needlework.diary.people import Person
from needlework.diary.problems import NotDoneError, StaleError, TakenError
from needlework.diary.queries.busy import DAY, met
from needlework.diary.slots.offering import Start
from needlework.patients.models import Patient
from needlework.patients.queries.people import same_person

NOT_YOURS = "This appointment is somebody else's. Sign in as its patient."
TWO_PLACES = (
    "There is another appointment of the same person at this time. Choose another time, or move that one first."
)


def allow(by: Actor, clinic: Clinic, patient: Patient | None) -> None:
    """Let staff of the clinic act, patients for themselves, and the program; raise Refused for others."""
    if isinstance(by, User):
        permissions.may_book(user=by, clinic=clinic).or_raise()
    elif isinstance(by, Patient) and (patient is None or by.pk not in same_person(patient)):
        raise Refused(NOT_YOURS)


def fresh(appointment: Appointment, sequence: int) -> Appointment:
    """Return an appointment as it is now, locked; raise StaleError if it changed since `sequence`."""
    appointment = Appointment.objects.select_for_update(no_key=True).get(pk=appointment.pk)
    if appointment.sequence != sequence:
        raise StaleError("this appointment")
    return appointment


@contextmanager
def never_twice() -> Iterator[None]:
    """Turn what the database refuses because of an overlap into a sentence."""
    try:
        yield
    except IntegrityError as refused:
        if guards.TAKEN in str(refused) or guards.NEVER_TWICE in str(refused):
            raise TakenError from refused
        raise


def make_room(places: Iterable[int], begins: datetime, ends: datetime, *, at: datetime) -> None:
    """Delete the holds that have ended and still stand where somebody wants to go, cleaning included."""
    there = Occupancy.objects.filter(
        resource__in=places, begins__lt=ends + DAY, begins__gt=begins - DAY, ends__gt=begins, hold__until__lte=at
    )
    for hold in Hold.objects.filter(pk__in=there.values("hold")).order_by("pk"):
        audit.record("hold-released", hold, by=SYSTEM, at=at)
        hold.delete()


def refuse_two_places(person: Person, begins: datetime, ends: datetime, *, freed: Q, at: datetime) -> None:
    """Raise NotDoneError if the person is somewhere else at this time, on whichever of their records."""
    there = Occupancy.objects.filter(met(begins, ends, at=at), resource__in=person.resources)
    if there.exclude(freed).exists():
        raise NotDoneError(TWO_PLACES)


def places_of(start: Start, person: Person | None) -> list[int]:
    """Return everything that an appointment would occupy."""
    people = person.resources.values_list("pk", flat=True) if person else ()
    return [one for one in (start.practitioner, start.room, start.device, *people) if one is not None]


def append_change(
    appointment: Appointment,
    kind: ChangeKind,
    *,
    by: Actor,
    at: datetime,
    was: datetime | None = None,
    reason: str = "",
) -> None:
    """Append one step to an appointment's history, and record it."""
    AppointmentChange.objects.create(
        appointment=appointment,
        kind=kind,
        from_begins=was or appointment.begins,
        to_begins=appointment.begins,
        reason=reason,
        recorded_at=at,
        recorded_by_kind=by.audit_kind,
        recorded_by_id=by.pk,
    )
    audit.record(f"appointment-{kind}", appointment, by=by, at=at)
