"""A patient's appointments as staff see them: those of their own clinics."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from needlework.accounts.models import User
from needlework.diary.models import Appointment, OnlineBlock, State
from needlework.diary.queries import blocks
from needlework.diary.queries.appointments import appointments_for
from needlework.diary.queries.course import Course
from needlework.diary.queries.rules import zones_of
from needlework.diary.queries.series import courses_of
from needlework.patients.models import Patient
from needlework.patients.queries.people import same_person

MOST = 200


@dataclass(frozen=True)
class Row:
    """An appointment, and the clock by which it is kept."""

    appointment: Appointment
    zone: ZoneInfo


@dataclass(frozen=True)
class Record:
    """What is coming, what was, the courses, and what keeps the patient from booking online."""

    coming: list[Row]
    past: list[Row]
    courses: list[Course]
    blocks: list[OnlineBlock]


def record(user: User, patient: Patient, *, at: datetime) -> Record:
    """Return a patient's appointments at somebody's clinics, the next and the latest first."""
    found = appointments_for(user).filter(patient__in=same_person(patient))
    rows = list(found.order_by("-begins", "pk")[:MOST])
    zones = zones_of({row.clinic_id for row in rows})
    coming = [row for row in reversed(rows) if row.ends > at and row.state in (State.BOOKED, State.ARRIVED)]
    return Record(
        coming=[Row(row, zones[row.clinic_id]) for row in coming],
        past=[Row(row, zones[row.clinic_id]) for row in rows if row not in coming],
        courses=[course for course in courses_of(patient) if course.series.clinic_id in zones],
        blocks=blocks.standing(patient, at.date()),
    )
