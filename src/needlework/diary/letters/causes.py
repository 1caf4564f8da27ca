"""What makes the diary write: appointments that are booked, moved or cancelled. A course gets one letter for all."""

from datetime import datetime
from typing import Any

from needlework.diary import following
from needlework.diary.actors import Actor
from needlework.diary.letters import queueing
from needlework.diary.letters.reminders import queue_reminders
from needlework.diary.models import Appointment, AppointmentSeries


def register() -> None:
    """Follow what happens to appointments."""
    following.follow(following.BOOKED, booked)
    following.follow(following.MOVED, moved)
    following.follow(following.CANCELLED, cancelled)
    following.follow(following.SERIES_BOOKED, course_booked)


def booked(thing: Appointment, *, by: Actor, at: datetime, **_: Any) -> None:
    """Confirm an appointment, unless it was booked with its whole course: that has a letter of its own."""
    if thing.series is None or thing.series.booked_at != at:
        queueing.appointment_booked(appointment=thing, by=by, at=at)
    queue_reminders(appointment=thing, by=by, at=at)


def moved(thing: Appointment, *, by: Actor, at: datetime, **_: Any) -> None:
    """Write when an appointment is now, and remind of that time."""
    if thing.series is None:
        queueing.appointment_moved(appointment=thing, by=by, at=at)
    else:
        queueing.course_changed(series=thing.series, by=by, at=at)
    queue_reminders(appointment=thing, by=by, at=at)


def cancelled(thing: Appointment, *, by: Actor, at: datetime, **_: Any) -> None:
    """Write that an appointment is cancelled; its reminders find that out by themselves."""
    if thing.series is None:
        queueing.appointment_cancelled(appointment=thing, by=by, at=at)
    else:
        queueing.course_changed(series=thing.series, by=by, at=at)


def course_booked(thing: AppointmentSeries, *, by: Actor, at: datetime, **_: Any) -> None:
    """Confirm a course, with all its dates."""
    queueing.course_booked(series=thing, by=by, at=at)
