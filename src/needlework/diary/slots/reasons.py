"""Why a date of a course was chosen, or why a session does not fit, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from needlework.diary.slots.bounds import Bounds
from needlework.diary.slots.course import Pick, Stuck
from needlework.diary.slots.offering import Offering
from needlework.diary.slots.refusing import Refusing
from needlework.diary.slots.wishes import WEEKDAYS, Pattern, weekdays_in_words
from needlework.diary.slots.words import named, one_of


@dataclass(frozen=True, slots=True)
class Telling:
    """What the words about a course are made from. `free` holds, day by day, who has which bits free."""

    pattern: Pattern
    offering: Offering
    bounds: Bounds
    refusing: Refusing
    free: Sequence[Mapping[int, int]]
    names: Mapping[int, str]
    anyone: bool
    """Nobody was asked for by name."""

    def reasons(self, picks: Sequence[Pick], index: int, place: int) -> tuple[str, ...]:
        """Return why the session at an index of the picks is on its day, with whom, and at its time."""
        said = [
            self._interval(picks, index),
            self._ideal(picks, index),
            self._weekday(picks[index]),
            self._time(picks[index], place),
            self._practitioner(picks, index),
        ]
        return tuple(reason for reason in said if reason)

    def _day(self, pick: Pick) -> date:
        return self.offering.days.days[pick.day]

    def _before(self, picks: Sequence[Pick], index: int) -> date | None:
        return self._day(picks[index - 1]) if index else self.pattern.after

    def _interval(self, picks: Sequence[Pick], index: int) -> str:
        before = self._before(picks, index)
        if before is None:
            return f"as early as it fits from {named(self.pattern.first_day)} on"
        days = (self._day(picks[index]) - before).days
        return f"{days} day{'' if days == 1 else 's'} after session {self.pattern.number + index - 1}"

    def _ideal(self, picks: Sequence[Pick], index: int) -> str:
        """Return why it is not on the first day that the interval and the wished weekdays allow."""
        day = self._day(picks[index])
        ideal = self._first_wished(self._before(picks, index))
        if not self.offering.days.days[0] <= ideal < day:
            return ""
        place, who = (ideal - self.offering.days.days[0]).days, picks[index].practitioner
        if closed := self.refusing.closed.get(ideal):
            return f"the clinic is closed on {named(ideal)} for {closed}, so the nearest day that fits"
        if self.bounds.refuse_day(ideal):
            return f"nothing may be booked on {named(ideal)}, so the nearest day that may"
        if who in self.free[place]:
            return f"later than {named(ideal)}, so that the times, the sessions after it or the practitioner fit"
        with_whom = "" if not self.free[place] else f" with {self.names[who]}"
        return f"nothing was free{with_whom} on {named(ideal)}, so the nearest"

    def _first_wished(self, before: date | None) -> date:
        first = self.pattern.first_day
        if before:
            first = max(first, before + timedelta(self.pattern.least_days))
        while self.pattern.weekdays and first.weekday() not in self.pattern.weekdays:
            first += timedelta(1)
        return first

    def _weekday(self, pick: Pick) -> str:
        wished, weekday = self.pattern.weekdays, self._day(pick).weekday()
        if not wished:
            return ""
        if weekday in wished:
            return f"a {WEEKDAYS[weekday]}, as wished"
        return f"a {WEEKDAYS[weekday]}, because no {one_of(weekdays_in_words(wished))} fitted"

    def _time(self, pick: Pick, place: int) -> str:
        wished = self.pattern.times_in_words
        if not wished:
            return ""
        hit = self.pattern.times(self.offering.days, pick.day) >> place & 1
        return f"{wished}, as wished" if hit else f"the time nearest to the wish: nothing {wished} fitted"

    def _practitioner(self, picks: Sequence[Pick], index: int) -> str:
        who = picks[index].practitioner
        before = picks[index - 1].practitioner if index else self.pattern.before
        if not self.anyone:
            return f"with {self.names[who]}, as wished"
        if before is None:
            return f"with {self.names[who]}"
        if before == who:
            return f"with {self.names[who]} as before"
        return f"with {self.names[who]}, because {self._cannot(picks, index, before)}"

    def _cannot(self, picks: Sequence[Pick], index: int, before: int) -> str:
        """Return why the practitioner of the session before does not do this one too."""
        name = self.names.get(before)
        if name is None:
            return "the practitioner of the session before does not offer it any more"
        last = self._before(picks, index)
        within = [number for number in range(len(self.free)) if self._within(number, last)]
        if any(before in self.free[number] for number in within):
            return f"that way fewer wishes are missed, or fewer sessions change hands, than with {name}"
        return f"{name} has nothing free {self._apart} after session {self.pattern.number + index - 1}"

    def _within(self, number: int, last: date | None) -> bool:
        if last is None:
            return False
        apart = (self.offering.days.days[number] - last).days
        return self.pattern.least_days <= apart <= self.pattern.most_days

    @property
    def _apart(self) -> str:
        least, most = self.pattern.least_days, self.pattern.most_days
        days = str(least) if least == most else f"{least} to {most}"
        return f"{days} day{'' if most == 1 else 's'}"

    def beyond(self, where: Stuck) -> str:
        """Return that a session would come after the last day that can be booked; empty where it need not."""
        first, number = self.offering.days.days[0] + timedelta(where.first), self.pattern.number + where.session
        if self.pattern.not_after and first > self.pattern.not_after:
            after = f"{named(self.pattern.not_after)}, when the course ends"
            return f"Session {number} would come after {after}. Start earlier, or book fewer sessions."
        if first > self.bounds.last_day:
            after = f"{named(self.bounds.last_day)}, and the diary does not go further"
            return f"Session {number} would come after {after}. Book fewer sessions now, and the rest later."
        return ""

    def stuck(self, where: Stuck) -> str:
        """Return which session does not fit, between which days it would have to lie, and why nothing is free there."""
        days, number = self.offering.days.days, self.pattern.number + where.session
        first, last = days[0] + timedelta(where.first), days[0] + timedelta(where.last)
        return f"Session {number} does not fit. {self._why(first, min(last, days[-1]))}"

    def _why(self, first: date, last: date) -> str:
        """Return why nothing is free between two days."""
        days = [first + timedelta(number) for number in range((last - first).days + 1)]
        if all(self.bounds.refuse_day(day) for day in days):
            return self.bounds.refuse_day(days[0])
        if len(days) == 1 and (closed := self.refusing.closure(first)):
            return closed
        who = "" if self.anyone else f" with {self.offering.practitioners[0].name}"
        when = f"on {named(first)}" if len(days) == 1 else f"from {named(first)} to {named(last)}"
        return f"It has to be {when}, and nothing is free then{who}."
