"""What makes the diary write: appointments that are booked, moved or cancelled. A course gets one letter for all.

Whoever books does not wait while letters and reminders are queued: the worker does that, from one job for each step of
an appointment's history, which stands or falls with the step.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from needlework.audit.record import SYSTEM
from needlework.diary import following
from needlework.diary.actors import Actor
from needlework.diary.letters import queueing
from needlework.diary.letters.reminders import queue_reminders
from needlework.diary.models import Appointment, AppointmentChange, AppointmentSeries, ChangeKind
from needlework.work import kinds
from needlework.work import operations as work
from needlework.work.kinds import Task

TELL = "tell-of-appointment"


def register() -> None:
    """Follow what happens to appointments, and make the work known that tells of it."""
    for event in (following.BOOKED, following.MOVED, following.CANCELLED):
        following.follow(event, enqueue_telling)
    following.follow(following.SERIES_BOOKED, course_booked)
    kinds.register(TELL, tell)


def enqueue_telling(_: Any, *, at: datetime, change: Any, **_more: Any) -> None:
    """Have the worker tell of a step of an appointment's history."""
    work.enqueue(TELL, key=f"{TELL}:{change.pk}", due_at=at, subject={"change": str(change.pk)})


@transaction.atomic
def tell(task: Task) -> None:
    """Queue what a step of an appointment's history makes the diary write; nothing once its patient was erased."""
    people = ("clinic", "series", "patient__merged_into", "visitor")
    changes = AppointmentChange.objects.select_related(*(f"appointment__{each}" for each in people))
    change = changes.filter(pk=task.subject["change"]).first()
    if change:
        change.appointment.begins = change.to_begins
        _TELLING[change.kind](change.appointment, change.recorded_at)


def course_booked(thing: AppointmentSeries, *, by: Actor, at: datetime, **_: Any) -> None:
    """Confirm a course, with all its dates."""
    queueing.course_booked(series=thing, by=by, at=at)


def _booked(appointment: Appointment, at: datetime) -> None:
    """Confirm an appointment, unless it was booked with its whole course: that has a letter of its own."""
    if appointment.series is None or appointment.series.booked_at != at:
        queueing.appointment_booked(appointment=appointment, by=SYSTEM, at=at)
    queue_reminders(appointment=appointment, by=SYSTEM, at=at)


def _moved(appointment: Appointment, at: datetime) -> None:
    """Write when an appointment is now, and remind of that time."""
    if appointment.series is None:
        queueing.appointment_moved(appointment=appointment, by=SYSTEM, at=at)
    else:
        queueing.course_changed(series=appointment.series, by=SYSTEM, at=at)
    queue_reminders(appointment=appointment, by=SYSTEM, at=at)


def _cancelled(appointment: Appointment, at: datetime) -> None:
    """Write that an appointment is cancelled; its reminders find that out by themselves."""
    if appointment.series is None:
        queueing.appointment_cancelled(appointment=appointment, by=SYSTEM, at=at)
    else:
        queueing.course_changed(series=appointment.series, by=SYSTEM, at=at)


_TELLING: dict[str, Callable[[Appointment, datetime], None]] = {
    ChangeKind.BOOKED: _booked,
    ChangeKind.MOVED: _moved,
    ChangeKind.CANCELLED: _cancelled,
}
