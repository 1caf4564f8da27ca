"""A clinic with a diary, straight into the tables: working time, a room, a device, services, and somebody to book."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from needlework.accounts.models import Clinic, Role, User
from needlework.diary.models import Performer, Resource, ResourceKind, Service, WorkingHours
from needlework.patients.models import Patient
from tests.factories import accounts, patients

AT = accounts.AT
"""A Sunday; the clinic is open from the next day on, and was before."""

MONDAY = date(2026, 11, 23)
SINCE = date(2026, 1, 1)


@dataclass(frozen=True)
class DiaryClinic:
    """What a clinic with a diary is made of."""

    clinic: Clinic
    lead: User
    amira: Resource
    """A practitioner: Monday to Friday from 9 to 17, with a break from 12:30 to 13:00; `amira.user` is the person."""
    ben: Resource
    """Another, with the same hours."""
    room: Resource
    """A treatment room, cleaned for 10 minutes after each appointment."""
    pen: Resource
    consultation: Service
    """30 minutes, by either, without a room."""
    treatment: Service
    """60 minutes, by either, in a treatment room with a pen."""
    patient: Patient


def clinic_with_diary(name: str = "Linthorpe Road", *, suffix: str = "") -> DiaryClinic:
    """Make a clinic that can be booked. A second one in the same test takes another name and a suffix for its staff."""
    clinic = accounts.clinic(name)
    amira, ben = practitioner(f"Amira Khan{suffix}", at=clinic), practitioner(f"Ben Okafor{suffix}", at=clinic)
    room, pen = resource_of(clinic, "Room 1", clean_down_minutes=10), resource_of(clinic, "Pen 1", sort="pen")
    both = (amira, ben)
    return DiaryClinic(
        clinic=clinic,
        lead=patients.lead(clinic),
        amira=amira,
        ben=ben,
        room=room,
        pen=pen,
        consultation=service(clinic, "Consultation", both, minutes=30, is_consultation=True),
        treatment=service(clinic, "Microneedling, face", both, room_type="treatment room", device_type="pen"),
        patient=patients.patient(clinic),
    )


def practitioner(name: str, *, at: Clinic, **hours: Any) -> Resource:
    """Somebody who treats in a clinic, with hours from Monday to Friday."""
    user = accounts.member(Role.PRACTITIONER, at=at, name=name)
    resource = Resource.objects.create(kind=ResourceKind.PRACTITIONER, user=user)
    week(resource, at, **hours)
    return resource


def week(resource: Resource, clinic: Clinic, days: Iterable[int] = range(5), **changed: Any) -> list[WorkingHours]:
    """Hours of somebody at a clinic on some weekdays: 9 to 17 with a break, or as said."""
    columns: dict[str, Any] = {
        "opens": time(9),
        "closes": time(17),
        "break_starts": time(12, 30),
        "break_ends": time(13),
        "from_day": SINCE,
        "recorded_at": AT,
    } | changed
    rows = [WorkingHours(resource=resource, clinic=clinic, weekday=day, **columns) for day in days]
    return WorkingHours.objects.bulk_create(rows)


def resource_of(clinic: Clinic, name: str, *, sort: str = "treatment room", **columns: Any) -> Resource:
    """A room of a clinic, or a device: everything that is no sort of room."""
    kind = ResourceKind.ROOM if sort.endswith("room") else ResourceKind.DEVICE
    return Resource.objects.create(kind=kind, clinic=clinic, name=name, type=sort, **columns)


def service(clinic: Clinic, name: str, performers: Iterable[Resource] = (), **columns: Any) -> Service:
    """A service of 60 minutes for £180, or as said, offered by some."""
    own: dict[str, Any] = {"minutes": 60, "price_pence": 18000, "recorded_at": AT} | columns
    made = Service.objects.create(clinic=clinic, name=name, **own)
    Performer.objects.bulk_create([Performer(service=made, resource=each) for each in performers])
    return made
