"""What would follow: the next session of a course, and those after one that is moved, at their best dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from needlework.diary.models import Appointment, Resource
from needlework.diary.queries.availability import Asking
from needlework.diary.queries.course import Course
from needlework.diary.queries.proposals import Chosen, Proposal, Wishes, proposals
from needlework.diary.series import blocks_of, wished


@dataclass(frozen=True)
class Shift:
    """One session after the moved one: when it is, and when it would best be."""

    appointment: Appointment
    chosen: Chosen
    practitioner: str


@dataclass(frozen=True)
class Replan:
    """What follows a move: the sessions that would have to move too; or why there are no dates for them."""

    shifts: tuple[Shift, ...]
    sentence: str = ""


def next_session(course: Course, at: datetime) -> Proposal:
    """Return the best date for the first session of a course that is not booked.

    It keeps the interval; where that is past already it is as early as can be.
    """
    number, today = course.next_number, at.astimezone(course.zone).date()
    if number is None:
        return Proposal((), {}, "All sessions of this course are booked.")
    window = course.window_from(number, today)
    before = course.live.get(number - 1)
    in_time = before and course.day(before) + timedelta(days=course.series.most_days) >= today
    wishes = _wishes(
        course,
        sessions=1,
        number=number,
        first_day=max(today, window.first or today),
        after=course.day(before) if before and in_time else None,
        before=before.practitioner_id if before else None,
        not_after=window.last,
    )
    return proposals(wishes, _asking(course), at)


def replan(course: Course, appointment: Appointment, begins: datetime, practitioner: Resource, at: datetime) -> Replan:
    """Return which sessions after a moved one no longer keep the interval, with their best dates.

    As few as possible move: those behind the first that still fits stay where they are.
    """
    followers = course.after(appointment.number or 0)
    day = begins.astimezone(course.zone).date()
    proposal = Proposal((), {})
    for count in range(len(followers) + 1):
        staying = followers[count] if count < len(followers) else None
        if count:
            moving = (appointment, *followers[:count])
            proposal = _followed(course, moving, staying, day, practitioner, at)
        if _fits(course, proposal, count, staying, day, appointment):
            return Replan(_shifts(followers, proposal))
    return Replan((), proposal.sentence)


def _followed(
    course: Course,
    moving: tuple[Appointment, ...],
    staying: Appointment | None,
    day: date,
    practitioner: Resource,
    at: datetime,
) -> Proposal:
    """Return the best dates for the sessions after the first of those that move, before the one that stays."""
    least, limit = timedelta(days=course.series.least_days), course.series.not_after
    until = course.day(staying) - least if staying else None
    number, steps = moving[1].number or 1, (moving[1].number or 1) - (moving[0].number or 0)
    wishes = _wishes(
        course,
        sessions=len(moving) - 1,
        number=number,
        first_day=day,
        after=day + (steps - 1) * least,
        before=practitioner.pk,
        not_after=min((end for end in (until, limit) if end), default=None),
    )
    return proposals(wishes, _asking(course, along=moving), at)


def _fits(
    course: Course, proposal: Proposal, count: int, staying: Appointment | None, day: date, moved: Appointment
) -> bool:
    """Say whether, with so many sessions moved along, the one that stays keeps its interval."""
    if len(proposal.chosen) != count:
        return False
    if staying is None:
        return True
    last, number = (proposal.chosen[-1].day, proposal.chosen[-1].number) if count else (day, moved.number or 0)
    steps, apart = (staying.number or 0) - number, (course.day(staying) - last).days
    return course.series.least_days * steps <= apart <= course.series.most_days * steps


def _shifts(followers: list[Appointment], proposal: Proposal) -> tuple[Shift, ...]:
    pairs = zip(followers, proposal.chosen, strict=False)
    return tuple(Shift(one, chosen, proposal.names[chosen.practitioner]) for one, chosen in pairs)


def _wishes(course: Course, **more: Any) -> Wishes:
    series = course.series
    own: Mapping[str, Any] = {
        "service": series.service,
        "practitioner": series.practitioner,
        "least_days": series.least_days,
        "most_days": series.most_days,
    }
    return Wishes(**own, **wished(series), **more)


def _asking(course: Course, along: tuple[Appointment, ...] = ()) -> Asking:
    return Asking(online=False, patient=course.series.patient, blocks=tuple(blocks_of(course.series)), along=along)
