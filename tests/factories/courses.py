"""Courses that are booked for tests, in four weeks' steps from a Tuesday on."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from needlework.diary import operations
from needlework.diary.models import (
    Appointment,
    State,
)
from needlework.diary.queries.proposals import Wishes
from tests.factories import diary

AT = diary.AT
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FIRST = date(2026, 11, 24)


def wishes(clinic, **more):
    own = {"service": clinic.treatment, "sessions": 3, "least_days": 28, "most_days": 42, "first_day": FIRST}
    return Wishes(**own | more)


def slots(clinic, *days, hour=10, who=None):
    """Ten o'clock on days after the first, with somebody."""
    return [(datetime(2026, 11, 24, hour, tzinfo=UTC) + day * DAY, who or clinic.amira) for day in days]


def book(clinic, *days, wished=None, series_id=None, **more):
    return operations.book_series(
        series_id=series_id or uuid4(),
        wishes=wished or wishes(clinic, sessions=len(days)),
        chosen=slots(clinic, *days),
        **{"patient": clinic.patient, "by": clinic.lead, "at": AT} | more,
    )


def dates(series):
    return [one.begins.date() for one in series.appointments.order_by("number").exclude(state=State.CANCELLED)]


def attend(appointment, *states):
    """Bring an appointment to a state, by those between; without any, the patient came."""
    for state in states or (State.ARRIVED, State.ATTENDED):
        Appointment.objects.filter(pk=appointment.pk).update(state=state)
