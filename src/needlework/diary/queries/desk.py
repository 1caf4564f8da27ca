"""What the desk can book: the services of a clinic, and when and with whom one is free on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404

from needlework.accounts.models import Clinic, User
from needlework.diary.models import Appointment, Service
from needlework.diary.queries.appointments import appointments_for
from needlework.diary.queries.availability import Asking, load
from needlework.diary.slots.bits import STEP, each

MISSING = "This service is not offered here. Choose another one."


@dataclass(frozen=True)
class Free:
    """When a service can begin on a day: the minutes of each practitioner, or why there are none."""

    starts: Mapping[int, list[int]]
    sentence: str


def services_at(clinic: Clinic) -> list[Service]:
    """Return what a clinic offers, by name."""
    offered = Service.objects.filter(clinic=clinic, ended_at=None).order_by("-is_consultation", "name")
    return list(offered.only("name", "minutes"))


def service_at(clinic: Clinic, service_id: UUID) -> Service:
    """Return one of a clinic's services; 404 for any other."""
    found = Service.objects.select_related("clinic").filter(clinic=clinic, pk=service_id, ended_at=None).first()
    if found is None:
        raise Http404(MISSING)
    return found


def booked(user: User, appointment_id: UUID | None) -> Appointment | None:
    """Return what a form that was sent before has booked; None for the first time."""
    return appointments_for(user).filter(pk=appointment_id).first() if appointment_id else None


def free_on(service: Service, day: date, *, asking: Asking, at: datetime) -> Free:
    """Return when a service can begin on a day, with each who offers it."""
    found = load(service, day, day, None, asking, at)
    begins = found.offering.days.begins[0]
    starts = {who: [begins + STEP * place for place in each(bits)] for who, bits in found.free(0).items()}
    return Free(starts, found.day(0).sentence)
