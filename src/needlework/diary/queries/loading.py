"""Everything that decides what can be offered, read in five statements whatever lies in the past."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from needlework.diary import bank_holidays, limits
from needlework.diary.models import Appointment, DiaryRules, ForWhom, Hold, Service, Visitor
from needlework.diary.queries import statements
from needlework.diary.queries.statements import key, read
from needlework.diary.slots.clock import DAY, Days
from needlework.diary.slots.limits import Block
from needlework.diary.slots.offering import Thing
from needlework.diary.slots.taken import LONGEST_CLEANING, Row
from needlework.diary.slots.working import Changed, Hours
from needlework.patients.models import Patient

RULES = ("time_zone", "grid_minutes", "notice_hours", "horizon_days", "open_on_bank_holidays")


@dataclass(frozen=True, slots=True)
class Place:
    """A clinic: its clock, and the rules by which it can be booked."""

    clinic: UUID
    nation: str
    zone: ZoneInfo
    grid_minutes: int
    notice_hours: int
    horizon_days: int
    open_on_bank_holidays: bool


@dataclass(frozen=True, slots=True)
class Person:
    """What stands for somebody among the resources, and what decides whether they may book online."""

    resources: tuple[int, ...]
    blocks: tuple[Block, ...]
    """Those that staff put."""
    attended: bool
    """Here before; looked up, as the next is, only for a service that asks for it."""
    consulted: bool
    """Had a consultation."""


@dataclass(frozen=True, slots=True)
class Things:
    """What a service can be done with: all its practitioners, rooms and devices."""

    practitioners: tuple[Thing, ...]
    rooms: tuple[Thing, ...] | None
    """None where the service needs none."""
    devices: tuple[Thing, ...] | None

    def all(self) -> list[Thing]:
        """Return all of them."""
        return [*self.practitioners, *(self.rooms or ()), *(self.devices or ())]


@dataclass(frozen=True, slots=True)
class Times:
    """Hours of the week, days that differ, and why the clinic is closed on which days."""

    hours: list[Hours]
    changed: Changed
    closed: Mapping[date, str]


@dataclass(frozen=True, slots=True)
class Rows:
    """What is taken, what is away, and which of what is taken counts as free all the same."""

    taken: Sequence[Row]
    away: Sequence[Row]
    freed: "Counter[Row]"


def place_of(service: Service) -> Place:
    """Return where a service is given."""
    ((nation, *own),) = read(statements.PLACE, {"clinic": key(service.clinic_id)})
    zone, grid, notice, horizon, is_open = own if own[0] is not None else _usual()
    return Place(service.clinic_id, nation, ZoneInfo(zone), grid, notice, horizon, bool(is_open))


def _usual() -> list[Any]:
    rules = DiaryRules()
    return [getattr(rules, name) for name in RULES]


def things_for(
    service: Service, patient: Patient | None, visitor: Visitor | None, at: datetime
) -> tuple[Things, Person]:
    """Return what a service can be done with, and who asks for it: a patient is also every visitor they once were."""
    values = {
        "service": key(service.pk),
        "clinic": key(service.clinic_id),
        "room_type": service.room_type,
        "device_type": service.device_type,
        "patient": key((patient.merged_into_id or patient.pk) if patient else None),
        "visitor": key(visitor.pk if visitor else None),
        "yesterday": str(at.date() - timedelta(1)),
    }
    asks_before = service.consultation_first or service.for_whom != ForWhom.EVERYBODY
    rows = read(statements.THINGS + (statements.BEFORE if asks_before else ""), values)

    def of(kind: str) -> tuple[Thing, ...]:
        return tuple(Thing(number, name, clean) for number, sort, _, clean, name in rows if sort == kind)

    sorts = {row[1] for row in rows}
    until = [row[4] and date.fromisoformat(row[4]) for row in rows if row[1] == "blocked"]
    person = Person(
        resources=tuple(row[0] for row in rows if row[1] == "person"),
        blocks=tuple(limits.put_by_staff(day) for day in until),
        attended="attended" in sorts,
        consulted="consulted" in sorts,
    )
    rooms, devices = of("room") if service.room_type else None, of("device") if service.device_type else None
    return Things(of("practitioner"), rooms, devices), person


def times_of(place: Place, practitioners: Iterable[Thing], first: date, last: date) -> Times:
    """Return the working time of some practitioners at a clinic over some days."""
    values = {"clinic": key(place.clinic), "first": str(first), "last": str(last)}
    rows = read(statements.TIMES, values, ids=[one.id for one in practitioners])
    hours: list[Hours] = []
    changed: dict[tuple[int, date], tuple[time, time] | None] = {}
    closed: dict[date, str] = {}
    open_days: set[date] = set()
    for sort, resource, weekday, opens, closes, pause, resumes, since, until, reason in rows:
        begins, ends, low, high = _clock(opens), _clock(closes), _day(since), _day(until)
        if sort == "week":
            hours.append(Hours(resource, weekday, begins, ends, _clock(pause), _clock(resumes), low, high))
        elif sort == "changed":
            changed[resource, low] = (begins, ends) if opens else None
        else:
            days = _days(max(first, low), min(last, high))
            if sort == "open":
                open_days.update(days)
            else:
                closed.update(dict.fromkeys(days, reason))
    return Times(hours, changed, _holidays(place, first, last, open_days) | closed)


def _holidays(place: Place, first: date, last: date, open_days: set[date]) -> dict[date, str]:
    if place.open_on_bank_holidays:
        return {}
    named = bank_holidays.of(place.nation, range(first.year, last.year + 1))
    return {day: name for day, name in named.items() if first <= day <= last and day not in open_days}


@lru_cache(maxsize=1024)
def _clock(value: Any) -> Any:
    """Return a time of day, which SQLite keeps as text."""
    return time.fromisoformat(value) if isinstance(value, str) else value


@lru_cache(maxsize=1024)
def _day(value: Any) -> Any:
    """Return a day, which SQLite keeps as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _days(first: date, last: date) -> list[date]:
    return [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]


def rows_of(
    days: Days, resources: Sequence[int], at: datetime, hold: Hold | None, moved: Sequence[Appointment]
) -> Rows:
    """Return what is taken of some resources, and when they are away, so far as it touches some days.

    What holds that have ended occupy counts as free, and so does the asker's own hold, and what would be moved.
    """
    since = days.begins[0]
    values = {
        "since": since,
        "day_before": since - DAY,
        "until": days.begins[-1] + LONGEST_CLEANING,
        "at": connection.ops.adapt_datetimefield_value(at),
        "hold": key(hold.pk if hold else None),
    }
    busy = read(statements.TAKEN, values, ids=resources)
    also = statements.FREED if moved else ""
    away: list[Row] = []
    freed: Counter[Row] = Counter()
    for sort, *row in read(statements.AWAY + also, values, ids=resources, moved=[one.pk for one in moved]):
        if sort == "away":
            away.append((row[0], row[1], row[2]))
        else:
            freed[row[0], row[1], row[2]] += 1
    return Rows(busy, away, freed)
