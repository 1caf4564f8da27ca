"""Moving a session of a course, with those after it or alone."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from django.db import transaction

from needlework.diary import locks
from needlework.diary.actors import Actor
from needlework.diary.models import Appointment, AppointmentSeries
from needlework.diary.operations.moving import move_appointment
from needlework.diary.operations.writing import allow
from needlework.diary.people import person_of
from needlework.diary.problems import NotDoneError, NotOfferedError, StaleError
from needlework.diary.queries.course import Course
from needlework.diary.queries.series import course_of_series
from needlework.diary.series import Move, NotInTurnError
from needlework.diary.slots.words import at_clock, named

ALONE = "This appointment belongs to no course. Move it by itself."
SAY_WHY = "Move those after it too, or say why the interval is not kept."


@transaction.atomic
def move_in_series(*, moves: Sequence[Move], reason: str = "", by: Actor, at: datetime) -> list[Appointment]:
    """Move a session of a course and those that follow it: all of them or none.

    Raises NotInTurnError, naming the session, where one cannot be moved; NotDoneError where the days between sessions
    would not be those of the course and no reason says why.
    """
    series = _locked(moves)
    allow(by, series.clinic, series.patient)
    locks.take(series.service, None, and_also=_places(series, moves))
    _refuse_twice(series, moves)
    moved = [_move(one, series, reason, by=by, at=at) for one in _in_order(moves)]
    if not reason:
        broken = next(_broken(course_of_series(series), {one.pk for one in moved}), "")
        if broken:
            raise NotDoneError(f"{broken} {SAY_WHY}")
    return moved


def _locked(moves: Sequence[Move]) -> AppointmentSeries:
    """Return the course of the appointments, locked: it is moved by one at a time."""
    series_id = moves[0].appointment.series_id
    if series_id is None:
        raise NotDoneError(ALONE)
    rows = AppointmentSeries.objects.select_for_update(of=("self",)).select_related("clinic", "service", "patient")
    return rows.get(pk=series_id)


def _places(series: AppointmentSeries, moves: Sequence[Move]) -> list[int | None]:
    person = person_of(series.patient)
    now = [(one.appointment.practitioner_id, one.appointment.room_id, one.appointment.device_id) for one in moves]
    asked = [one.practitioner.pk for one in moves if one.practitioner]
    return [*person.resources, *asked, *(place for places in now for place in places)]


def _refuse_twice(series: AppointmentSeries, moves: Sequence[Move]) -> None:
    """Refuse moves of another course among these, and one appointment named twice."""
    ids = [one.appointment.pk for one in moves]
    if len(set(ids)) != len(ids) or any(one.appointment.series_id != series.pk for one in moves):
        raise StaleError("this course")


def _in_order(moves: Sequence[Move]) -> Iterator[Move]:
    """Yield moves so that each finds its slot left: the later ones from the end, the earlier ones from the front."""
    by_time = sorted(moves, key=lambda one: one.appointment.begins)
    yield from (one for one in reversed(by_time) if one.is_later)
    yield from (one for one in by_time if not one.is_later)


def _move(one: Move, series: AppointmentSeries, reason: str, *, by: Actor, at: datetime) -> Appointment:
    try:
        return move_appointment(
            appointment=one.appointment,
            begins=one.begins,
            practitioner=one.practitioner,
            sequence=one.sequence,
            reason=reason,
            by=by,
            at=at,
        )
    except StaleError:
        raise
    except NotDoneError as problem:
        there = one.begins.astimezone(course_of_series(series).zone)
        which = f"Session {one.appointment.number} could not be moved to {named(there.date())} at {at_clock(there)}"
        taken = isinstance(problem, NotOfferedError)
        raise NotInTurnError(
            one.appointment.number or 0, f"{which}: {problem} Nothing was moved.", taken=taken
        ) from problem


def _broken(course: Course, moved: set[UUID]) -> Iterator[str]:
    """Yield what is wrong with the days between sessions of which one was moved."""
    least, most = course.series.least_days, course.series.most_days
    for (number, one), (other_number, other) in pairwise(course.live.items()):
        steps, apart = other_number - number, (course.day(other) - course.day(one)).days
        if {one.pk, other.pk} & moved and not least * steps <= apart <= most * steps:
            yield f"Sessions {number} and {other_number} would be {apart} days apart. {course.interval}"
    limit = course.series.not_after
    for one in course.live.values():
        if limit and one.pk in moved and course.day(one) > limit:
            yield f"Session {one.number} would come after {named(limit)}, when the course expires."
