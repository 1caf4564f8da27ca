"""What a calendar program is told about one appointment: to its patient what it is, to anybody else only when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from needlework.accounts.models import Clinic
from needlework.diary.models import Appointment, State


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One appointment in a calendar; `sequence` and `changed_at` tell programs which of two versions is newer."""

    appointment_id: UUID
    sequence: int
    changed_at: datetime
    begins: datetime
    ends: datetime
    is_cancelled: bool
    summary: str
    location: str
    description: str = ""
    url: str = ""


def for_patient(appointment: Appointment, *, changed_at: datetime, url: str) -> Entry:
    """Return an appointment as its own patient keeps it: with the service, and where to move or cancel it."""
    return Entry(
        appointment_id=appointment.pk,
        sequence=appointment.sequence,
        changed_at=changed_at,
        begins=appointment.begins,
        ends=appointment.ends,
        is_cancelled=appointment.state == State.CANCELLED,
        summary=f"{appointment.service.name}, {appointment.clinic.name}",
        location=place(appointment.clinic),
        description=f"With {appointment.practitioner.user}" + (f"\nSee, move or cancel: {url}" if url else ""),
        url=url,
    )


def place(clinic: Clinic) -> str:
    """Return a clinic's name and address on one line."""
    return ", ".join([clinic.name, *clinic.address.splitlines()])


def initials(given_names: str, family_name: str) -> str:
    """Return what stands for a name where it must not be read: J. E."""
    return " ".join(f"{name[0].upper()}." for name in (given_names, family_name) if name)
