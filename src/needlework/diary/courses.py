"""Courses at work: their links and panel on pages of others, and the patients told that the next session is due."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from needlework.accounts.decision import Decision
from needlework.accounts.models import User
from needlework.audit.record import SYSTEM
from needlework.diary import panels, permissions
from needlework.diary.letters import queueing
from needlework.diary.models import Appointment, State
from needlework.diary.queries import series
from needlework.diary.queries.series import Why
from needlework.patients import links
from needlework.patients.models import Patient
from needlework.work import kinds
from needlework.work.kinds import Task


def register() -> None:
    """List the pages of courses where they are looked for, and look for late ones by the hour."""
    links.register("Book a course", "diary-course-new", may=may_book_for)
    links.register("Put on the waiting list", "waiting-join", may=may_book_for)
    panels.register("diary/courses/panel.html", panel)
    kinds.register("tell-late-courses", tell_late, every=timedelta(hours=1))


def may_book_for(*, user: User, patient: Patient) -> Decision:  # noqa: ARG001 - whoever may book may book for everybody within reach
    """Decide whether somebody may book for a patient."""
    return permissions.may_book(user=user)


def panel(user: User, appointment: Appointment, at: datetime) -> Mapping[str, Any] | None:
    """Return what an appointment's page says of its course; of one to come, the way to the waiting list."""
    course = series.course_of(appointment)
    to_come = appointment.state == State.BOOKED and appointment.begins > at
    if course is None and not to_come:
        return None
    may_wait = to_come and permissions.may_book(user=user, clinic=appointment.clinic)
    return {"course": course, "appointment": appointment, "may_wait": may_wait}


def tell_late(task: Task) -> None:
    """Tell each patient once that a session is due which is not booked."""
    at = task.clock()
    for late in series.late_anywhere(at):
        number = late.course.next_number
        if late.why == Why.NOT_BOOKED and number:
            with transaction.atomic():
                queueing.course_late(series=late.series, number=number, by=SYSTEM, at=at)
