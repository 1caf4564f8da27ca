"""Why a time or a day is not offered though it may be asked for, and what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from needlework.diary.slots.bits import STEP, each, steps
from needlework.diary.slots.clock import shown
from needlework.diary.slots.offering import Offering, Thing
from needlework.diary.slots.words import at_clock, named


@dataclass(frozen=True, slots=True)
class Refusing:
    """What the sentences about an offering need beside it. `online` speaks to the person who would come."""

    offering: Offering
    closed: Mapping[date, str]
    service: str
    room_type: str
    device_type: str
    online: bool

    def closure(self, day: date) -> str:
        """Return that the clinic is closed on a day, and why; empty where it is open."""
        if day not in self.closed:
            return ""
        why = f" for {self.closed[day]}" if self.closed[day] else ""
        return f"The clinic is closed on {named(day)}{why}. Choose another day."

    def day(self, index: int) -> str:
        """Return why a day offers nothing."""
        day, offering = self.offering.days.days[index], self.offering
        if said := self.closure(day):
            return said
        if not any(offering.works[one.id][index] for one in offering.practitioners):
            works_not = f"{self._one} does not work" if self._one else f"Nobody who offers {self.service} works"
            return f"{works_not} on {named(day)}. Choose another day."
        return f"Nothing is free on {named(day)}. Choose another day."

    def time(self, index: int, place: int) -> str:
        """Return why a time is not offered at which the clinic is closed, or nobody works."""
        if said := self.closure(self.offering.days.days[index]):
            return said
        working = self._working(index, place)
        if not working:
            return self._outside(index, place)
        if all(self._is_away(one, index, place) for one in working):
            return f"{self._one or f'Everybody who offers {self.service}'} is away at this time. Choose another time."
        return ""

    def taken(self, index: int, place: int) -> str:
        """Return what is taken at a time at which somebody works."""
        offering = self.offering
        if offering.elsewhere(index) >> place & 1:
            who = "You have" if self.online else "This patient has"
            return f"{who} another appointment at this time. Choose another time."
        if all(offering.busy(one, index) >> place & 1 for one in self._working(index, place)):
            taken = f"{self._one} is taken" if self._one else f"Nobody who offers {self.service} is free"
            return f"{taken} at this time. Choose another time."
        no_room = offering.rooms is not None and offering.none_free(offering.rooms, index, 1 << place)
        return f"No {self.room_type if no_room else self.device_type} is free at this time. Choose another time."

    @property
    def _one(self) -> str:
        """The name of the only practitioner; empty where there are several."""
        return self.offering.practitioners[0].name if len(self.offering.practitioners) == 1 else ""

    def _working(self, index: int, place: int) -> list[Thing]:
        """Return whose working time, absences aside, is long enough."""
        return [one for one in self.offering.practitioners if self.offering.works_from(one.id, index) >> place & 1]

    def _is_away(self, one: Thing, index: int, place: int) -> bool:
        span = ((1 << steps(self.offering.minutes)) - 1) << place
        return bool(self.offering.away[one.id][index] & span)

    def _outside(self, index: int, place: int) -> str:
        days = self.offering.days
        day, minute = days.days[index], days.begins[index] + place * STEP
        hours = self._hours(index)
        if not hours:
            return self.day(index)
        clock = at_clock(shown(minute, days.zone))
        spans = " and ".join(f"{low} to {high}" for low, high in hours)
        return (
            f"{self.service} takes {self.offering.minutes} minutes, and {clock} is outside the hours of "
            f"{named(day)} ({spans}). Choose another time."
        )

    def _hours(self, index: int) -> list[tuple[str, str]]:
        """Return when anybody works, as one span where two people's meet."""
        bits = reduce(or_, (self.offering.works[one.id][index] for one in self.offering.practitioners), 0)
        opens, closes = each(bits & ~(bits << 1)), each(~bits & bits << 1)
        return [(self._clock(index, low), self._clock(index, high)) for low, high in zip(opens, closes, strict=True)]

    def _clock(self, index: int, place: int) -> str:
        days = self.offering.days
        return at_clock(shown(days.begins[index] + place * STEP, days.zone))
