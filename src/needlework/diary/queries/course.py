"""A course with its appointments: what was kept, what is booked and missing, and by when the next one is due."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from needlework.diary.models import Appointment, AppointmentSeries, State
from needlework.diary.slots.limits import Window
from needlework.web.money import pounds
from needlework.web.templatetags.dates import long_date

CAME = (State.ATTENDED, State.ARRIVED)
LIVE = (State.BOOKED, *CAME)
"""An appointment in one of these states holds its number; one that was missed or cancelled leaves it to another."""

TONES: dict[str, str] = {State.ATTENDED: "done", State.ARRIVED: "done", State.NO_SHOW: "left-out"}


@dataclass(frozen=True)
class Course:
    """A series with its appointments, in the clinic's own days."""

    series: AppointmentSeries
    zone: ZoneInfo

    @cached_property
    def appointments(self) -> list[Appointment]:
        """Every appointment of the course, cancelled ones too, in order of time."""
        return sorted(self.series.appointments.all(), key=lambda one: (one.begins, one.pk))

    @cached_property
    def live(self) -> dict[int, Appointment]:
        """The appointments that are booked or were kept, by number, in order."""
        found = {one.number: one for one in self.appointments if one.state in LIVE and one.number is not None}
        return dict(sorted(found.items()))

    @cached_property
    def came(self) -> list[Appointment]:
        """The appointments to which the patient came, in order of time."""
        return [one for one in self.appointments if one.state in CAME]

    @property
    def next_number(self) -> int | None:
        """The first number that is not booked; None where all are."""
        return next((number for number in range(1, self.series.sessions + 1) if number not in self.live), None)

    @property
    def missing(self) -> int:
        """How many sessions are not booked."""
        return max(0, self.series.sessions - len(self.live))

    @property
    def complete(self) -> bool:
        """Whether the patient came to every session."""
        return len(self.came) >= self.series.sessions

    def day(self, appointment: Appointment) -> date:
        """Return the clinic's day on which an appointment begins."""
        return appointment.begins.astimezone(self.zone).date()

    def after(self, number: int) -> list[Appointment]:
        """Return the booked appointments with a higher number, in order."""
        return [one for key, one in self.live.items() if key > number and one.state == State.BOOKED]

    def window(self, number: int, *, followed: bool = True) -> Window:
        """Return the days between which session `number` keeps the interval to its neighbours.

        Without `followed`, those after it are left out: they are to be moved with it.
        """
        least, most = self.series.least_days, self.series.most_days
        before = max((key for key in self.live if key < number), default=None)
        behind = min((key for key in self.live if key > number and followed), default=None)
        first, last, limit = None, None, self.series.not_after
        if before is not None:
            start, steps = self.day(self.live[before]), number - before
            first, last = start + timedelta(days=least * steps), start + timedelta(days=most * steps)
        if behind is not None:
            end, steps = self.day(self.live[behind]), behind - number
            first = _latest(first, end - timedelta(days=most * steps))
            last = _earliest(last, end - timedelta(days=least * steps))
        return Window(first, _earliest(last, limit), self.interval)

    def window_from(self, number: int, today: date) -> Window:
        """Return the window of a session that is still to be booked; a last day that has passed binds nobody."""
        window, limit = self.window(number), self.series.not_after
        return window if window.last is None or window.last >= today else Window(window.first, limit, self.interval)

    @property
    def interval(self) -> str:
        """The sentence about the days between its sessions."""
        apart = days_apart(self.series.least_days, self.series.most_days)
        end = f", and none comes after {long_date(self.series.not_after)}" if self.series.not_after else ""
        return f"The sessions of this course are {apart} apart{end}."

    @property
    def standing(self) -> str:
        """How far the course has come, in one sentence."""
        missing = f", {self.missing} not booked" if self.missing else ""
        return f"{len(self.came)} done, {len(self.live) - len(self.came)} to come{missing}."

    @property
    def lines(self) -> list["Line"]:
        """Every session in order: what was kept, missed or is booked, and what is not booked."""
        standing = [one for one in self.appointments if one.state != State.CANCELLED]
        held = [Line(one.number or 0, one, _word(one), TONES.get(one.state, "")) for one in standing]
        return held + [Line(number, None, words=self._due(number)) for number in self._unbooked()]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What was agreed, as pairs of word and value."""
        series = self.series
        return [
            ("Sessions", str(series.sessions)),
            ("Apart", days_apart(series.least_days, series.most_days)),
            ("With", str(series.practitioner or "Anyone")),
            ("Expires", long_date(series.not_after) or "Never"),
            ("Price", pounds(series.price_pence) if series.price_pence else "By the session"),
        ]

    def _unbooked(self) -> list[int]:
        return [number for number in range(1, self.series.sessions + 1) if number not in self.live]

    def _due(self, number: int) -> str:
        window = self.window(number)
        if number - 1 not in self.live or window.last is None:
            return ""
        return f"Best between {long_date(window.first)} and {long_date(window.last)}"

    def due_by(self) -> date:
        """Return the last day on which the next session keeps the interval."""
        most = timedelta(days=self.series.most_days)
        if self.came:
            return self.day(self.came[-1]) + most
        standing = [one for one in self.appointments if one.state != State.CANCELLED]
        return self.day(standing[0]) if standing else self.series.booked_at.astimezone(self.zone).date() + most


@dataclass(frozen=True)
class Line:
    """One session as the page of a course lists it."""

    number: int
    appointment: Appointment | None
    word: str = ""
    tone: str = ""
    words: str = ""

    @property
    def movable(self) -> bool:
        """Whether it is still to come."""
        return self.appointment is not None and self.appointment.state == State.BOOKED


def days_apart(least: int, most: int) -> str:
    """Return an interval in words: 28 to 42 days."""
    if least == most:
        return f"{least} day{'' if least == 1 else 's'}"
    return f"{least} to {most} days"


def _word(appointment: Appointment) -> str:
    """Return where an appointment stands, in a word; nothing while it is only booked."""
    return State(appointment.state).label if appointment.state != State.BOOKED else ""


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)
