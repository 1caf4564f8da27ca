"""The dates of a course as its pages show them, and what else could be chosen for one of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from needlework.diary.minutes import minute_of, moment_of
from needlework.diary.models import Performer, Resource, ResourceKind, Service
from needlework.diary.queries.availability import Asking, offers
from needlework.diary.queries.proposals import Chosen
from needlework.diary.slots.limits import Window
from needlework.diary.slots.offering import Start

MOST_SHOWN = 21
"""Days with free times that are shown to choose from."""

AHEAD = timedelta(days=41)
"""How far is looked where nothing says until when."""


@dataclass(frozen=True)
class Slot:
    """When and with whom: what a page's button sends, as minute and number of the practitioner."""

    begins: datetime
    practitioner: int

    @property
    def value(self) -> str:
        """What stands in the form."""
        return f"{minute_of(self.begins)}-{self.practitioner}"


@dataclass(frozen=True)
class Time:
    """A free time on the day that is shown."""

    slot: Slot
    begins: datetime
    who: str
    """With whom, where not all are with the same."""


@dataclass(frozen=True)
class Day:
    """A day with free times."""

    day: date
    chosen: bool


@dataclass(frozen=True)
class Choice:
    """The days and times from which one date can be chosen; or why there are none."""

    days: list[Day]
    day: date | None
    times: list[Time]
    who: str
    """With whom all of them are; empty where they differ."""
    sentence: str


@dataclass(frozen=True)
class Dated:
    """One session of a proposal as its page shows it."""

    number: int
    slot: Slot
    practitioner: str
    reasons: tuple[str, ...]
    choice: Choice | None = field(default=None, compare=False)

    @property
    def begins(self) -> datetime:
        """When it begins."""
        return self.slot.begins


def read_slot(text: str) -> Slot | None:
    """Return what a button sent; None where it is nothing of the kind."""
    minute, _, practitioner = text.partition("-")
    if not all(part.isascii() and part.isdigit() and len(part) < 12 for part in (minute, practitioner)):
        return None
    return Slot(moment_of(int(minute)), int(practitioner)) if int(minute) < moments_end() else None


def moments_end() -> int:
    """Return the last minute that a moment can be made of."""
    return minute_of(datetime.max.replace(second=0, microsecond=0, tzinfo=moment_of(0).tzinfo))


def slot_of(chosen: Chosen | Start) -> Slot:
    """Return when and with whom something begins."""
    return Slot(chosen.begins, chosen.practitioner)


def dated(chosen: Iterable[Chosen], names: Mapping[int, str]) -> list[Dated]:
    """Return the sessions of a proposal as a page shows them: with whom stands there anyway, so no reason says it."""
    return [Dated(one.number, slot_of(one), names[one.practitioner], _telling(one, names)) for one in chosen]


def _telling(one: Chosen, names: Mapping[int, str]) -> tuple[str, ...]:
    plain = f"with {names[one.practitioner]}"
    return tuple(reason for reason in one.reasons if reason not in (plain, f"{plain} as before"))


def choice(
    service: Service,
    *,
    window: Window,
    day: date | None,
    practitioner: Resource | None,
    asking: Asking,
    at: datetime,
    today: date,
) -> Choice:
    """Return the days with free times within a window, and the times of one of them."""
    first = max(today, window.first or today)
    last = max(first, min(window.last or date.max, _until(first, day)))
    found = offers(service, first=first, last=last, practitioner=practitioner, asking=asking, at=at)
    free = {one.day: one for one in found.days if one.count}
    shown = day if day in free else min(free, key=lambda one: abs(one - (day or first)), default=None)
    near = sorted(sorted(free, key=lambda one: (abs(one - (shown or first)), one))[:MOST_SHOWN])
    starts = free[shown].starts if shown else []
    names = {found.names[one.practitioner] for one in starts}
    only = names.pop() if len(names) == 1 else ""
    times = [Time(slot_of(one), one.begins, "" if only else found.names[one.practitioner]) for one in starts]
    return Choice([Day(one, one == shown) for one in near], shown, times, only, found.sentence)


def _until(first: date, day: date | None) -> date:
    return max(first, day or first) + AHEAD


def practitioners_of(service_ids: Iterable[UUID]) -> dict[int, Resource]:
    """Return by number who does some services and still works."""
    doing = Performer.objects.filter(service__in=service_ids, resource__ended_at=None).values("resource")
    found = Resource.objects.filter(pk__in=doing, kind=ResourceKind.PRACTITIONER, user__ended_at=None)
    return {one.pk: one for one in found.select_related("user").order_by("user__name", "pk")}
