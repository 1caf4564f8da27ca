"""What a calendar program is told about one appointment: to its patient what it is, to anybody else only when."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
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
    """Return an appointment as its own patient keeps it: with the service, and where to move or cancel it.

    The title, which a locked phone and a shared calendar show, does not say what for.
    """
    what = f"{appointment.service.name} with {appointment.practitioner.user}"
    return Entry(
        appointment_id=appointment.pk,
        sequence=appointment.sequence,
        changed_at=changed_at,
        begins=appointment.begins,
        ends=appointment.ends,
        is_cancelled=appointment.state == State.CANCELLED,
        summary=f"Appointment at {appointment.clinic.name}",
        location=place(appointment.clinic),
        description="\n".join([what, f"See, move or cancel: {url}"] if url else [what]),
        url=url,
    )


class Who(NamedTuple):
    """Whose appointment it is, and where."""

    given_names: str
    family_name: str
    clinic: str
    address: str

    def called(self, *, is_named: bool) -> str:
        """Return the name, or the initials: J. E."""
        names = filter(None, (self.given_names, self.family_name))
        return " ".join(name if is_named else f"{name[0].upper()}." for name in names)


def for_practitioner(
    who: Who,
    *,
    is_named: bool,
    appointment_id: UUID,
    sequence: int,
    changed_at: datetime,
    begins: datetime,
    ends: datetime,
    is_cancelled: bool,
) -> Entry:
    """Return an appointment as a practitioner's calendar shows it: who and where, and never what for."""
    return Entry(
        appointment_id=appointment_id,
        sequence=sequence,
        changed_at=changed_at,
        begins=begins,
        ends=ends,
        is_cancelled=is_cancelled,
        summary=f"{who.called(is_named=is_named)}, {who.clinic}",
        location=on_one_line(who.clinic, who.address),
    )


def place(clinic: Clinic) -> str:
    """Return a clinic's name and address on one line."""
    return on_one_line(clinic.name, clinic.address)


def on_one_line(name: str, address: str) -> str:
    """Return a name and the lines of an address on one line."""
    return ", ".join([name, *address.splitlines()])
