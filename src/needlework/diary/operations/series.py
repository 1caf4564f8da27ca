"""Booking a course whole or not at all, adding to it, stopping it and taking it up again."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID, uuid5

from django.db import transaction

from needlework.accounts.models import User
from needlework.audit import record as audit
from needlework.diary import following, locks
from needlework.diary.actors import Actor
from needlework.diary.models import Appointment, AppointmentSeries, Resource, State
from needlework.diary.operations.booking import book_appointment
from needlework.diary.operations.cancelling import cancel_appointment
from needlework.diary.operations.writing import allow
from needlework.diary.people import person_of
from needlework.diary.problems import NotDoneError, NotOfferedError, StaleError
from needlework.diary.queries.proposals import Wishes
from needlework.diary.queries.rules import zone_of
from needlework.diary.queries.series import course_of_series
from needlework.diary.series import NotInTurnError, as_kept
from needlework.diary.slots.limits import Block, standing
from needlework.diary.slots.words import at_clock, named
from needlework.patients.models import Patient

STOPPED = "This course was stopped. Take it up again first."
GOING_ON = "This course goes on already."
FULL = "All sessions of this course are booked. Book one more as an appointment of its own."
Slot = tuple[datetime, Resource]


@transaction.atomic
def book_series(
    *,
    series_id: UUID,
    wishes: Wishes,
    chosen: Sequence[Slot],
    patient: Patient,
    blocks: Sequence[Block] = (),
    by: Actor,
    at: datetime,
) -> AppointmentSeries:
    """Book a course: every session as chosen, or none of them. A second call with the same id finds the first.

    Raises NotInTurnError, naming the session, where one slot was taken meanwhile or cannot be booked; NotDoneError
    where the dates do not keep the interval, lie on a blocked day or come after the last.
    """
    service = wishes.service
    person = person_of(patient)
    allow(by, service.clinic, person.patient)
    locks.take(service, None, person=person, and_also=[who.pk for _, who in chosen])
    existing = AppointmentSeries.objects.filter(pk=series_id).first()
    if existing:
        return existing
    _refuse(wishes, [begins.astimezone(zone_of(service.clinic)).date() for begins, _ in chosen], blocks)
    whole = service.course_price_pence if service.course_sessions == wishes.sessions else None
    series = AppointmentSeries.objects.create(
        id=series_id,
        clinic=service.clinic,
        patient=person.patient or patient,
        service=service,
        practitioner=wishes.practitioner,
        sessions=wishes.sessions,
        least_days=wishes.least_days,
        most_days=wishes.most_days,
        wishes=as_kept(wishes, blocks),
        not_after=wishes.not_after,
        price_pence=whole or 0,
        booked_at=at,
        booked_by_kind=by.audit_kind,
        booked_by_id=by.pk,
    )
    for number, (begins, practitioner) in enumerate(chosen, 1):
        _book(series, number, begins, practitioner, uuid5(series_id, str(number)), by=by, at=at)
    audit.record("series-booked", series, by=by, at=at)
    following.announce(following.SERIES_BOOKED, series, by=by, at=at)
    return series


@transaction.atomic
def add_to_series(
    *,
    series: AppointmentSeries,
    appointment_id: UUID,
    begins: datetime,
    practitioner: Resource | None = None,
    by: Actor,
    at: datetime,
) -> Appointment:
    """Book the first session of a course that is not booked; a second call with the same id finds the first.

    It has to keep the interval, so far as that is not past already.
    """
    allow(by, series.clinic, series.patient)
    booked = Appointment.objects.filter(pk=appointment_id).first()
    if booked:
        return booked
    course = course_of_series(AppointmentSeries.objects.select_for_update().get(pk=series.pk))
    number = course.next_number
    if course.series.ended_at:
        raise NotDoneError(STOPPED)
    if number is None:
        raise NotDoneError(FULL)
    today, day = (moment.astimezone(course.zone).date() for moment in (at, begins))
    block = standing(course.window_from(number, today).blocks(), day)
    if block:
        raise NotDoneError(f"{block.sentence} {named(day)} does not fit. Choose another day.")
    return _book(course.series, number, begins, practitioner, appointment_id, by=by, at=at)


@transaction.atomic
def end_series(
    *, series: AppointmentSeries, version: int, cancels: bool, reason: str, by: User, at: datetime
) -> AppointmentSeries:
    """Stop a course, or pause it: what is not booked is not missed any more.

    With `cancels`, the appointments still to come are cancelled too, for the same reason.
    """
    allow(by, series.clinic, series.patient)
    series = _fresh(series, version)
    if series.ended_at:
        raise NotDoneError(STOPPED)
    series.ended_at, series.ended_by = at, by
    _save(series, "series-ended", by=by, at=at)
    if cancels:
        for one in series.appointments.filter(state=State.BOOKED, begins__gt=at.replace(second=0, microsecond=0)):
            cancel_appointment(appointment=one, sequence=one.sequence, reason=reason, by=by, at=at)
    return series


@transaction.atomic
def resume_series(*, series: AppointmentSeries, version: int, by: User, at: datetime) -> AppointmentSeries:
    """Take up a course again that was stopped or paused."""
    allow(by, series.clinic, series.patient)
    series = _fresh(series, version)
    if not series.ended_at:
        raise NotDoneError(GOING_ON)
    series.ended_at, series.ended_by = None, None
    _save(series, "series-resumed", by=by, at=at)
    return series


def _book(
    series: AppointmentSeries,
    number: int,
    begins: datetime,
    practitioner: Resource | None,
    appointment_id: UUID,
    *,
    by: Actor,
    at: datetime,
) -> Appointment:
    """Book one session; raise NotInTurnError, naming it, where that cannot be."""
    try:
        return book_appointment(
            appointment_id=appointment_id,
            service=series.service,
            begins=begins,
            practitioner=practitioner,
            patient=series.patient,
            series=series,
            number=number,
            by=by,
            at=at,
        )
    except NotDoneError as problem:
        there = begins.astimezone(zone_of(series.clinic))
        which = f"Session {number}, on {named(there.date())} at {at_clock(there)}, could not be booked"
        raise NotInTurnError(number, f"{which}: {problem}", taken=isinstance(problem, NotOfferedError)) from problem


def _refuse(wishes: Wishes, days: Sequence[date], blocks: Sequence[Block]) -> None:
    """Raise the sentence for dates that are not those of such a course."""
    problem = wishes.problem or next(_wrong(wishes, days, blocks), "")
    if problem:
        raise NotDoneError(f"{problem} Nothing was booked.")


def _wrong(wishes: Wishes, days: Sequence[date], blocks: Sequence[Block]) -> Iterator[str]:
    if len(days) != wishes.sessions:
        yield f"A course of {wishes.sessions} sessions needs as many dates, and these are {len(days)}."
    for number, (one, other) in enumerate(pairwise(days), 1):
        apart = (other - one).days
        if not wishes.least_days <= apart <= wishes.most_days:
            asked = f"{wishes.least_days} to {wishes.most_days}"
            yield f"Sessions {number} and {number + 1} would be {apart} days apart, and the course asks for {asked}."
    if wishes.not_after and max(days) > wishes.not_after:
        yield f"The last session would come after {named(wishes.not_after)}."
    for day in days:
        block = standing(blocks, day)
        if block:
            yield f"{named(day)} is blocked: {block.sentence}"


def _fresh(series: AppointmentSeries, version: int) -> AppointmentSeries:
    """Return a course as it is now, locked; raise StaleError if it changed since `version`."""
    found = AppointmentSeries.objects.select_for_update(of=("self",)).select_related("clinic", "patient")
    series = found.get(pk=series.pk)
    if series.version != version:
        raise StaleError("this course")
    return series


def _save(series: AppointmentSeries, verb: str, *, by: Actor, at: datetime) -> None:
    series.version += 1
    series.save(update_fields=["ended_at", "ended_by", "version"])
    audit.record(verb, series, by=by, at=at)
