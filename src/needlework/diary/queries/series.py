"""Courses in the diary: what is done, booked and missing of each, and which of them are late."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import User
from needlework.diary.models import Appointment, AppointmentSeries, DiaryRules, State
from needlework.diary.queries.rules import zone_of
from needlework.diary.slots.limits import Window
from needlework.patients.models import Patient
from needlework.patients.queries.people import same_person
from needlework.web.templatetags.dates import long_date

MISSING = "There is no course here, or not one of your clinics."
CAME = (State.ATTENDED, State.ARRIVED)
LIVE = (State.BOOKED, *CAME)
"""An appointment in one of these states holds its number; one that was missed or cancelled leaves it to another."""


@dataclass(frozen=True)
class Course:
    """A series with its appointments, in the clinic's own days."""

    series: AppointmentSeries
    zone: ZoneInfo

    @cached_property
    def appointments(self) -> list[Appointment]:
        """Every appointment of the course, cancelled ones too, in order of time."""
        return sorted(self.series.appointments.all(), key=lambda one: (one.begins, one.pk))

    @cached_property
    def live(self) -> dict[int, Appointment]:
        """The appointments that are booked or were kept, by number, in order."""
        found = {one.number: one for one in self.appointments if one.state in LIVE and one.number is not None}
        return dict(sorted(found.items()))

    @cached_property
    def came(self) -> list[Appointment]:
        """The appointments to which the patient came, in order of time."""
        return [one for one in self.appointments if one.state in CAME]

    @property
    def next_number(self) -> int | None:
        """The first number that is not booked; None where all are."""
        return next((number for number in range(1, self.series.sessions + 1) if number not in self.live), None)

    @property
    def missing(self) -> int:
        """How many sessions are not booked."""
        return max(0, self.series.sessions - len(self.live))

    @property
    def complete(self) -> bool:
        """Whether the patient came to every session."""
        return len(self.came) >= self.series.sessions

    def day(self, appointment: Appointment) -> date:
        """Return the clinic's day on which an appointment begins."""
        return appointment.begins.astimezone(self.zone).date()

    def after(self, number: int) -> list[Appointment]:
        """Return the booked appointments with a higher number, in order."""
        return [one for key, one in self.live.items() if key > number and one.state == State.BOOKED]

    def window(self, number: int, *, followed: bool = True) -> Window:
        """Return the days between which session `number` keeps the interval to its neighbours.

        Without `followed`, those after it are left out: they are to be moved with it.
        """
        least, most = self.series.least_days, self.series.most_days
        before = max((key for key in self.live if key < number), default=None)
        behind = min((key for key in self.live if key > number and followed), default=None)
        first, last, limit = None, None, self.series.not_after
        if before is not None:
            start, steps = self.day(self.live[before]), number - before
            first, last = start + timedelta(days=least * steps), start + timedelta(days=most * steps)
        if behind is not None:
            end, steps = self.day(self.live[behind]), behind - number
            first = _latest(first, end - timedelta(days=most * steps))
            last = _earliest(last, end - timedelta(days=least * steps))
        return Window(first, _earliest(last, limit), self.interval)

    def window_from(self, number: int, today: date) -> Window:
        """Return the window of a session that is still to be booked; a last day that has passed binds nobody."""
        window, limit = self.window(number), self.series.not_after
        return window if window.last is None or window.last >= today else Window(window.first, limit, self.interval)

    @property
    def interval(self) -> str:
        """The sentence about the days between its sessions."""
        least, most = self.series.least_days, self.series.most_days
        apart = f"{least} days" if least == most else f"{least} to {most} days"
        end = f", and none comes after {long_date(self.series.not_after)}" if self.series.not_after else ""
        return f"The sessions of this course are {apart} apart{end}."

    def due_by(self) -> date:
        """Return the last day on which the next session keeps the interval."""
        most = timedelta(days=self.series.most_days)
        if self.came:
            return self.day(self.came[-1]) + most
        standing = [one for one in self.appointments if one.state != State.CANCELLED]
        return self.day(standing[0]) if standing else self.series.booked_at.astimezone(self.zone).date() + most


class Why(StrEnum):
    """Why a course is late."""

    NOT_BOOKED = "not-booked"
    BOOKED_LATER = "booked-later"
    NOT_MARKED = "not-marked"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Late:
    """A course whose next session is past the day by which it should have been."""

    course: Course
    due: date
    why: Why
    sentence: str

    @property
    def series(self) -> AppointmentSeries:
        """The course as it was booked."""
        return self.course.series


def courses_for(user: User) -> QuerySet[AppointmentSeries]:
    """Return the courses of somebody's clinics."""
    return _whole(AppointmentSeries.objects.filter(clinic__in=clinics_where(user, "see-diary")))


def course_for(user: User, series_id: UUID) -> Course:
    """Return one course; outside somebody's clinics it is missing."""
    series = courses_for(user).filter(pk=series_id).first()
    if series is None:
        raise Http404(MISSING)
    return course_of_series(series)


def course_of(appointment: Appointment) -> Course | None:
    """Return the course that an appointment belongs to; None for one that stands alone."""
    if appointment.series_id is None:
        return None
    return course_of_series(_whole(AppointmentSeries.objects.all()).get(pk=appointment.series_id))


def course_of_series(series: AppointmentSeries) -> Course:
    """Return a series with its appointments, in the clinic's own days."""
    return Course(series, zone_of(series.clinic))


def window_of(appointment: Appointment) -> Window | None:
    """Return the days between which an appointment keeps the interval of its course; None where it has no course."""
    course = course_of(appointment)
    return course.window(appointment.number) if course and appointment.number else None


def courses_of(patient: Patient) -> list[Course]:
    """Return a patient's courses, the newest first."""
    found = _whole(AppointmentSeries.objects.filter(patient__in=same_person(patient))).order_by("-booked_at", "pk")
    return list(_with_zones(found))


def late(user: User, on: date) -> list[Late]:
    """Return the courses of somebody's clinics that are late on a day, the longest overdue first."""
    return _late(courses_for(user), on)


def late_anywhere(on: date) -> list[Late]:
    """Return every course that is late on a day: for the program, which tells the patients."""
    return _late(_whole(AppointmentSeries.objects.all()), on)


def _late(series: QuerySet[AppointmentSeries], on: date) -> list[Late]:
    came = Count("appointments", filter=Q(appointments__state__in=CAME))
    going = series.filter(ended_at=None).annotate(times_came=came).filter(times_came__lt=F("sessions"))
    found = (_judged(course, on) for course in _with_zones(going))
    return sorted((one for one in found if one), key=lambda one: (one.due, one.series.pk))


def _judged(course: Course, on: date) -> Late | None:
    """Say why a course is late on a day; None where it is not."""
    due, limit = course.due_by(), course.series.not_after
    of = f"{len(course.came)} of {course.series.sessions} sessions"
    if limit and limit < on:
        return Late(course, limit, Why.EXPIRED, f"The course expired on {long_date(limit)} after {of}.")
    if on <= due:
        return None
    booked = [one for one in course.live.values() if one.state == State.BOOKED]
    past = next((one for one in booked if course.day(one) < on), None)
    if past:
        day = long_date(course.day(past))
        return Late(course, due, Why.NOT_MARKED, f"Session {past.number} was on {day}, and nobody marked who came.")
    if booked:
        day = long_date(course.day(booked[0]))
        return Late(course, due, Why.BOOKED_LATER, f"The next session is on {day}; it was due by {long_date(due)}.")
    return Late(course, due, Why.NOT_BOOKED, f"The next session was due by {long_date(due)} and is not booked.")


def _whole(series: QuerySet[AppointmentSeries]) -> QuerySet[AppointmentSeries]:
    people = ("patient", "clinic", "service", "practitioner__user")
    return series.select_related(*people).prefetch_related("appointments__practitioner__user")


def _with_zones(series: Iterable[AppointmentSeries]) -> Iterator[Course]:
    """Yield courses with the time zones of their clinics, read once for all."""
    zones = dict(DiaryRules.objects.values_list("clinic_id", "time_zone"))
    default = DiaryRules().time_zone
    for one in series:
        yield Course(one, ZoneInfo(zones.get(one.clinic_id, default)))


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)
