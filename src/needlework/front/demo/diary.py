"""The demo's diary: services, hours, and appointments around the day it is built on, through the pages' operations."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from importlib.resources import files
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from needlework.accounts.models import Clinic, User
from needlework.audit.record import SYSTEM
from needlework.diary import operations as diary
from needlework.diary.hours import Hours
from needlework.diary.models import Appointment, AppointmentSeries, Resource, ResourceKind, Service
from needlework.diary.operations import absences, closures, resources, services, settings, working
from needlework.diary.people import VisitorDetails
from needlework.diary.queries.availability import Asking
from needlework.diary.queries.proposals import Wishes, proposals
from needlework.diary.terms import Terms
from needlework.front.demo.days import Visit, WorkingDays, visits
from needlework.patients.models import Patient

LONDON = ZoneInfo("Europe/London")
OPENED_DAYS_AGO = 390
BOOKED_DAYS_BEFORE = 12
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Clinics:
    """What the demo's diary is made of: everything by its name."""

    rows: Row
    days: WorkingDays
    today: date
    clinics: Mapping[str, Clinic]
    staff: Mapping[str, User]
    patients: Mapping[str, Patient]
    id_of: Callable[[str], UUID]

    @property
    def desk(self) -> User:
        """Who books."""
        return self.staff["Beth Sayer"]

    @property
    def lead(self) -> User:
        """Who sets up."""
        return self.staff["Amira Khan"]

    @property
    def now(self) -> datetime:
        """The moment at which the building ends: nine in the morning."""
        return _nine(self.today)

    def id(self, *words: object) -> UUID:
        """Return the same key for the same words every time."""
        return self.id_of("diary " + " ".join(map(str, words)))

    def clinic_of(self, practitioner: str) -> Clinic:
        """Return where somebody works during the week."""
        return self.clinics[next(row["clinic"] for row in self.rows["hours"] if _works_at(row, practitioner))]

    def service(self, practitioner: str, name: str) -> Service:
        """Return a service of the clinic where somebody works during the week."""
        return self._services[self.id(self.clinic_of(practitioner), name)]

    def resource(self, practitioner: str) -> Resource:
        """Return a practitioner as the diary knows them."""
        return self._people[self.staff[practitioner].pk]

    @cached_property
    def _services(self) -> Mapping[UUID, Service]:
        return Service.objects.select_related("clinic").in_bulk()

    @cached_property
    def _people(self) -> Mapping[UUID | None, Resource]:
        people = Resource.objects.filter(kind=ResourceKind.PRACTITIONER).select_related("user")
        return {resource.user_id: resource for resource in people}


@transaction.atomic
def fill(
    *,
    today: date,
    clinics: Mapping[str, Clinic],
    staff: Mapping[str, User],
    patients: Iterable[Patient],
    id_of: Callable[[str], UUID],
) -> None:
    """Set the diaries up as on the day the clinics opened, and fill them up to this morning."""
    rows = tomllib.loads(files(__package__).joinpath("diary.toml").read_text("utf-8"))
    named = {f"{patient.given_names} {patient.family_name}": patient for patient in patients}
    demo = Clinics(rows, WorkingDays(today), today, clinics, staff, named, id_of)
    _set_up(demo)
    for number, visit in enumerate(visits(rows, demo.days)):
        _visit(demo, visit, number)
    _overbooked(demo)
    _course(demo, rows["course"])
    _late_course(demo)
    _waiting(demo)
    _online(demo)


def _set_up(demo: Clinics) -> None:
    opened: dict[str, Any] = {"by": demo.lead, "at": _nine(demo.today - timedelta(days=OPENED_DAYS_AGO))}
    for row in demo.rows["clinics"]:
        clinic = demo.clinics[row["name"]]
        for kind, things in ((ResourceKind.ROOM, row["rooms"]), (ResourceKind.DEVICE, row["devices"])):
            for name, sort, cleaning in things:
                resources.add_resource(
                    clinic=clinic, kind=kind, name=name, sort=sort, clean_down_minutes=cleaning, **opened
                )
        people = [demo.staff[name] for name in row["people"]]
        for service in demo.rows["services"]:
            key, terms = demo.id(clinic, service["name"]), Terms(**service)
            services.add_service(service_id=key, clinic=clinic, terms=terms, performers=people, **opened)
        settings.change_rules(clinic=clinic, version=1, changes={"offer_minutes": 1440}, **opened)
    for row in demo.rows["hours"]:
        week = dict.fromkeys(row["days"], Hours(*row["times"]))
        person, clinic = demo.staff[row["person"]], demo.clinics[row["clinic"]]
        working.set_week(person=person, clinic=clinic, from_day=opened["at"].date(), week=week, **opened)
    _away(demo)


def _away(demo: Clinics) -> None:
    """Let somebody go on holiday, and close a clinic for a day."""
    common: dict[str, Any] = {"by": demo.lead, "at": _nine(demo.today - timedelta(days=20))}
    absence, closure = demo.rows["absence"], demo.rows["closure"]
    absences.record_absence(
        absence_id=demo.id("absence"),
        resource=demo.resource(absence["person"]),
        clinic=demo.clinics[absence["clinic"]],
        first_day=demo.days[absence["first"]],
        last_day=demo.days[absence["last"]],
        reason=absence["reason"],
        **common,
    )
    day = demo.days[closure["day"]]
    closures.close_clinic(
        closure_id=demo.id("closure"),
        clinic=demo.clinics[closure["clinic"]],
        first_day=day,
        last_day=day,
        reason=closure["reason"],
        **common,
    )


def _visit(demo: Clinics, visit: Visit, number: int) -> None:
    """Book an appointment some days before, at any hour of the day, and let become of it what did."""
    usual, latest = visit.day - timedelta(days=BOOKED_DAYS_BEFORE), demo.today - timedelta(days=2 + number % 8)
    at = _nine(min(usual, latest)) + timedelta(minutes=37 * number % 480)
    day, earlier = (demo.days[1], "15:45") if visit.state == "moved" else (visit.day, visit.time)
    appointment = diary.book_appointment(
        appointment_id=demo.id(visit.day, visit.time, visit.practitioner),
        service=demo.service(visit.practitioner, visit.service),
        begins=_moment(day, earlier),
        practitioner=demo.resource(visit.practitioner),
        patient=demo.patients[visit.patient],
        by=demo.desk,
        at=at,
    )
    _became(demo, appointment, visit)


def _became(demo: Clinics, appointment: Appointment, visit: Visit) -> None:
    change: dict[str, Any] = {"appointment": appointment, "sequence": appointment.sequence, "by": demo.desk}
    yesterday = _nine(min(demo.today, visit.day) - timedelta(days=1))
    if visit.state == "cancelled":
        diary.cancel_appointment(**change, reason="Rang to say that a child is ill", at=yesterday)
    elif visit.state == "moved":
        diary.move_appointment(**change, begins=_moment(visit.day, visit.time), at=yesterday)
    elif visit.state and visit.day <= demo.today:
        mark = {"attended": diary.mark_attended, "no-show": diary.mark_no_show, "arrived": diary.mark_arrived}
        mark[visit.state](**change, at=min(appointment.ends, demo.now))


def _overbooked(demo: Clinics) -> None:
    row = demo.rows["overbooked"]
    clock, service, patient = row["row"]
    diary.book_appointment(
        appointment_id=demo.id("overbooked"),
        service=demo.service(row["practitioner"], service),
        begins=_moment(demo.days[0], clock),
        practitioner=demo.resource(row["practitioner"]),
        patient=demo.patients[patient],
        overbooking_reason=row["reason"],
        by=demo.desk,
        at=_nine(demo.today - timedelta(days=1)),
    )


def _course(demo: Clinics, row: Row, *, days_ago: int = 2) -> AppointmentSeries:
    """Book a course in one go, on the dates that the diary proposes."""
    at, patient = _nine(demo.today - timedelta(days=days_ago)), demo.patients[row["patient"]]
    practitioner = demo.resource(row["practitioner"])
    wishes = Wishes(
        service=demo.service(row["practitioner"], row["service"]),
        practitioner=practitioner,
        sessions=row["sessions"],
        least_days=row["least_days"],
        most_days=row["most_days"],
        first_day=demo.today + timedelta(days=row["starts_in"]),
        weekdays=frozenset(row["weekdays"]),
    )
    proposed = proposals(wishes, Asking(online=False, patient=patient), at)
    return diary.book_series(
        series_id=demo.id("course", row["patient"]),
        wishes=wishes,
        chosen=[(one.begins, practitioner) for one in proposed.chosen],
        patient=patient,
        by=demo.desk,
        at=at,
    )


def _late_course(demo: Clinics) -> None:
    """Let a course begin months ago, and stop after its first session."""
    series = _course(demo, demo.rows["late_course"], days_ago=110)
    first, *others = series.appointments.order_by("begins")
    diary.mark_attended(appointment=first, sequence=first.sequence, by=demo.desk, at=first.ends)
    for appointment in others:
        diary.cancel_appointment(
            appointment=appointment,
            sequence=appointment.sequence,
            reason="Works away from home until further notice",
            by=demo.desk,
            at=first.ends + timedelta(days=10),
        )


def _waiting(demo: Clinics) -> None:
    """Let two people wait, and offer the first a time that somebody gives up this morning."""
    row = demo.rows["waiting"]
    freed = row["freed"]
    service = demo.service(freed["practitioner"], row["service"])
    for number, name in enumerate(row["patients"]):
        diary.join_waiting(
            entry_id=demo.id("waiting", name),
            service=service,
            patient=demo.patients[name],
            first_day=demo.today,
            last_day=demo.today + timedelta(days=28),
            by=demo.desk,
            at=_nine(demo.today - timedelta(days=9 - number)),
        )
    given_up = diary.book_appointment(
        appointment_id=demo.id("given up"),
        service=service,
        begins=_moment(demo.days[freed["day"]], freed["time"]),
        practitioner=demo.resource(freed["practitioner"]),
        patient=demo.patients[freed["patient"]],
        by=demo.desk,
        at=_nine(demo.today - timedelta(days=8)),
    )
    diary.cancel_appointment(appointment=given_up, sequence=given_up.sequence, by=demo.desk, at=demo.now)
    diary.offer_freed(clinic=service.clinic, begins=given_up.begins, ends=given_up.ends, at=demo.now)


def _online(demo: Clinics) -> None:
    """Let somebody book online who is no patient yet, and somebody else be choosing a time."""
    row, hold = demo.rows["visitor"], demo.rows["hold"]
    held = diary.hold_slot(
        hold_id=demo.id("visitor"),
        service=demo.service(row["practitioner"], "Consultation"),
        begins=_moment(demo.days[row["day"]], row["time"]),
        practitioner=demo.resource(row["practitioner"]),
        by=SYSTEM,
        at=demo.now - timedelta(hours=12),
    )
    details = VisitorDetails(*(row[name] for name in ("given_names", "family_name", "email", "phone")))
    diary.confirm_hold(hold_id=held.pk, visitor=details, by=SYSTEM, at=held.held_at + timedelta(minutes=4))
    diary.hold_slot(
        hold_id=demo.id("hold"),
        service=demo.service(hold["practitioner"], "Consultation"),
        begins=_moment(demo.days[hold["day"]], hold["time"]),
        practitioner=demo.resource(hold["practitioner"]),
        minutes=12 * 60,
        by=SYSTEM,
        at=demo.now,
    )


def _works_at(row: Row, practitioner: str) -> bool:
    return bool(row["person"] == practitioner and 0 in row["days"])


def _moment(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), LONDON).astimezone(UTC)


def _nine(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)
