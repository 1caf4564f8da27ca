"""How an appointment became what it is, and who a visitor may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from needlework.accounts.models import User
from needlework.diary.models import Appointment, AppointmentChange, ChangeKind, Visitor
from needlework.patients.details import Details
from needlework.patients.models import Patient
from needlework.patients.queries.merging import Likeness, likely_duplicates

__all__ = ["Appointment", "Change", "changes", "likely"]

NOBODY_KNOWN = "Somebody who has been erased"


@dataclass(frozen=True)
class Change:
    """One step: what happened, by whom and when, and from when to when it was moved."""

    words: str
    at: datetime
    by: str
    moved_from: datetime | None
    moved_to: datetime
    reason: str


def changes(appointment: Appointment) -> list[Change]:
    """Return the steps of an appointment, the newest first."""
    rows = list(AppointmentChange.objects.filter(appointment=appointment).order_by("-recorded_at", "-pk"))
    names = _names(rows, appointment)
    return [_change(row, names) for row in rows]


def likely(user: User, visitor: Visitor) -> Sequence[Likeness]:
    """Return the patients whom somebody sees with a visitor's phone number or e-mail address."""
    typed = {name: visitor.details.get(name, "") for name in ("given_names", "family_name", "phone", "email")}
    return likely_duplicates(user, Details(**typed, date_of_birth=date.min))


def _change(row: AppointmentChange, names: dict[object, str]) -> Change:
    moved = row.kind == ChangeKind.MOVED
    return Change(
        words=ChangeKind(row.kind).label,
        at=row.recorded_at,
        by="The program" if row.recorded_by_kind == "system" else names.get(row.recorded_by_id, NOBODY_KNOWN),
        moved_from=row.from_begins if moved else None,
        moved_to=row.to_begins,
        reason=row.reason,
    )


def _names(rows: Sequence[AppointmentChange], appointment: Appointment) -> dict[object, str]:
    """Return the names of everybody who changed an appointment: staff, its patient, or its visitor."""
    ids = {row.recorded_by_id for row in rows if row.recorded_by_id}
    found: dict[object, str] = dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
    found |= {one.pk: f"{one.name}, the patient" for one in Patient.objects.filter(pk__in=ids)}
    if appointment.visitor:
        found[appointment.visitor.pk] = f"{appointment.visitor.name}, online"
    return found
