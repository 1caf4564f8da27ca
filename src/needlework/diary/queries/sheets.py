"""The pages of the diary: a clinic's day side by side, and one column's week."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.http import Http404

from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import Clinic, User
from needlework.diary.models import DiaryRules, Resource, ResourceKind
from needlework.diary.queries.cards import Card, Taken, clock, taken
from needlework.diary.queries.grounds import Grounds, grounds_of
from needlework.diary.queries.rules import rules_of
from needlework.diary.sheets import clocks
from needlework.diary.sheets.blocks import FREE, Column, Item, Stretch, covering
from needlework.diary.sheets.clocks import Change, change_on, window
from needlework.diary.sheets.layout import Cell, Head, Sheet, lay_out
from needlework.diary.slots.clock import DAY, Days, days_between, minute_of

MISSING = "There is no such diary, or not one of your clinics."
PRINTED = {"appointment", "break", "away"}
Starts = Mapping[int, Sequence[int]]
"""Practitioner → minutes."""


@dataclass(frozen=True)
class Asked:
    """What the address of a page asks for; what it leaves open is the clinic's first choice."""

    clinic: UUID | None = None
    day: date | None = None
    by_room: bool = False
    resource: int | None = None
    private: bool = False


@dataclass(frozen=True)
class Here:
    """One clinic's diary as somebody sees it: the clinic, its clock, its practitioners and rooms."""

    clinic: Clinic
    zone: ZoneInfo
    rules: DiaryRules
    clinics: Sequence[Clinic]
    practitioners: Mapping[int, str]
    rooms: Mapping[int, str]
    now: int
    today: date


@dataclass(frozen=True)
class DayPage:
    """A clinic's day."""

    here: Here
    day: date
    private: bool
    by_room: bool
    sheet: Sheet | None
    """None on a day on which nobody works and nothing is booked."""
    closed: str
    change: Change | None
    cards: list[Card]
    cancelled: list[Card]

    @property
    def free(self) -> tuple[str, str] | None:
        """When and with whom the next free time is."""
        heads = [head for head in self.sheet.heads if head.free_from is not None] if self.sheet else []
        first = min(heads, key=lambda head: head.free_from or 0, default=None)
        return (first.free, first.name) if first else None

    @property
    def lists(self) -> list[tuple[Head, list[Cell]]]:
        """The columns as lists in order of time, as they are printed: what is booked, and why nobody is there."""
        if self.sheet is None:
            return []
        cells = [cell for row in self.sheet.rows for cell in row.cells if cell.kind in PRINTED]
        return [(head, [cell for cell in cells if cell.column == head.number]) for head in self.sheet.heads]


@dataclass(frozen=True)
class WeekPage:
    """Seven days of one practitioner or room."""

    here: Here
    resource: int
    name: str
    names: Mapping[int, str]
    """Whose week can be seen."""
    monday: date
    private: bool
    by_room: bool
    sheet: Sheet | None
    changes: list[Change]


def here(user: User, clinic_id: UUID | None, at: datetime) -> Here:
    """Return one of somebody's clinics, the first where none is asked for; 404 for any other."""
    clinics = list(Clinic.objects.filter(pk__in=clinics_where(user, "see-diary")).order_by("name"))
    clinic = next((one for one in clinics if clinic_id in {None, one.pk}), None)
    if clinic is None:
        raise Http404(MISSING)
    rules = rules_of(clinic)
    zone = ZoneInfo(rules.time_zone)
    treating = Q(kind=ResourceKind.PRACTITIONER, user__ended_at=None, hours__clinic=clinic)
    things = Resource.objects.filter(treating | Q(kind=ResourceKind.ROOM, clinic=clinic), ended_at=None).distinct()
    kept = list(things.order_by("user__name", "name", "pk").values_list("pk", "kind", "user__name", "name"))
    return Here(
        clinic=clinic,
        zone=zone,
        rules=rules,
        clinics=clinics,
        practitioners={pk: person for pk, kind, person, _ in kept if kind == ResourceKind.PRACTITIONER},
        rooms={pk: name for pk, kind, _, name in kept if kind == ResourceKind.ROOM},
        now=minute_of(at.replace(second=0, microsecond=0)),
        today=at.astimezone(zone).date(),
    )


def day_page(here: Here, asked: Asked, *, starts: Starts | None = None) -> DayPage:
    """Return a clinic's day, side by side; `starts` are the minutes at which a chosen service is offered."""
    day = asked.day or here.today
    days = days_between(day, day, here.zone)
    rooms: list[int | None] = [*here.rooms, None] if asked.by_room else []
    grounds = grounds_of(here.clinic, here.rules, days, here.practitioners, here.rooms if rooms else ())
    found = taken(here.clinic, days, rooms or here.practitioners, private=asked.private, now=here.now)
    columns = list(_rooms(here, grounds, found) if rooms else _practitioners(here, grounds, found, starts or {}))
    now = here.now if day == here.today else days.begins[-1] if day < here.today else None
    return DayPage(
        here=here,
        day=day,
        private=asked.private,
        by_room=asked.by_room,
        sheet=_sheet(columns, days, here.rules.grid_minutes, now),
        closed=grounds.closed(0),
        change=change_on(days, 0),
        cards=found.cards,
        cancelled=found.cancelled,
    )


def _practitioners(here: Here, grounds: Grounds, found: Taken, starts: Starts) -> Iterator[Column]:
    """Return a column for whoever works or has something to do."""
    for who, name in here.practitioners.items():
        stretches, items = grounds.of_practitioner(who, 0), found.items.get(who, [])
        if items or any(one.ground == FREE for one in stretches):
            yield Column(str(who), name, stretches, items, starts.get(who, ()))


def _rooms(here: Here, grounds: Grounds, found: Taken) -> Iterator[Column]:
    """Return a column for each room, and one for what needs none."""
    for room, name in here.rooms.items():
        yield Column(str(room), name, grounds.of_room(room, 0), found.items.get(room, []))
    if nowhere := found.items.get(None):
        yield Column("", "No room", grounds.of_room(None, 0), nowhere)


def _sheet(columns: list[Column], days: Days, grid: int, now: int | None) -> Sheet | None:
    """Return the table of one day; None where nobody works and nothing is booked."""
    first, last = days.begins
    whole = [replace(column, ground=covering(column.ground, first, last)) for column in columns]
    hours = window((column.ground for column in whole), (column.items for column in whole), first, last)
    if hours is None:
        return None
    cut = [replace(column, ground=covering(column.ground, *hours)) for column in whole]
    return lay_out(cut, grid=grid, label=partial(clock, zone=days.zone), now=now)


def week_page(here: Here, asked: Asked) -> WeekPage:
    """Return seven days of one practitioner or room, the first where none is asked for; 404 for any other."""
    names = here.rooms if asked.by_room else here.practitioners
    resource = asked.resource or next(iter(names), 0)
    if resource not in names:
        raise Http404(MISSING)
    day = asked.day or here.today
    monday = day - timedelta(days=day.weekday())
    days = days_between(monday, monday + timedelta(days=6), here.zone)
    grounds = grounds_of(here.clinic, here.rules, days, here.practitioners, [resource])
    found = taken(here.clinic, days, [resource], private=asked.private, now=here.now)
    of = grounds.of_room if asked.by_room else grounds.of_practitioner
    columns = [_weekday(days, index, of(resource, index), found.items.get(resource, [])) for index in range(7)]
    return WeekPage(
        here=here,
        resource=resource,
        name=names[resource],
        names=names,
        monday=monday,
        private=asked.private,
        by_room=asked.by_room,
        sheet=_week(columns, here.rules.grid_minutes),
        changes=[change for index in range(7) if (change := change_on(days, index))],
    )


def _weekday(days: Days, index: int, stretches: Iterable[Stretch], items: Iterable[Item]) -> Column:
    """Return one day of a week by the clock on the wall."""
    day, begins, ends = days.days[index], days.begins[index], days.begins[index + 1]
    ground = [clocks.stretch_on_the_wall(days, day, one) for one in covering(stretches, begins, ends)]
    own = [one for one in items if one.begins < ends and one.tail_ends > begins]
    return Column(
        day.isoformat(),
        f"{day:%a} {day.day} {day:%b}",
        ground,
        [clocks.item_on_the_wall(days, day, one) for one in own],
    )


def _week(columns: list[Column], grid: int) -> Sheet | None:
    hours = window((column.ground for column in columns), (column.items for column in columns), 0, DAY)
    if hours is None:
        return None
    cut = [replace(column, ground=covering(column.ground, *hours)) for column in columns]
    return lay_out(cut, grid=grid, label=clocks.label_on_the_wall)
