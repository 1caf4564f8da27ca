"""The settings of a clinic's diary as its lead sees them: who works when, what is offered, and what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from needlework.accounts.models import Clinic, User
from needlework.diary import bank_holidays
from needlework.diary.hours import DAYS, Hours, Week
from needlework.diary.models import Absence, ChangedDay, Closure, Resource, ResourceKind, Service, WorkingHours
from needlework.diary.queries.practitioners import practitioners_at
from needlework.diary.queries.rules import zone_of
from needlework.web.templatetags.dates import short_date

AHEAD = timedelta(days=365)


@dataclass(frozen=True)
class Away:
    """An absence, and its time in words by the clock of the clinic that reads it."""

    absence: Absence
    words: str


@dataclass(frozen=True)
class PersonsWeek:
    """When somebody works at a clinic: each day of the week, and what changes soon."""

    person: User
    days: list[WorkingHours | None]
    """Seven, from Monday; None where the day is free."""
    changes_on: date | None
    """The day from which another week holds."""
    away: list[Away]

    @property
    def named(self) -> list[tuple[str, WorkingHours | None]]:
        """Each day by its name."""
        return list(zip(DAYS, self.days, strict=True))

    @property
    def works(self) -> bool:
        """Whether any day has hours."""
        return any(self.days)


@dataclass(frozen=True)
class WorkingTime:
    """When somebody works at a clinic: now, from which day otherwise, and on which days differently."""

    now: PersonsWeek
    later: list[tuple[date, PersonsWeek]]
    changed: list[ChangedDay]

    @property
    def ends_on(self) -> date | None:
        """The last day of the hours that hold now, where none follow."""
        return self.now.changes_on - timedelta(days=1) if self.now.changes_on and not self.later else None


@dataclass(frozen=True)
class ClosedDays:
    """Days on which a clinic is closed, or a bank holiday on which it is open."""

    first_day: date
    last_day: date
    reason: str
    closure: Closure | None
    """None for a bank holiday about which nobody has said anything."""

    @property
    def is_open(self) -> bool:
        """Whether the clinic is open all the same."""
        return self.closure is not None and self.closure.is_open


def today_at(clinic: Clinic, at: datetime) -> date:
    """Return the day it is at a clinic."""
    return at.astimezone(zone_of(clinic)).date()


def weeks_of(clinic: Clinic, *, at: datetime) -> list[PersonsWeek]:
    """Return the week of everybody who treats at a clinic, in order of their names."""
    people = list(practitioners_at(clinic))
    today = today_at(clinic, at)
    rows, away = _rows_by_person(clinic, today), _absences_by_person(people, clinic, at)
    return [_persons_week(person, rows[person.pk], away[person.pk], today) for person in people]


def week_of(person: User, clinic: Clinic, *, on: date) -> Week:
    """Return the hours of each weekday that hold for somebody on a day."""
    rows = [row for row in _rows_by_person(clinic, on)[person.pk] if row.from_day <= on]
    return {row.weekday: Hours(row.opens, row.closes, row.break_starts, row.break_ends) for row in rows}


def working_time(person: User, clinic: Clinic, *, at: datetime) -> WorkingTime:
    """Return when somebody works at a clinic, now and later."""
    today = today_at(clinic, at)
    rows, away = _rows_by_person(clinic, today)[person.pk], _absences_by_person([person], clinic, at)[person.pk]
    starts = sorted({row.from_day for row in rows if row.from_day > today})
    changed = ChangedDay.objects.filter(resource__user=person, clinic=clinic, day__gte=today, withdrawn_at=None)
    return WorkingTime(
        now=_persons_week(person, rows, away, today),
        later=[(day, _persons_week(person, rows, [], day)) for day in starts],
        changed=list(changed.order_by("day")),
    )


def absences_of(thing: Resource, clinic: Clinic, *, at: datetime) -> list[Away]:
    """Return the absences of a room or device that are not over, the soonest first."""
    rows = Absence.objects.filter(resource=thing, withdrawn_at=None, ends__gt=_minute(at))
    return _in_words(rows, clinic)


def resources_at(clinic: Clinic) -> list[Resource]:
    """Return the rooms and devices in use at a clinic: rooms first, in order of their names."""
    standing = Resource.objects.filter(clinic=clinic, ended_at=None)
    return sorted(standing, key=lambda one: (one.kind != ResourceKind.ROOM, one.name))


def sorts_at(clinic: Clinic) -> dict[str, list[str]]:
    """Return which sorts of rooms and devices a clinic has, by kind."""
    standing = Resource.objects.filter(clinic=clinic, ended_at=None).order_by("type")
    found: dict[str, list[str]] = {}
    for kind, sort in standing.values_list("kind", "type").distinct():
        found.setdefault(kind, []).append(sort)
    return found


def services_at(clinic: Clinic) -> list[Service]:
    """Return what a clinic offers, consultations first, each with who does it."""
    standing = Service.objects.filter(clinic=clinic, ended_at=None).prefetch_related("performers__user")
    return sorted(standing, key=lambda one: (not one.is_consultation, one.name))


def closed_days(clinic: Clinic, *, since: date) -> list[ClosedDays]:
    """Return closures and bank holidays of the twelve months from a day on, in order."""
    until = since + AHEAD
    standing = Closure.objects.filter(clinic=clinic, withdrawn_at=None, last_day__gte=since, first_day__lte=until)
    closures = list(standing)
    opened = {closure.first_day: closure for closure in closures if closure.is_open}
    holidays = bank_holidays.of(clinic.nation, range(since.year, until.year + 1))
    days = [ClosedDays(day, day, name, opened.get(day)) for day, name in holidays.items() if since <= day <= until]
    days += [ClosedDays(one.first_day, one.last_day, one.reason, one) for one in closures if not one.is_open]
    return sorted(days, key=lambda one: (one.first_day, one.last_day))


def _rows_by_person(clinic: Clinic, since: date) -> Mapping[UUID | None, list[WorkingHours]]:
    """Return the hours at a clinic that hold on a day or later, by person."""
    rows = WorkingHours.objects.filter(Q(until_day=None) | Q(until_day__gte=since), clinic=clinic, withdrawn_at=None)
    found: dict[UUID | None, list[WorkingHours]] = defaultdict(list)
    for row in rows.select_related("resource").order_by("weekday", "from_day"):
        found[row.resource.user_id].append(row)
    return found


def _absences_by_person(people: Iterable[User], clinic: Clinic, at: datetime) -> Mapping[UUID | None, list[Away]]:
    rows = Absence.objects.filter(resource__user__in=people, withdrawn_at=None, ends__gt=_minute(at))
    found: dict[UUID | None, list[Away]] = defaultdict(list)
    for away in _in_words(rows.select_related("resource"), clinic):
        found[away.absence.resource.user_id].append(away)
    return found


def _in_words(absences: QuerySet[Absence], clinic: Clinic) -> list[Away]:
    zone = zone_of(clinic)
    return [
        Away(one, span(one.begins.astimezone(zone), one.ends.astimezone(zone))) for one in absences.order_by("begins")
    ]


def span(begins: datetime, ends: datetime) -> str:
    """Write from when to when in words: days alone where both ends are midnights."""
    if begins.time() == ends.time() == time():
        last = ends - timedelta(days=1)
        return short_date(begins) if last.date() == begins.date() else f"{short_date(begins)} to {short_date(last)}"
    until = f"{ends:%H:%M}" if begins.date() == ends.date() else f"{short_date(ends)}, {ends:%H:%M}"
    return f"{short_date(begins)}, {begins:%H:%M} to {until}"


def _persons_week(person: User, rows: list[WorkingHours], away: list[Away], on: date) -> PersonsWeek:
    today = {row.weekday: row for row in rows if row.from_day <= on <= (row.until_day or date.max)}
    ends = [row.until_day + timedelta(days=1) for row in today.values() if row.until_day]
    later = [row.from_day for row in rows if row.from_day > on]
    return PersonsWeek(person, [today.get(day) for day in range(7)], min([*ends, *later], default=None), away)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
