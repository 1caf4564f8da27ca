"""What the pages show on which the next session of a course is booked, and on which an appointment is moved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from needlework.diary.models import Appointment, Resource
from needlework.diary.problems import StaleError
from needlework.diary.queries.availability import Asking
from needlework.diary.queries.choosing import day_of
from needlework.diary.queries.course import Course
from needlework.diary.queries.dates import Choice, Dated, Slot, choice, dated, practitioners_of, read_slot
from needlework.diary.queries.planning import Draft
from needlework.diary.queries.replanning import Replan, next_session, replan
from needlework.diary.queries.rules import zone_of
from needlework.diary.queries.series import course_of
from needlework.diary.series import Move, blocks_of
from needlework.diary.slots.clock import local
from needlework.diary.slots.limits import Block, Window
from needlework.web.fields.dates import clock

AROUND = timedelta(days=14)
"""How far from its day an appointment of no course is first looked for another time."""


@dataclass(frozen=True)
class NextSession:
    """The next session of a course: proposed, or chosen from the days that keep the interval."""

    course: Course
    at: datetime

    @cached_property
    def practitioners(self) -> dict[int, Resource]:
        """Who could do it."""
        return practitioners_of([self.course.series.service_id])

    def practitioner(self, slot: Slot) -> Resource | None:
        """Return who a slot is with."""
        return self.practitioners.get(slot.practitioner)

    def proposal(self, slot: Slot | None) -> Draft:
        """Return the date to be booked: the one chosen, or the best."""
        number = self.course.next_number
        if slot and number and (who := self.practitioner(slot)):
            return Draft([Dated(number, slot, str(who), ("as chosen",))])
        found = next_session(self.course, self.at)
        return Draft(dated(found.chosen, found.names), found.sentence)

    def choice(self, day: date | None) -> Choice | None:
        """Return the days and times to choose from; None where every session is booked."""
        number, today = self.course.next_number, self.at.astimezone(self.course.zone).date()
        if number is None:
            return None
        return choice(
            self.course.series.service,
            window=self.course.window_from(number, today),
            day=day,
            practitioner=self.course.series.practitioner,
            asking=Asking(
                online=False, patient=self.course.series.patient, blocks=tuple(blocks_of(self.course.series))
            ),
            at=self.at,
            today=today,
        )


@dataclass(frozen=True)
class Moved:
    """One line of a plan to move: an appointment, when it is, and when it would be."""

    appointment: Appointment
    slot: Slot
    practitioner: str
    reasons: tuple[str, ...]

    @property
    def value(self) -> str:
        """What stands in the form."""
        return f"{self.appointment.pk}|{self.slot.value}|{self.appointment.sequence}"


@dataclass(frozen=True)
class Planned:
    """What a move brings about: the appointment itself, and those that would have to follow."""

    own: Moved
    followers: tuple[Moved, ...]
    sentence: str
    """Why there are no dates for those after it."""
    breaks: str
    """What becomes of the interval if it moves alone; empty where it is kept."""

    @property
    def count(self) -> int:
        """How many would move."""
        return 1 + len(self.followers)


@dataclass(frozen=True)
class Moving:
    """An appointment that is to be moved, with the course it belongs to."""

    appointment: Appointment
    at: datetime

    @cached_property
    def course(self) -> Course | None:
        """The course, if it belongs to one."""
        return course_of(self.appointment)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The clinic's time zone."""
        return zone_of(self.appointment.clinic)

    @cached_property
    def practitioners(self) -> dict[int, Resource]:
        """Who could do it."""
        return practitioners_of([self.appointment.service_id])

    def practitioner(self, slot: Slot) -> Resource | None:
        """Return who a slot is with."""
        return self.practitioners.get(slot.practitioner)

    def slot(self, asked: Mapping[str, str]) -> Slot | None:
        """Return the slot that an address asks for: as a button sends it, or as day, clock and practitioner."""
        day, hour = day_of(asked.get("day", "")), clock(asked.get("clock", ""))
        if day is None or hour is None:
            return read_slot(asked.get("to", ""))
        who = asked.get("practitioner", "") or self.appointment.practitioner_id
        return read_slot(f"{local(day, hour, self.zone)}-{who}")

    def choice(self, day: date | None) -> Choice:
        """Return the days and times to choose from: within the interval, or around its own day."""
        own, today = self.appointment.begins.astimezone(self.zone).date(), self.at.astimezone(self.zone).date()
        window = Window(own - AROUND, None, "")
        blocks = tuple[Block, ...]()
        if self.course and self.appointment.number:
            window = self.course.window(self.appointment.number, followed=False)
            blocks = tuple(blocks_of(self.course.series))
        return choice(
            self.appointment.service,
            window=window,
            day=day or own,
            practitioner=self.course.series.practitioner if self.course else None,
            asking=Asking(
                online=False,
                patient=self.appointment.patient,
                visitor=self.appointment.visitor,
                blocks=blocks,
                instead_of=self.appointment,
            ),
            at=self.at,
            today=today,
        )

    def to(self, slot: Slot) -> Planned:
        """Return what a move to a slot brings about."""
        who = self.practitioners[slot.practitioner]
        own = Moved(self.appointment, slot, str(who), ())
        if self.course is None:
            return Planned(own, (), "", "")
        plan = replan(self.course, self.appointment, slot.begins, who, self.at)
        followers = tuple(_followers(plan))
        breaks = self.course.interval if followers or plan.sentence else ""
        return Planned(own, followers, plan.sentence, breaks)


def _followers(plan: Replan) -> Iterator[Moved]:
    for shift in plan.shifts:
        (one,) = dated([shift.chosen], {shift.chosen.practitioner: shift.practitioner})
        yield Moved(shift.appointment, one.slot, one.practitioner, one.reasons)


def sent_moves(moving: Moving, sent: Sequence[str], *, alone: bool) -> list[Move]:
    """Return the moves that a page sent back, its own first; raise StaleError where they are not of this course."""
    known = {str(one.pk): one for one in moving.course.appointments} if moving.course else {}
    known[str(moving.appointment.pk)] = moving.appointment
    found = []
    for line in sent:
        key, slot, sequence = _parts(line)
        if key not in known or slot is None or not sequence.isdecimal() or len(sequence) > 9:
            raise StaleError("this page")
        who = moving.practitioners.get(slot.practitioner)
        found.append(Move(known[key], slot.begins, who, int(sequence)))
    own = [one for one in found if one.appointment.pk == moving.appointment.pk]
    if len(own) != 1:
        raise StaleError("this page")
    return own if alone else own + [one for one in found if one is not own[0]]


def _parts(line: str) -> tuple[str, Slot | None, str]:
    key, _, rest = line.partition("|")
    slot, _, sequence = rest.partition("|")
    return key, read_slot(slot), sequence
