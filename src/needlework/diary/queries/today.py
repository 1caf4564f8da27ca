"""The appointments of somebody's clinics today, and who booked without being a patient yet: in one statement."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import User
from needlework.diary.models import Appointment, DiaryRules, State

AT_HAND = 12
NEAR = timedelta(hours=36)
"""Wherever a clinic's clock stands, its day lies within so many hours of now."""

SHOWN = (
    "begins", "ends", "state", "number", "overbooked", "practitioner__user__name", "service__name",
    "series__sessions", "patient__given_names", "patient__family_name", "visitor__details", "clinic__name",
    "clinic__diary_rules__time_zone",
)  # fmt: skip


@dataclass(frozen=True)
class Due:
    """One appointment of today: its time by the clinic's clock, who comes, and what for."""

    appointment: Appointment
    time: str
    name: str
    course: str
    past: bool


@dataclass(frozen=True)
class Today:
    """What the diary holds for today, in order of time, and the coming appointments of people still unknown."""

    due: list[Due]
    unmatched: list[Due]

    @property
    def at_hand(self) -> list[Due]:
        """The first who are here or still to come."""
        return [one for one in self.due if not one.past][:AT_HAND]

    @property
    def coming(self) -> Due | None:
        """The next one who is still to come."""
        return next((one for one in self.due if one.appointment.state == State.BOOKED and not one.past), None)


def today(user: User, *, at: datetime) -> Today:
    """Return what the day page shows of the diary."""
    clinics = clinics_where(user, "see-diary")
    near = Q(begins__gt=_minute(at - NEAR), begins__lt=_minute(at + NEAR))
    unknown = Q(patient=None, begins__gt=_minute(at))
    rows = Appointment.objects.filter(near | unknown, clinic__in=clinics).exclude(state=State.CANCELLED)
    people = ("patient", "visitor", "service", "series", "practitioner__user", "clinic__diary_rules")
    found = [(one, _zone(one)) for one in rows.select_related(*people).only(*SHOWN).order_by("begins", "pk")]
    shown = [(_due(one, zone, at), _is_today(one, zone, at)) for one, zone in found]
    unmatched = [one for one, _ in shown if one.appointment.patient_id is None and not one.past]
    return Today([one for one, is_today in shown if is_today], unmatched)


def _due(one: Appointment, zone: ZoneInfo, at: datetime) -> Due:
    name = one.patient.name if one.patient else one.visitor.name if one.visitor else ""
    course = f"session {one.number} of {one.series.sessions}" if one.series else ""
    return Due(one, f"{one.begins.astimezone(zone):%H:%M}", name, course, one.ends <= at)


def _is_today(one: Appointment, zone: ZoneInfo, at: datetime) -> bool:
    return one.begins.astimezone(zone).date() == at.astimezone(zone).date()


def _zone(one: Appointment) -> ZoneInfo:
    rules = getattr(one.clinic, "diary_rules", None) or DiaryRules()
    return ZoneInfo(rules.time_zone)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
