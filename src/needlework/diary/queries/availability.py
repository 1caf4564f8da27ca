"""What can be booked, and whether a time can: one and the same working-out, so that what is offered is bookable."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from needlework.diary import limits
from needlework.diary.minutes import EPOCH, MINUTE
from needlework.diary.models import Appointment, ForWhom, Hold, Resource, Service, Visitor
from needlework.diary.problems import NotOfferedError, TakenError
from needlework.diary.queries import loading
from needlework.diary.slots.bits import STEP
from needlework.diary.slots.bounds import PASSED, Bounds, refuse_clock
from needlework.diary.slots.clock import Days, days_between, minute_of
from needlework.diary.slots.limits import Block, Window
from needlework.diary.slots.offering import Offering, Start, union
from needlework.diary.slots.refusing import Refusing
from needlework.diary.slots.taken import taken
from needlework.diary.slots.working import working
from needlework.patients.models import Patient

STAFF_HORIZON_DAYS = 366


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Who asks for a time, and by which limits.

    `known` says whether the person has been here before; None looks it up for a patient. `instead_of` is the
    appointment that would be moved, `along` others that move in the same operation, `hold` the hold that the asker
    has already: what these take counts as free. `blocks` and `window` come on top of those that `diary.limits` knows
    of a patient.
    """

    online: bool
    patient: Patient | None = None
    visitor: Visitor | None = None
    known: bool | None = None
    blocks: tuple[Block, ...] = ()
    window: Window | None = None
    instead_of: Appointment | None = None
    along: tuple[Appointment, ...] = ()
    hold: Hold | None = None

    @property
    def moved(self) -> list[Appointment]:
        """The appointments whose time counts as free."""
        return [one for one in (self.instead_of, *self.along) if one]


@dataclass(frozen=True)
class DayOffers:
    """What one day offers."""

    day: date
    count: int
    """How many different times there are."""
    sentence: str
    """Why there is none; empty where there is one."""
    _index: int = field(repr=False)
    _free: Mapping[int, int] = field(repr=False)
    _offering: Offering = field(repr=False)

    @cached_property
    def starts(self) -> list[Start]:
        """Every time at which an appointment can begin, each once, in order."""
        return self._offering.every_start(self._index, self._free)


@dataclass(frozen=True)
class Offers:
    """What some days offer, and the names of practitioners, rooms and devices by number."""

    days: list[DayOffers]
    names: Mapping[int, str]
    sentence: str
    """Why there is nothing at all; empty where there is something."""


def offers(
    service: Service,
    *,
    first: date,
    last: date,
    practitioner: Resource | None = None,
    asking: Asking,
    at: datetime,
) -> Offers:
    """Return what can be booked of a service from the first day to the last, both included."""
    found = load(service, first, last, practitioner, asking, at)
    days = [found.day(index) for index in range(len(found.offering.days.days))]
    return Offers(days, found.names, found.why_nothing(days))


def start_at(
    service: Service,
    begins: datetime,
    *,
    practitioner: Resource | None = None,
    asking: Asking,
    at: datetime,
) -> Start:
    """Return how an appointment at a moment would be booked; raise NotOfferedError, saying why, where it cannot be.

    A time that somebody else has raises TakenError.
    """
    place = loading.place_of(service)
    day = begins.astimezone(place.zone).date()
    return load(service, day, day, practitioner, asking, at, place).start(begins)


def why_never(service: Service, begins: datetime, *, at: datetime) -> str:
    """Return why staff book nothing at a moment for any reason: it is past, never comes, or lies too far ahead."""
    place = loading.place_of(service)
    there = begins.astimezone(place.zone)
    if begins <= at:
        return PASSED
    return refuse_clock(begins, there) or bounds_of(place, Asking(online=False), at).refuse_day(there.date())


@dataclass(frozen=True)
class Loaded:
    """What some days offer one asker, and the words for what they do not."""

    place: loading.Place
    bounds: Bounds
    offering: Offering
    refusing: Refusing
    gate: str
    """Why this asker cannot book this service on any day; empty where they can."""
    names: Mapping[int, str]

    def free(self, index: int) -> Mapping[int, int]:
        """Return, by practitioner, the bits of a day that are offered."""
        return {} if self.gate else self.offering.starts(index)

    def day(self, index: int) -> DayOffers:
        """Return what one day offers."""
        free, day = self.free(index), self.offering.days.days[index]
        said = "" if free else self.gate or self.bounds.refuse_day(day) or self.refusing.day(index)
        return DayOffers(day, union(free).bit_count(), said, index, free, self.offering)

    def why_nothing(self, days: list[DayOffers]) -> str:
        """Return why no day offers anything; empty where one does."""
        said = {day.sentence for day in days}
        if "" in said or not days:
            return ""
        if self.gate or len(said) == 1:
            return days[0].sentence
        blocked = next((self.bounds.refuse_day(day.day) for day in days if self.bounds.refuse_day(day.day)), "")
        return blocked or "Nothing is free on these days. Choose other days."

    def start(self, begins: datetime) -> Start:
        """Return how an appointment at a moment of the one day would be booked; raise NotOfferedError otherwise."""
        refused = self.bounds.refuse_moment(begins, self.place.zone) or self.gate
        if refused:
            raise NotOfferedError(refused)
        place, free = (minute_of(begins) - self.offering.days.begins[0]) // STEP, self.free(0)
        if union(free) >> place & 1:
            return self.offering.start(0, place, free)
        if said := self.refusing.time(0, place):
            raise NotOfferedError(said)
        raise TakenError(self.refusing.taken(0, place))


def load(
    service: Service,
    first: date,
    last: date,
    practitioner: Resource | None,
    asking: Asking,
    at: datetime,
    place: loading.Place | None = None,
) -> Loaded:
    """Read and work out what some days offer."""
    place = place or loading.place_of(service)
    things, person = loading.things_for(service, asking.patient, asking.visitor, at)
    bounds = bounds_of(place, asking, at, _blocks(service, asking, person, at))
    gate = _gate(service, things, practitioner)
    if asking.online:
        gate = gate or _gate_online(service, asking, person)
    if practitioner is not None:
        things = replace(things, practitioners=tuple(one for one in things.practitioners if one.id == practitioner.pk))
    days = days_between(first, last, place.zone)
    offering, closed = _offering(service, place, things, person, days, bounds, asking, at)
    return Loaded(
        place=place,
        bounds=bounds,
        offering=offering,
        refusing=Refusing(offering, closed, service.name, service.room_type, service.device_type, online=asking.online),
        gate=gate,
        names={thing.id: thing.name for thing in things.all()},
    )


def _blocks(service: Service, asking: Asking, person: loading.Person, at: datetime) -> tuple[Block, ...]:
    """Return every block that binds whoever asks."""
    blocks = asking.blocks + (asking.window.blocks() if asking.window else ()) + person.blocks
    if asking.patient:
        blocks += limits.from_above(asking.patient, service, at)
    return tuple(block for block in blocks if asking.online or not block.online_only)


def bounds_of(place: loading.Place, asking: Asking, at: datetime, blocks: tuple[Block, ...] = ()) -> Bounds:
    """Return between when an asker may book at a clinic."""
    today = at.astimezone(place.zone).date()
    return Bounds(
        asked_at=-((EPOCH - at) // MINUTE),
        notice_hours=place.notice_hours if asking.online else 0,
        first_day=today,
        last_day=today + timedelta(place.horizon_days if asking.online else STAFF_HORIZON_DAYS),
        grid=place.grid_minutes,
        blocks=blocks,
    )


def _offering(
    service: Service,
    place: loading.Place,
    things: loading.Things,
    person: loading.Person,
    days: Days,
    bounds: Bounds,
    asking: Asking,
    at: datetime,
) -> tuple[Offering, Mapping[date, str]]:
    times = loading.times_of(place, things.practitioners, days.days[0], days.days[-1])
    resources = [*(thing.id for thing in things.all()), *person.resources]
    rows = loading.rows_of(days, resources, at, asking.hold, asking.moved)
    moved = asking.instead_of
    offering = Offering(
        days=days,
        minutes=(moved.ends - moved.begins) // MINUTE if moved else service.minutes,
        practitioners=things.practitioners,
        rooms=things.rooms,
        devices=things.devices,
        person=person.resources,
        may_begin=bounds.may_begin(days),
        works=working(days, times.hours, times.changed, times.closed),
        away=taken(days, rows.away),
        taken=taken(days, rows.taken, rows.freed),
    )
    return offering, times.closed


def _gate(service: Service, things: loading.Things, practitioner: Resource | None) -> str:
    if service.ended_at:
        return f"{service.name} is no longer offered. Choose another service."
    if not things.practitioners:
        return f"Nobody offers {service.name} at present. Choose another service, or call the clinic."
    if practitioner is not None and practitioner.pk not in {one.id for one in things.practitioners}:
        return f"{practitioner} does not offer {service.name}. Choose somebody else."
    return ""


def _gate_online(service: Service, asking: Asking, person: loading.Person) -> str:
    known = person.attended if asking.known is None else asking.known
    if not service.online:
        return f"{service.name} cannot be booked online. Call the clinic."
    if service.consultation_first and not person.consulted:
        return f"{service.name} begins with a consultation. Book a consultation first."
    if service.for_whom == ForWhom.NEW and known:
        return f"{service.name} is for new patients. Choose another service."
    if service.for_whom == ForWhom.RETURNING and not known:
        return f"{service.name} is for patients who have been here before. Choose another service, or call the clinic."
    return ""
