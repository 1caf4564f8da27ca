"""The page on which somebody chooses a time: two weeks of days, and the free times of one of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from needlework.diary.minutes import minute_of
from needlework.diary.models import Resource, Service
from needlework.diary.queries import online
from needlework.diary.queries.availability import Asking, DayOffers, offers
from needlework.diary.queries.own import zone_words
from needlework.diary.queries.rules import rules_of

DAY, WEEK = timedelta(days=1), timedelta(days=7)
FORTNIGHT = 2 * WEEK
PARTS = (("Morning", 0, 12), ("Afternoon", 12, 17), ("Evening", 17, 24))
NEAREST = 6
NOON = time(12)
Free = Mapping[date, DayOffers]


@dataclass(frozen=True)
class Wish:
    """What the address asks for: a day, the two weeks around it, somebody; each may be left open."""

    people: Sequence[Resource]
    """Who does the service."""
    person: Resource | None = None
    anyone: bool = True
    """Whether it may be left open who."""
    day: date | None = None
    first: date | None = None
    apart_from: datetime | None = None
    """The time that an appointment has already, which is no choice."""


@dataclass(frozen=True)
class Person:
    """Somebody who can be asked for, and the address that asks."""

    name: str
    url: str
    chosen: bool


@dataclass(frozen=True)
class Day:
    """A day as the page shows it; without an address where it has no free time."""

    day: date
    weekday: str
    words: str
    """The rest of what a screen reader says: the month, and how much is free."""
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True)
class Time:
    """A free time: its clock, and what its button sends."""

    words: str
    minute: int


@dataclass(frozen=True)
class Times:
    """Everything that the page of free times shows."""

    service: Service
    person: Resource | None
    people: list[Person]
    zone: str
    last: date
    """How far ahead can be booked online."""
    days: list[Day]
    chosen: date | None
    parts: list[tuple[str, list[Time]]]
    following: Day | None
    """The next day with free times, where the one that was asked for has none."""
    earlier_url: str
    later_url: str
    sentence: str
    """Why there is nothing to choose, where the clinic's rules say why."""


def wish_of(service: Service, asked: Mapping[str, str]) -> Wish:
    """Return what an address asks for; what makes no sense asks for nothing."""
    people, person = online.practitioners(service), asked.get("person")
    return Wish(
        people=people,
        person=next((one for one in people if str(one.pk) == person), None),
        day=day_of(asked.get("day", "")),
        first=day_of(asked.get("first", "")),
    )


def day_of(written: str) -> date | None:
    """Return the day that an address names; None for what is no day."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def times(service: Service, wish: Wish, *, asking: Asking, at: datetime) -> Times:
    """Return the free times of the day that was asked for, else of the first that has any, with the days around it."""
    rules = rules_of(service.clinic)
    zone = ZoneInfo(rules.time_zone)
    today = at.astimezone(zone).date()
    looking = _Looking(service, wish.person, asking, at, today, today + timedelta(days=rules.horizon_days))
    first = looking.monday(wish.first or wish.day or looking.soonest() or today)
    free = looking.fortnight(first)
    chosen = min(wish.day, looking.last) if wish.day else min(free, default=None)
    offered = free.get(chosen) if chosen else None
    following = None if offered else looking.following(free, first, chosen)
    return Times(
        service=service,
        person=wish.person,
        people=_people(wish),
        zone=zone_words(zone, datetime.combine(chosen or today, NOON, zone)),
        last=looking.last,
        days=[_day(first + n * DAY, free, first, wish, chosen) for n in range(FORTNIGHT.days)],
        chosen=chosen,
        parts=_parts(
            (start.begins for start in offered.starts if start.begins != wish.apart_from) if offered else (), zone
        ),
        following=_day(following, free, looking.monday(following), wish, None) if following else None,
        earlier_url=_url(wish.person, first=first - FORTNIGHT) if first > today and (wish.first or wish.day) else "",
        later_url=_url(wish.person, first=first + FORTNIGHT) if first + FORTNIGHT <= looking.last else "",
        sentence=looking.sentence,
    )


def nearest(
    service: Service, begins: datetime, person: Resource | None, *, asking: Asking, at: datetime
) -> list[tuple[str, int]]:
    """Return the free times nearest to one that was taken: each in words, and what its button sends."""
    rules = rules_of(service.clinic)
    zone = ZoneInfo(rules.time_zone)
    today, day = at.astimezone(zone).date(), begins.astimezone(zone).date()
    looking = _Looking(service, person, asking, at, today, today + timedelta(days=rules.horizon_days))
    free = looking.within(day - WEEK, day + FORTNIGHT)
    moments = sorted((start.begins for one in free.values() for start in one.starts), key=lambda one: abs(one - begins))
    return [(f"{one.astimezone(zone):%a %-d %b, %H:%M}", minute_of(one)) for one in sorted(moments[:NEAREST])]


@dataclass
class _Looking:
    """Asks for free times, a few weeks at once, and on to the last day only where there are none."""

    service: Service
    person: Resource | None
    asking: Asking
    at: datetime
    today: date
    last: date
    sentence: str = field(default="", init=False)
    _known: tuple[date, date, Free] | None = field(default=None, init=False)

    def monday(self, day: date) -> date:
        """Return the Monday of the week that a day lies in, today's or a later one."""
        shown = min(max(day, self.today), self.last)
        return shown - timedelta(days=shown.weekday())

    def within(self, first: date, last: date) -> Free:
        """Return the days that have free times, with these."""
        first, last = max(first, self.today), min(last, self.last)
        if self._known and self._known[0] <= first and last <= self._known[1]:
            return {day: one for day, one in self._known[2].items() if first <= day <= last}
        if last < first:
            return {}
        found = offers(self.service, first=first, last=last, practitioner=self.person, asking=self.asking, at=self.at)
        self.sentence = found.sentence
        self._known = first, last, {one.day: one for one in found.days if one.count}
        return self._known[2]

    def fortnight(self, monday: date) -> Free:
        """Return the days of two weeks that have free times."""
        return self.within(monday, monday + FORTNIGHT - DAY)

    def soonest(self) -> date | None:
        """Return the first day with free times, nearly always one of the next three weeks."""
        soon = self.today + FORTNIGHT + WEEK
        return min(self.within(self.today, soon), default=None) or self.after(soon)

    def after(self, day: date) -> date | None:
        """Return the first day with free times after one."""
        return min(self.within(day + DAY, self.last), default=None)

    def following(self, free: Free, monday: date, chosen: date | None) -> date | None:
        """Return the next day with free times after one that has none."""
        later = min((day for day in free if chosen is None or day > chosen), default=None)
        return later or self.after(monday + FORTNIGHT - DAY)


def _url(person: Resource | None, **asked: date | None) -> str:
    """Return the address of other days, with the same person."""
    asked_for = {name: value for name, value in asked.items() if value}
    return "?" + urlencode(asked_for | ({"person": person.pk} if person else {}))


def _day(day: date, free: Free, first: date, wish: Wish, chosen: date | None) -> Day:
    count = free[day].count if day in free else 0
    words = f"{day:%B}, {count or 'nothing'} free"
    return Day(day, f"{day:%a}", words, count, _url(wish.person, first=first, day=day), day == chosen)


def _people(wish: Wish) -> list[Person]:
    """Return whom one can ask for; nobody where only one does it."""
    if len(wish.people) < 2:
        return []
    anyone = Person("Anyone", _url(None, first=wish.first, day=wish.day), wish.person is None)
    return [
        *([anyone] if wish.anyone else []),
        *(Person(str(one), _url(one, first=wish.first, day=wish.day), one == wish.person) for one in wish.people),
    ]


def _parts(moments: Iterable[datetime], zone: ZoneInfo) -> list[tuple[str, list[Time]]]:
    """Return the times of a day by morning, afternoon and evening."""
    begins = [moment.astimezone(zone) for moment in moments]
    parts = [
        (name, [Time(f"{one:%H:%M}", minute_of(one)) for one in begins if since <= one.hour < until])
        for name, since, until in PARTS
    ]
    return [(name, found) for name, found in parts if found]
