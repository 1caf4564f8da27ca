"""Appointments that no longer stand inside working time: nobody cancels them, somebody moves them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import Clinic, User
from needlework.diary.minutes import minute_of
from needlework.diary.models import Absence, Appointment, Performer, Resource, State
from needlework.diary.queries.loading import place_of, times_of
from needlework.diary.queries.practitioners import practitioners_at
from needlework.diary.slots.bits import touched
from needlework.diary.slots.clock import Days, days_between
from needlework.diary.slots.offering import Thing
from needlework.diary.slots.words import named
from needlework.diary.slots.working import working


@dataclass(frozen=True)
class Trouble:
    """An appointment that cannot be kept as it is, and why."""

    appointment: Appointment
    sentence: str
    zone: ZoneInfo


def troubled(user: User, at: datetime) -> list[Trouble]:
    """Return the appointments still to come, at somebody's clinics, that no longer stand, the soonest first."""
    clinics = Clinic.objects.filter(pk__in=clinics_where(user, "see-diary"))
    found = (trouble for clinic in clinics for trouble in troubled_at(clinic, at))
    return sorted(found, key=lambda one: (one.appointment.begins, one.appointment.pk))


def troubled_at(clinic: Clinic, at: datetime) -> Iterator[Trouble]:
    """Yield those of one clinic, the soonest first."""
    people = ("patient", "visitor", "service", "series", "clinic", "practitioner__user", "room", "device")
    ahead = Appointment.objects.filter(
        clinic=clinic, state=State.BOOKED, begins__gt=at.replace(second=0, microsecond=0)
    )
    appointments = list(ahead.select_related(*people).order_by("begins"))
    if not appointments:
        return
    judge = _judge(clinic, appointments)
    for appointment in appointments:
        sentence = next(judge.reasons(appointment), "")
        if sentence:
            yield Trouble(appointment, sentence, judge.days.zone)


@dataclass(frozen=True)
class _Judge:
    """What holds at a clinic on the days of some appointments."""

    days: Days
    works: dict[int, list[int]]
    closed: Mapping[date, str]
    away: dict[int, list[tuple[int, int, str]]]
    treating: frozenset[UUID]
    doing: frozenset[tuple[UUID, int]]

    def reasons(self, appointment: Appointment) -> Iterator[str]:
        """Yield every reason why an appointment no longer stands, the plainest first."""
        index = self.days.place(minute_of(appointment.begins))
        day, who = self.days.days[index], appointment.practitioner
        if self._left(who):
            yield f"{who} no longer works here."
        elif (appointment.service_id, who.pk) not in self.doing:
            yield f"{who} no longer offers {appointment.service}."
        for thing in (appointment.room, appointment.device):
            if thing and thing.ended_at:
                yield f"{thing} is no longer in use."
        if day in self.closed:
            why = f": {self.closed[day]}" if self.closed[day] else ""
            yield f"The clinic is closed on {named(day)}{why}."
        for thing in (who, appointment.room, appointment.device):
            if thing:
                yield from self._aways(appointment, thing)
        if not appointment.overbooked and self._outside(appointment, index):
            yield f"{who} does not work at that time any more."

    def _left(self, who: Resource) -> bool:
        return who.ended_at is not None or who.user_id not in self.treating

    def _aways(self, appointment: Appointment, thing: Resource) -> Iterator[str]:
        begins, ends = minute_of(appointment.begins), minute_of(appointment.ends)
        what = "is away" if thing.user_id else "cannot be used"
        for since, until, reason in self.away[thing.pk]:
            if since < ends and until > begins:
                yield f"{thing} {what}{f': {reason}' if reason else ''}."

    def _outside(self, appointment: Appointment, index: int) -> bool:
        start = self.days.begins[index]
        busy = touched(minute_of(appointment.begins) - start, minute_of(appointment.ends) - start)
        return bool(busy & ~self.works[appointment.practitioner_id][index])


def _judge(clinic: Clinic, appointments: Sequence[Appointment]) -> _Judge:
    """Read, in a few statements however many appointments there are, what decides whether each still stands."""
    place = place_of(appointments[0].service)
    first, last = (appointments[edge].begins.astimezone(place.zone).date() for edge in (0, -1))
    days = days_between(first, last, place.zone)
    practitioners = {one.practitioner_id: Thing(one.practitioner_id, "", 0) for one in appointments}
    times = times_of(place, practitioners.values(), first, last)
    services = {one.service_id for one in appointments}
    return _Judge(
        days=days,
        works=working(days, times.hours, times.changed, times.closed),
        closed=times.closed,
        away=_away(appointments),
        treating=frozenset(practitioners_at(clinic).values_list("pk", flat=True)),
        doing=frozenset(Performer.objects.filter(service__in=services).values_list("service_id", "resource_id")),
    )


def _away(appointments: Sequence[Appointment]) -> dict[int, list[tuple[int, int, str]]]:
    things = {pk for one in appointments for pk in (one.practitioner_id, one.room_id, one.device_id) if pk}
    absent = Absence.objects.filter(resource__in=things, withdrawn_at=None, ends__gt=appointments[0].begins)
    found = defaultdict[int, list[tuple[int, int, str]]](list)
    for absence in absent.filter(begins__lt=appointments[-1].ends):
        found[absence.resource_id].append((minute_of(absence.begins), minute_of(absence.ends), absence.reason))
    return found
