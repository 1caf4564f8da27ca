"""What the form of a course is filled with: services, who offers them, and what was last asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import Clinic, User
from needlework.diary.models import AppointmentSeries, Performer, Resource, Service
from needlework.diary.queries.dates import practitioners_of
from needlework.diary.queries.planning import Plan
from needlework.diary.queries.proposals import Wishes
from needlework.diary.queries.rules import zone_of
from needlework.diary.slots.limits import Block
from needlework.patients.models import Patient


@dataclass(frozen=True)
class Offered:
    """What somebody can book courses of, at the clinics where they may book."""

    user: User
    at: datetime
    home: Clinic
    """The patient's clinic: its services come first, and its day is today."""

    @cached_property
    def services(self) -> dict[str, Service]:
        """Services by key, those of the patient's clinic first."""
        doing = Performer.objects.filter(resource__ended_at=None).values("service")
        clinics = clinics_where(self.user, "book-appointments")
        found = Service.objects.filter(pk__in=doing, clinic__in=clinics, ended_at=None).select_related("clinic")
        ordered = sorted(found, key=lambda one: (one.clinic_id != self.home.pk, one.clinic.name, one.name))
        return {str(one.pk): one for one in ordered}

    @cached_property
    def practitioners(self) -> dict[int, Resource]:
        """Who offers any of them."""
        return practitioners_of(one.pk for one in self.services.values())

    @cached_property
    def today(self) -> date:
        """The day it is at the patient's clinic."""
        return self.at.astimezone(zone_of(self.home)).date()

    @property
    def choices(self) -> dict[str, Any]:
        """What the form takes."""
        clinics = {one.clinic_id for one in self.services.values()}
        names = {
            key: f"{one.name}, {one.clinic}" if len(clinics) > 1 else one.name for key, one in self.services.items()
        }
        performs = Performer.objects.filter(service__in=[one.pk for one in self.services.values()])
        return {
            "services": names,
            "practitioners": {str(key): str(one) for key, one in self.practitioners.items()},
            "performs": frozenset((str(a), str(b)) for a, b in performs.values_list("service_id", "resource_id")),
            "today": self.today,
        }

    def initial(self, service: str) -> dict[str, Any]:
        """Return what the form starts with: what the clinic's last course asked for, and the service that is named."""
        last = AppointmentSeries.objects.filter(clinic__in=clinics_where(self.user, "book-appointments"))
        known = last.order_by("-booked_at").values("sessions", "least_days", "most_days").first()
        start = {"first_day": self.today + timedelta(days=1)} | (dict(known) if known else {})
        if named := self.services.get(service):
            start |= {"service": service} | ({"sessions": named.course_sessions} if named.course_sessions else {})
        return start

    def plan(self, answer: Mapping[str, Any], blocks: Iterable[tuple[date, date, str]], patient: Patient) -> Plan:
        """Return the course that a valid form asks for."""
        service = self.services[answer["service"]]
        wishes = Wishes(
            service=service,
            practitioner=self.practitioners[int(answer["practitioner"])] if answer["practitioner"] else None,
            weekdays=frozenset(int(day) for day in answer["weekdays"]),
            from_time=answer["earliest"],
            until_time=answer["latest"],
            **{name: answer[name] for name in ("sessions", "least_days", "most_days", "first_day", "not_after")},
        )
        held = tuple(Block(first, last, sentence) for first, last, sentence in blocks)
        return Plan(wishes, held, patient, practitioners_of([service.pk]), zone_of(service.clinic), self.at)
