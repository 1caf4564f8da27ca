"""A time as the desk picks it: a day, a clock and somebody; what is offered around it, and why it is not."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from needlework.diary.models import Resource, Service
from needlework.diary.problems import NotOfferedError
from needlework.diary.queries.availability import Asking, offers, start_at, why_never
from needlework.diary.queries.desk import Free, free_on
from needlework.diary.slots.clock import shown
from needlework.patients.models import Patient

__all__ = ["Choices", "Patient", "Picked", "Resource", "Service", "choices", "performers", "picked"]

ONE, LOOK_AHEAD = timedelta(days=1), timedelta(days=92)


@dataclass(frozen=True)
class Picked:
    """A time that somebody picked, by the clinic's clock; `refused` says why it is not offered, if so."""

    begins: datetime
    ends: datetime
    practitioner: Resource
    refused: str
    impossible: bool
    """No reason makes it possible: the clock never shows this time, it has passed, or lies too far ahead."""


@dataclass(frozen=True)
class Choices:
    """The free times of a day: by practitioner, with the next day that has any where this one has none."""

    day: date
    people: list[tuple[Resource, list[str]]]
    sentence: str
    next_day: date | None

    @property
    def before(self) -> date:
        """The day before."""
        return self.day - ONE

    @property
    def after(self) -> date:
        """The day after."""
        return self.day + ONE


def choices(service: Service, day: date, zone: ZoneInfo, *, asking: Asking, at: datetime) -> Choices:
    """Return when a service can begin on a day, with everybody who offers it."""
    free = free_on(service, day, asking=asking, at=at)
    doing = {one.pk: one for one in performers(service)}
    people = [(who, _clocks(free, key, zone)) for key, who in doing.items() if free.starts.get(key)]
    return Choices(day, people, free.sentence, None if people else _next_day(service, day, asking, at))


def performers(service: Service) -> list[Resource]:
    """Return who offers a service, by name."""
    return list(
        service.performers.filter(ended_at=None, user__ended_at=None).select_related("user").order_by("user__name")
    )


def picked(
    service: Service, day: date, clock: time, practitioner: Resource, zone: ZoneInfo, *, asking: Asking, at: datetime
) -> Picked:
    """Return a time that somebody picked, and why it is not offered, if so."""
    begins = datetime.combine(day, clock, zone)
    moved = asking.instead_of
    length = moved.ends - moved.begins if moved else timedelta(minutes=service.minutes)
    ends = (begins.astimezone(UTC) + length).astimezone(zone)
    impossible = bool(why_never(service, begins, at=at))
    try:
        start_at(service, begins, practitioner=practitioner, asking=asking, at=at)
    except NotOfferedError as refused:
        return Picked(begins, ends, practitioner, str(refused), impossible)
    return Picked(begins, ends, practitioner, "", impossible=False)


def _clocks(free: Free, who: int, zone: ZoneInfo) -> list[str]:
    return [f"{shown(minute, zone):%H:%M}" for minute in free.starts[who]]


def _next_day(service: Service, day: date, asking: Asking, at: datetime) -> date | None:
    """Return the next day on which a service is free."""
    found = offers(service, first=day + ONE, last=day + LOOK_AHEAD, asking=asking, at=at)
    return next((one.day for one in found.days if one.count), None)
