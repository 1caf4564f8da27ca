"""Between when an appointment may begin, whoever is free: now, the notice, the last day, the grid, and blocks."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from needlework.diary.slots.bits import steps
from needlework.diary.slots.clock import Days, Minute, minute_of, moment_of
from needlework.diary.slots.limits import Block, standing
from needlework.diary.slots.words import at_clock, named

ANOTHER = "Choose another time."
PASSED = "This time has passed. Choose a later one."


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of one asker at one moment. `notice_hours` is 0 where none is asked for."""

    asked_at: Minute
    notice_hours: int
    first_day: date
    last_day: date
    grid: int
    blocks: tuple[Block, ...]

    @property
    def earliest(self) -> Minute:
        """The first minute at which an appointment may begin."""
        return self.asked_at + 60 * self.notice_hours

    def may_begin(self, days: Days) -> list[int]:
        """Return the bits, day by day, at which an appointment may begin."""
        return [self._of_day(days, index) for index in range(len(days.days))]

    def _of_day(self, days: Days, index: int) -> int:
        day, begins = days.days[index], days.begins[index]
        if not self.first_day <= day <= self.last_day or standing(self.blocks, day):
            return 0
        past = max(0, steps(self.earliest - begins))
        return days.grid(index, self.grid) >> past << past

    def refuse_day(self, day: date) -> str:
        """Return why nothing can begin on a day; empty where something may."""
        if day < self.first_day:
            return "This day has passed. Choose a later one."
        if day > self.last_day:
            return f"The diary can be booked until {named(self.last_day)}. Choose an earlier day."
        block = standing(self.blocks, day)
        return block.sentence if block else ""

    def refuse_moment(self, begins: datetime, zone: ZoneInfo) -> str:
        """Return why nothing can begin at a moment at a clinic of a time zone; empty where something may."""
        there = begins.astimezone(zone)
        if begins < moment_of(self.asked_at):
            return PASSED
        return (
            refuse_clock(begins, there)
            or self.refuse_day(there.date())
            or self._refuse_grid(there)
            or self._refuse_notice(minute_of(begins))
        )

    def _refuse_grid(self, there: datetime) -> str:
        over = (60 * there.hour + there.minute) % self.grid
        if not over and not there.second:
            return ""
        earlier = there.replace(second=0) - timedelta(minutes=over)
        choices = f"{at_clock(earlier)} or {at_clock(earlier + timedelta(minutes=self.grid))}"
        return f"Appointments begin every {self.grid} minutes, and none at {at_clock(there)}. Choose {choices}."

    def _refuse_notice(self, minute: Minute) -> str:
        if minute >= self.earliest:
            return ""
        hours = f"{self.notice_hours} hour{'' if self.notice_hours == 1 else 's'}"
        return f"Appointments are booked online at least {hours} ahead. Choose a later time, or call the clinic."


def refuse_clock(begins: datetime, there: datetime) -> str:
    """Return why nothing begins at a time that the clocks skip, or show for the second time; empty for any other."""
    if begins.astimezone(UTC).astimezone(begins.tzinfo).replace(tzinfo=None) != begins.replace(tzinfo=None):
        return f"The clocks go forward on {named(begins.date())}, and there is no {at_clock(begins)}. {ANOTHER}"
    if there.fold:
        twice = f"{at_clock(there)} comes twice, and appointments begin at the first"
        return f"The clocks go back on {named(there.date())}: {twice}. {ANOTHER}"
    return ""
