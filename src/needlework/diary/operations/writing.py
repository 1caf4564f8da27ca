"""The steps that every operation on appointments and holds takes: who may, where, what is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError

from needlework.accounts.decision import Refused
from needlework.accounts.models import Clinic, User
from needlework.audit import record as audit
from needlework.diary import guards, permissions
from needlework.diary.actors import Actor
from needlework.diary.models import Appointment, AppointmentChange, ChangeKind
from needlework.diary.problems import StaleError, TakenError
from needlework.patients.models import Patient
from needlework.patients.queries.people import same_person
from needlework.web.inserting import insert

NOT_YOURS = "This appointment is somebody else's. Sign in as its patient."


def allow(by: Actor, clinic: Clinic, patient: Patient | None) -> None:
    """Let staff of the clinic act, patients for themselves, and the program; raise Refused for others."""
    if isinstance(by, User):
        permissions.may_book(user=by, clinic=clinic).or_raise()
    elif isinstance(by, Patient) and (patient is None or not _is(by, patient)):
        raise Refused(NOT_YOURS)


def _is(by: Patient, patient: Patient) -> bool:
    return by.pk == patient.pk or by.pk in same_person(patient)


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


def append_change(
    appointment: Appointment,
    kind: ChangeKind,
    *,
    by: Actor,
    at: datetime,
    was: datetime | None = None,
    reason: str = "",
) -> AppointmentChange:
    """Append one step to an appointment's history, record it, and return it."""
    change = AppointmentChange(
        appointment=appointment,
        kind=kind,
        from_begins=was or appointment.begins,
        to_begins=appointment.begins,
        reason=reason,
        recorded_at=at,
        recorded_by_kind=by.audit_kind,
        recorded_by_id=by.pk,
    )
    insert(change)
    audit.record(f"appointment-{kind}", appointment, by=by, at=at)
    return change
