"""Courses in the diary: what is done, booked and missing of each, and which of them are late."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import User
from needlework.diary.models import Appointment, AppointmentSeries, DiaryRules, State
from needlework.diary.queries.course import CAME, Course
from needlework.diary.queries.rules import zone_of
from needlework.diary.slots.limits import Window
from needlework.patients.models import Patient
from needlework.patients.queries.people import same_person
from needlework.web.templatetags.dates import long_date

ASK = "Choose a day that keeps to that, or ask the clinic."
MISSING = "There is no course here, or not one of your clinics."


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
    if course is None or appointment.number is None:
        return None
    window = course.window(appointment.number)
    return replace(window, sentence=f"{window.sentence} {ASK}")


def courses_of(patient: Patient) -> list[Course]:
    """Return a patient's courses, the newest first."""
    found = _whole(AppointmentSeries.objects.filter(patient__in=same_person(patient))).order_by("-booked_at", "pk")
    return list(_with_zones(found))


def late(user: User, on: date) -> list[Late]:
    """Return the courses of somebody's clinics that are late on a day, the longest overdue first."""
    mine = AppointmentSeries.objects.filter(clinic__in=clinics_where(user, "see-diary"))
    return _late(mine.select_related("patient", "service").prefetch_related("appointments"), lambda _: on)


def late_anywhere(at: datetime) -> list[Late]:
    """Return every course that is late, each on its clinic's own day: for the program, which tells the patients."""
    return _late(_whole(AppointmentSeries.objects.all()), lambda course: at.astimezone(course.zone).date())


def _late(series: QuerySet[AppointmentSeries], day_of: Callable[[Course], date]) -> list[Late]:
    came = Count("appointments", filter=Q(appointments__state__in=CAME))
    going = series.filter(ended_at=None).annotate(times_came=came).filter(times_came__lt=F("sessions"))
    found = (_judged(course, day_of(course)) for course in _with_zones(going))
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
