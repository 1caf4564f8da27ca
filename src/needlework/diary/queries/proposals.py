"""The best dates for a course, with the reasons for each; or which session does not fit, why, and what would help."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from needlework.diary.models import Resource, Service
from needlework.diary.queries import loading
from needlework.diary.queries.availability import Asking, Loaded, bounds_of, load
from needlework.diary.slots.course import Options, Pick, Spacing, Stuck, propose
from needlework.diary.slots.offering import Start
from needlework.diary.slots.reasons import Telling
from needlework.diary.slots.wishes import Pattern, nearest
from needlework.diary.slots.words import named

FIRST_WITHIN = timedelta(41)
"""How long after the first day the first session is looked for; only where nothing fits is it looked for later."""

WIDER = (7, 14, 28)
"""By how many days more between sessions we try to help a course that does not fit."""


@dataclass(frozen=True, kw_only=True)
class Wishes(Pattern):
    """What is wished for a course of one service; without a practitioner, anyone, though the same throughout."""

    service: Service
    practitioner: Resource | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """One session of a proposal: its number in the course, the appointment it would be, and why then and so."""

    number: int
    day: date
    start: Start
    reasons: tuple[str, ...]

    @property
    def begins(self) -> datetime:
        """When it begins, in UTC."""
        return self.start.begins

    @property
    def practitioner(self) -> int:
        """Who does it: the number of the resource."""
        return self.start.practitioner


@dataclass(frozen=True, slots=True)
class Proposal:
    """The sessions of a course, all of them or none; the names of resources; and why there are none."""

    chosen: tuple[Chosen, ...]
    names: Mapping[int, str]
    sentence: str = ""


def proposals(wishes: Wishes, asking: Asking, at: datetime) -> Proposal:
    """Return the best dates for a course, or why there are none and what would help."""
    if wishes.problem:
        return Proposal((), {}, wishes.problem)
    place = loading.place_of(wishes.service)
    bounds = bounds_of(place, asking, at)
    last = min(bounds.last_day, wishes.not_after or date.max)
    first = max(bounds.first_day, wishes.first_day, _after(wishes, wishes.least_days))
    latest = _after(wishes, wishes.most_days) if wishes.after else first + FIRST_WITHIN
    if first > min(last, latest):
        return Proposal((), {}, _too_late(wishes, min(last, latest)))

    def course(until: date, practitioner: Resource | None) -> Course:
        return Course(wishes, load(wishes.service, first, until, practitioner, asking, at, place))

    usual = min(last, latest + timedelta((wishes.sessions - 1) * wishes.most_days))
    found = course(usual, wishes.practitioner)
    picks = found.picks(latest)
    if isinstance(picks, Stuck) and not wishes.after and usual < last:
        found = course(last, wishes.practitioner)
        picks = found.picks(last)
    if not isinstance(picks, Stuck):
        return found.proposal(picks)
    said = found.loaded.gate or found.telling.beyond(picks)
    return Proposal((), found.loaded.names, said or f"{found.telling.stuck(picks)} {_help(wishes, found, course)}")


def _after(wishes: Wishes, days: int) -> date:
    return wishes.after + timedelta(days) if wishes.after else date.min


def _too_late(wishes: Wishes, last: date) -> str:
    return (
        f"Session {wishes.number} would come after {named(last)}, and nothing can be booked then. "
        "Choose an earlier first day."
    )


def _help(wishes: Wishes, found: "Course", course: Callable[[date, Resource | None], "Course"]) -> str:
    """Return what would make a course fit that does not, tried out."""
    last = found.days[-1]
    if wishes.practitioner and not isinstance(course(last, None).picks(last), Stuck):
        return "It would fit with anyone instead."
    for more in WIDER:
        most = wishes.most_days + more
        if wishes.sessions > 1 and not isinstance(found.picks(last, most), Stuck):
            return f"It would fit with up to {most} days between sessions."
    return "Choose another first day, fewer sessions, or more days between them."


@dataclass(frozen=True)
class Course:
    """A wish, and what the days offer for it."""

    wishes: Wishes
    loaded: Loaded

    @property
    def days(self) -> tuple[date, ...]:
        """The days looked at."""
        return self.loaded.offering.days.days

    @cached_property
    def free(self) -> list[Mapping[int, int]]:
        """Day by day, who has which bits free."""
        return [self.loaded.free(index) for index in range(len(self.days))]

    @cached_property
    def times(self) -> list[int]:
        """Day by day, the bits that are wished for."""
        days = self.loaded.offering.days
        return [self.wishes.times(days, index) for index in range(len(self.days))]

    @cached_property
    def options(self) -> Options:
        """Day by day, who is free, and how many wishes are missed with them."""
        wished = self.wishes.weekdays
        other = [bool(wished) and day.weekday() not in wished for day in self.days]
        return [
            {who: wrong + (not bits & times) for who, bits in free.items()}
            for free, times, wrong in zip(self.free, self.times, other, strict=True)
        ]

    @property
    def telling(self) -> Telling:
        """What puts it in words."""
        loaded, anyone = self.loaded, self.wishes.practitioner is None
        return Telling(
            self.wishes, loaded.offering, loaded.bounds, loaded.refusing, self.free, loaded.names, anyone=anyone
        )

    def picks(self, latest: date, most_days: int = 0) -> list[Pick] | Stuck:
        """Return the best days, the first until `latest`, or where it does not fit."""
        wishes = self.wishes
        first = range((latest - self.days[0]).days + 1)
        most = most_days or wishes.most_days
        return propose(self.options, Spacing(wishes.sessions, wishes.least_days, most, first, wishes.before))

    def proposal(self, picks: list[Pick]) -> Proposal:
        """Return the sessions on the days picked."""
        return Proposal(tuple(self._chosen(picks, index) for index in range(len(picks))), self.loaded.names)

    def _chosen(self, picks: list[Pick], index: int) -> Chosen:
        pick, telling = picks[index], self.telling
        bits = self.free[pick.day][pick.practitioner]
        place = nearest(bits, self.times[pick.day])
        start = self.loaded.offering.start(pick.day, place, {pick.practitioner: bits})
        reasons = telling.reasons(picks, index, place)
        return Chosen(self.wishes.number + index, self.days[pick.day], start, reasons)
