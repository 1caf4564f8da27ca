"""Why a time or a day is not offered though it may be asked for, and what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

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
            return f"{self._who()} {self._not('work')} on {named(day)}. Choose another day."
        return f"Nothing is free on {named(day)}. Choose another day."

    def time(self, index: int, place: int) -> str:
        """Return why a time is not offered that lies outside somebody's hours or is free for nobody."""
        offering = self.offering
        if said := self.closure(offering.days.days[index]):
            return said
        if not any(offering.works_from(one.id, index) >> place & 1 for one in offering.practitioners):
            return self._outside(index, place)
        if all(self._is_away(one, index, place) for one in offering.practitioners):
            return f"{self._who()} {'is' if self._one else 'are'} away at this time. Choose another time."
        return ""

    def taken(self, index: int, place: int) -> str:
        """Return what is taken at a time at which somebody works."""
        offering = self.offering
        if offering.elsewhere(index) >> place & 1:
            who = "You have" if self.online else "This patient has"
            return f"{who} another appointment at this time. Choose another time."
        if all(offering.busy(one, index) >> place & 1 for one in offering.practitioners):
            return f"{self._who(nobody='Everybody')} is taken at this time. Choose another time."
        for things, sort in ((offering.rooms, self.room_type), (offering.devices, self.device_type)):
            if things is not None and offering.none_free(things, index, 1 << place):
                return f"No {sort} is free at this time. Choose another time."
        return "Somebody else has this time. Choose another one."

    @property
    def _one(self) -> bool:
        return len(self.offering.practitioners) == 1

    def _who(self, nobody: str = "Nobody") -> str:
        return self.offering.practitioners[0].name if self._one else nobody

    def _not(self, verb: str) -> str:
        return f"does not {verb}" if self._one else f"who offers {self.service} {verb}s"

    def _is_away(self, one: Thing, index: int, place: int) -> bool:
        span = ((1 << steps(self.offering.minutes)) - 1) << place
        return bool(self.offering.away[one.id][index] & span)

    def _outside(self, index: int, place: int) -> str:
        days = self.offering.days
        day, minute = days.days[index], days.begins[index] + place * STEP
        hours = sorted({span for one in self.offering.practitioners for span in self._hours(one, index)})
        if not hours:
            return self.day(index)
        clock = at_clock(shown(minute, days.zone))
        spans = ", ".join(f"{low} to {high}" for low, high in hours)
        return (
            f"{self.service} takes {self.offering.minutes} minutes, and {clock} is outside the hours of "
            f"{named(day)} ({spans}). Choose another time."
        )

    def _hours(self, one: Thing, index: int) -> list[tuple[str, str]]:
        bits = self.offering.works[one.id][index]
        opens, closes = each(bits & ~(bits << 1)), each(~bits & bits << 1)
        return [(self._clock(index, low), self._clock(index, high)) for low, high in zip(opens, closes, strict=True)]

    def _clock(self, index: int, place: int) -> str:
        days = self.offering.days
        return at_clock(shown(days.begins[index] + place * STEP, days.zone))
