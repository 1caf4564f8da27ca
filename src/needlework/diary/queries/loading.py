"""Everything that decides what can be offered, read in four statements whatever lies in the past."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.db.models import (
    BigIntegerField,
    DateField,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    TimeField,
    Value,
)
from django.db.models.functions import Cast

from needlework.accounts.models import Clinic
from needlework.diary import bank_holidays, limits
from needlework.diary.minutes import moment_of
from needlework.diary.models import (
    Absence,
    Appointment,
    ChangedDay,
    Closure,
    DiaryRules,
    Occupancy,
    Resource,
    ResourceKind,
    Service,
    State,
    Visitor,
    WorkingHours,
)
from needlework.diary.slots.clock import DAY, Days
from needlework.diary.slots.limits import Block
from needlework.diary.slots.offering import Thing
from needlework.diary.slots.taken import LONGEST_CLEANING, Row
from needlework.diary.slots.working import Hours
from needlework.patients.models import Patient

WEEK, CHANGED, CLOSED, OPEN = 0, 1, 2, 3
TAKEN, AWAY, FREED = 0, 1, 2
BLOCKED, ATTENDED, CONSULTED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Place:
    """A clinic, its rules and its clock."""

    clinic: Clinic
    rules: DiaryRules
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Things:
    """What a service can be done with: all its practitioners, rooms and devices, and what stands for the person."""

    practitioners: tuple[Thing, ...]
    rooms: tuple[Thing, ...] | None
    devices: tuple[Thing, ...] | None
    person: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """Hours of the week, days that differ, and why the clinic is closed on which days."""

    hours: list[Hours]
    changed: Mapping[tuple[int, date], tuple[time, time] | None]
    closed: Mapping[date, str]


@dataclass(frozen=True, slots=True)
class Rows:
    """What is taken, what is away, and which of what is taken counts as free all the same."""

    taken: list[Row]
    away: list[Row]
    freed: "Counter[Row]"


@dataclass(frozen=True, slots=True)
class History:
    """What decides whether a patient may book online: blocks that staff put, and whether they have been here before."""

    blocks: tuple[Block, ...] = ()
    attended: bool = False
    consulted: bool = False


def history_of(patient: Patient, at: datetime) -> History:
    """Return what decides whether a patient may book online."""
    put = limits.in_force(patient, at).values_list(_number(BLOCKED), "until_day")
    attended = Appointment.objects.filter(patient=patient, state=State.ATTENDED)
    sorts = attended.values_list(
        Cast("service__is_consultation", IntegerField()) + Value(ATTENDED), Value(None, output_field=DateField())
    )
    rows = list(put.union(sorts.distinct(), all=True))
    return History(
        blocks=tuple(limits.put_by_staff(until) for sort, until in rows if sort == BLOCKED),
        attended=any(sort != BLOCKED for sort, _ in rows),
        consulted=any(sort == CONSULTED for sort, _ in rows),
    )


def place_of(service: Service) -> Place:
    """Return where a service is given."""
    clinic = Clinic.objects.select_related("diary_rules").get(pk=service.clinic_id)
    rules = getattr(clinic, "diary_rules", None) or DiaryRules(clinic=clinic)
    return Place(clinic, rules, ZoneInfo(rules.time_zone))


def things_for(service: Service, person: Q | None) -> Things:
    """Return what a service can be done with."""
    columns = ("id", "kind", "type", "clean_down_minutes")
    kept = Resource.objects.filter(ended_at=None)
    doing = kept.filter(services=service, user__ended_at=None).values_list(*columns, "user__name")
    types = {ResourceKind.ROOM: service.room_type, ResourceKind.DEVICE: service.device_type}
    others = [
        kept.filter(clinic=service.clinic_id, kind=kind, type=wanted).values_list(*columns, "name")
        for kind, wanted in types.items()
        if wanted
    ]
    if person is not None:
        others.append(Resource.objects.filter(person).values_list(*columns, "name"))
    rows = list(doing.union(*others, all=True)) if others else list(doing)

    def of(kind: str, wanted: str) -> tuple[Thing, ...]:
        return tuple(Thing(pk, name, clean) for pk, own, sort, clean, name in rows if (own, sort) == (kind, wanted))

    return Things(
        practitioners=of(ResourceKind.PRACTITIONER, ""),
        rooms=of(ResourceKind.ROOM, service.room_type) if service.room_type else None,
        devices=of(ResourceKind.DEVICE, service.device_type) if service.device_type else None,
        person=tuple(row[0] for row in rows if row[1] in (ResourceKind.PATIENT, ResourceKind.VISITOR)),
    )


def person_is(patient: Patient | None, visitor: Visitor | None) -> Q | None:
    """Return the condition under which a resource stands for somebody, the visitor they were before included."""
    if patient is not None:
        return Q(patient=patient) | Q(visitor__in=Visitor.objects.filter(patient=patient))
    return Q(visitor=visitor) if visitor is not None else None


def times_of(place: Place, resources: Iterable[int], first: date, last: date) -> Times:
    """Return the working time of some practitioners at a clinic over some days."""
    clinic, ids = place.clinic, list(resources)
    nothing = {name: Value(None, output_field=TimeField()) for name in ("none_1", "none_2", "none_3", "none_4")}
    week = WorkingHours.objects.filter(
        Q(until_day=None) | Q(until_day__gte=first),
        resource__in=ids,
        clinic=clinic,
        from_day__lte=last,
        withdrawn_at=None,
    ).values_list(
        _number(WEEK), "resource_id", "weekday", "opens", "closes", "break_starts", "break_ends",
        "from_day", "until_day", _text(""),
    )  # fmt: skip
    changed = ChangedDay.objects.filter(
        resource__in=ids, clinic=clinic, day__range=(first, last), withdrawn_at=None
    ).values_list(
        _number(CHANGED), "resource_id", _number(0), "opens", "closes", nothing["none_1"], nothing["none_2"],
        "day", F("day"), "reason",
    )  # fmt: skip
    closures = Closure.objects.filter(
        clinic=clinic, last_day__gte=first, first_day__lte=last, withdrawn_at=None
    ).values_list(
        Cast("is_open", IntegerField()) + Value(CLOSED), _number(0), _number(0), *nothing.values(),
        "first_day", "last_day", "reason",
    )  # fmt: skip
    return _sorted_out(place, list(week.union(changed, closures, all=True)), first, last)


def _sorted_out(place: Place, rows: list[Any], first: date, last: date) -> Times:
    hours, changed, closed, open_days = [], {}, {}, set()
    for sort, *values, reason in rows:
        if sort == WEEK:
            hours.append(Hours(*values))
        elif sort == CHANGED:
            resource, _, opens, closes, _, _, day, _ = values
            changed[resource, day] = (opens, closes) if opens else None
        else:
            days = _days(max(first, values[-2]), min(last, values[-1]))
            if sort == OPEN:
                open_days.update(days)
            else:
                closed.update(dict.fromkeys(days, reason))
    if not place.rules.open_on_bank_holidays:
        named = bank_holidays.of(place.clinic.nation, range(first.year, last.year + 1))
        closed = {day: name for day, name in named.items() if first <= day <= last and day not in open_days} | closed
    return Times(hours, changed, closed)


def _days(first: date, last: date) -> list[date]:
    return [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]


def rows_of(days: Days, resources: Iterable[int], freed: Q | None, at: datetime) -> Rows:
    """Return what is taken of some resources, and when they are away, so far as it touches some days.

    `freed` says which occupancies count as free; those of holds that have ended do so always.
    """
    ids, begins, ends = list(resources), days.begins[0], days.begins[-1] + LONGEST_CLEANING
    busy = Occupancy.objects.filter(
        resource__in=ids, begins__gt=moment_of(begins - DAY), begins__lt=moment_of(ends), ends__gt=moment_of(begins)
    )
    away = Absence.objects.filter(
        resource__in=ids, withdrawn_at=None, ends__gt=moment_of(begins), begins__lt=moment_of(ends)
    )
    free = [Occupancy.objects.filter(hold__until__lte=at)]
    if freed:
        free = [free[0].exclude(freed), Occupancy.objects.filter(freed)]
    rows = _spans(busy, TAKEN).union(_spans(away, AWAY), *(_spans(one, FREED) for one in free), all=True)
    found: tuple[list[Row], list[Row], list[Row]] = ([], [], [])
    for sort, *row in rows:
        found[sort].append(cast(Row, tuple(row)))
    return Rows(found[TAKEN], found[AWAY], Counter(found[FREED]))


def _spans(rows: QuerySet[Any], sort: int) -> QuerySet[Any, Any]:
    return rows.values_list(_number(sort), "resource_id", _plain("begins"), _plain("ends"))


def _plain(column: str) -> "ExpressionWrapper[Any]":
    return ExpressionWrapper(F(column), output_field=BigIntegerField())


def _number(value: int) -> Value:
    return Value(value, output_field=IntegerField())


def _text(value: str) -> Cast:
    return Cast(Value(value), TextField())
