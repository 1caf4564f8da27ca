"""What takes up time in a clinic's diary, as its pages show it: appointments, holds, cleaning, hours elsewhere."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, ExpressionWrapper, F, Q
from django.urls import reverse

from needlework.accounts.models import Clinic
from needlework.diary.minutes import moment_of
from needlework.diary.models import Appointment, Hold, Occupancy, State, Visitor
from needlework.diary.models.appointment import LONGEST
from needlework.diary.sheets.blocks import Item, within
from needlework.diary.slots.clock import DAY, Days, shown
from needlework.web.status import STATUSES

BEGINS, ENDS = (ExpressionWrapper(F(column), output_field=BigIntegerField()) for column in ("begins", "ends"))
"""Minutes as the database holds them: hundreds are read for a page, and no moment is made of them."""

NOBODYS = UUID(int=0)
COLUMNS = (
    "id", "since", "until", "state", "overbooked", "number", "series__sessions", "service__name",
    "practitioner_id", "practitioner__user__name", "room_id", "room__name",
    "patient__given_names", "patient__family_name", "patient_id", "visitor_id",
)  # fmt: skip
HOLD_COLUMNS = ("id", "since", "over", "until", "practitioner_id", "room_id", "service__name", "offer__id")


@dataclass(frozen=True, slots=True)
class Card:
    """An appointment as the pages of the diary show it."""

    id: UUID
    url: str
    begins: int
    ends: int
    time: str
    until: str
    name: str
    service: str
    state: str
    word: str
    course: str
    practitioner_id: int
    practitioner: str
    room_id: int | None
    room: str
    overbooked: bool
    is_visitor: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A time that somebody is booking now, or that the waiting list was offered."""

    id: UUID
    begins: int
    ends: int
    time: str
    words: str
    service: str
    practitioner_id: int
    room_id: int | None


@dataclass(frozen=True, slots=True)
class Taken:
    """All that takes up time in a clinic on some days."""

    cards: list[Card]
    cancelled: list[Card]
    items: Mapping[int | None, list[Item]]
    """Practitioner or room → what stands in its column."""


def taken(clinic: Clinic, days: Days, resources: Collection[int | None], *, private: bool, now: int) -> Taken:
    """Read what takes up time on some days, sorted into the columns of some practitioners or rooms."""
    every = list(_cards(clinic, days, private=private))
    cards = [card for card in every if card.state != State.CANCELLED]
    held = list(_held(clinic, days, now))
    cancelled = [card for card in every if card.state == State.CANCELLED]
    return Taken(cards, cancelled, _items(clinic, days, resources, cards, held))


@lru_cache(maxsize=4096)
def clock(minute: int, zone: ZoneInfo) -> str:
    """Write what the clock shows at a minute; of a time that comes twice, the second says so."""
    there = shown(minute, zone)
    return f"{there:%H:%M} again" if there.fold else f"{there:%H:%M}"


def initials(name: str) -> str:
    """Return the initials of a name: J. E."""
    return " ".join(f"{word[0]}." for word in name.split())


def _cards(clinic: Clinic, days: Days, *, private: bool) -> Iterator[Card]:
    begins, ends = moment_of(days.begins[0]), moment_of(days.begins[-1])
    found = Appointment.objects.filter(clinic=clinic, begins__lt=ends, ends__gt=begins)
    found = found.filter(begins__gt=begins - timedelta(minutes=LONGEST)).order_by("begins", "booked_at")
    rows = list(found.annotate(since=BEGINS, until=ENDS).values_list(*COLUMNS))
    visitors = Visitor.objects.in_bulk({visitor for *_, patient, visitor in rows if patient is None})
    address = reverse("appointment", args=[NOBODYS])
    return (_card(row, visitors, days.zone, address, private=private) for row in rows)


def _card(
    row: tuple[Any, ...], visitors: Mapping[UUID, Visitor], zone: ZoneInfo, address: str, *, private: bool
) -> Card:
    (pk, begins, ends, state, overbooked, number, sessions, service, *where, given, family, patient, visitor) = row
    name = visitors[visitor].name if patient is None else f"{given} {family}".strip()
    who, practitioner, room_id, room = where
    return Card(
        id=pk,
        url=address.replace(str(NOBODYS), str(pk)),
        begins=begins,
        ends=ends,
        time=clock(begins, zone),
        until=clock(ends, zone),
        name=initials(name) if private else name,
        service=service,
        state=state,
        word=STATUSES[state].word,
        course=f"session {number} of {sessions}" if number else "",
        practitioner_id=who,
        practitioner=practitioner,
        room_id=room_id,
        room=room or "",
        overbooked=overbooked,
        is_visitor=patient is None,
    )


def _held(clinic: Clinic, days: Days, now: int) -> Iterator[Held]:
    """Return what is being booked now: a hold that has run out is nobody's, even before it is tidied away."""
    begins, ends = moment_of(days.begins[0]), moment_of(days.begins[-1])
    found = Hold.objects.filter(clinic=clinic, begins__lt=ends, ends__gt=begins, until__gt=moment_of(now))
    rows = found.order_by("begins").annotate(since=BEGINS, over=ENDS).values_list(*HOLD_COLUMNS)
    for pk, first, last, until, who, room, service, offer in rows:
        what = "offered to the waiting list" if offer else "being booked"
        words = f"{what} until {until.astimezone(days.zone):%H:%M}"
        yield Held(pk, first, last, clock(first, days.zone), words, service, who, room)


def _items(
    clinic: Clinic, days: Days, resources: Collection[int | None], cards: Iterable[Card], held: Iterable[Held]
) -> Mapping[int | None, list[Item]]:
    """Sort what is there into columns, each thing followed by its cleaning."""
    first, last = days.begins[0], days.begins[-1]
    occupied, elsewhere = _occupied(clinic, days, resources)
    known: list[tuple[str, Card | Held]] = [*(("appointment", one) for one in cards), *(("hold", one) for one in held)]
    found: dict[int | None, list[Item]] = defaultdict(list)
    for kind, one in known:
        for where in (one.practitioner_id, one.room_id):
            if where in resources:
                tail_ends = occupied.get((where, one.id), one.ends)
                found[where].append(within(Item(one.begins, one.ends, tail_ends, kind, one), first, last))
    for where, begins, ends in elsewhere:
        found[where].append(within(Item(begins, ends, ends, "elsewhere"), first, last))
    return found


def _occupied(
    clinic: Clinic, days: Days, resources: Collection[int | None]
) -> tuple[dict[tuple[int | None, UUID], int], list[tuple[int, int, int]]]:
    """Return until when what is cleaned after an appointment stays busy, and what other clinics take up."""
    begins, ends = moment_of(days.begins[0]), moment_of(days.begins[-1])
    here = [one for one in resources if one]
    rows = Occupancy.objects.filter(resource__in=here, begins__lt=ends, ends__gt=begins, hold=None)
    rows = rows.filter(begins__gt=begins - timedelta(minutes=DAY))
    longer = Q(ends__gt=F("appointment__ends")) | ~Q(appointment__clinic=clinic)
    columns = ("resource_id", "appointment_id", "appointment__clinic_id", "since", "until")
    own, others = {}, []
    for where, what, whose, since, until in (
        rows.filter(longer).annotate(since=BEGINS, until=ENDS).values_list(*columns)
    ):
        if whose == clinic.pk:
            own[where, what] = until
        else:
            others.append((where, since, until))
    return own, others
