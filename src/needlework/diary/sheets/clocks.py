"""The two axes of a sheet: a day by minutes as they pass, a week by what the clock on the wall shows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from needlework.diary.sheets.blocks import FREE, Item, Stretch
from needlework.diary.slots.clock import DAY, Days, shown

HOUR, QUARTER = 60, 15


@dataclass(frozen=True, slots=True)
class Change:
    """The clocks change on a day: at which clock time, and what they show next."""

    was: str
    now: str

    @property
    def sentence(self) -> str:
        """Say what that means for the day."""
        if self.now > self.was:
            return f"The clocks go forward today: {self.was} becomes {self.now}, and the time between does not exist."
        return f"The clocks go back today: {self.was} becomes {self.now}, and the time between comes twice."


def change_on(days: Days, index: int) -> Change | None:
    """Return the change of the clocks on a day; None on a day of 24 hours."""
    if days.regular(index):
        return None
    moments = [shown(minute, days.zone) for minute in range(days.begins[index], days.begins[index + 1] + 1, QUARTER)]
    before, after = next(pair for pair in pairwise(moments) if pair[0].utcoffset() != pair[1].utcoffset())
    return Change(_clock(60 * before.hour + before.minute + QUARTER), _clock(60 * after.hour + after.minute))


def window(
    stretches: Iterable[Iterable[Stretch]], items: Iterable[Iterable[Item]], first: int, last: int
) -> tuple[int, int] | None:
    """Return the whole hours in which somebody works or something is booked; None where there is neither."""
    spans = [(one.begins, one.ends) for column in stretches for one in column if one.ground == FREE]
    spans += [(one.begins, one.tail_ends) for column in items for one in column]
    if not spans:
        return None
    begins = min(begins for begins, _ in spans) - first
    ends = max(ends for _, ends in spans) - first
    return first + begins // HOUR * HOUR, min(last, first - -ends // HOUR * HOUR)


def on_the_wall(days: Days, day: date, minute: int) -> int:
    """Return how many minutes after midnight the wall's clock of a day shows at a minute."""
    there = shown(minute, days.zone)
    return (there.date() - day).days * DAY + there.hour * HOUR + there.minute


def stretch_on_the_wall(days: Days, day: date, stretch: Stretch) -> Stretch:
    """Return a stretch by the clock on the wall."""
    begins, ends = (on_the_wall(days, day, minute) for minute in (stretch.begins, stretch.ends))
    return replace(stretch, begins=begins, ends=max(begins, ends))


def item_on_the_wall(days: Days, day: date, item: Item) -> Item:
    """Return an item by the clock on the wall; one that outlives the end of summer time keeps its length."""
    begins, ends, tail = (on_the_wall(days, day, minute) for minute in (item.begins, item.ends, item.tail_ends))
    if ends - begins < item.ends - item.begins:
        ends = begins + item.ends - item.begins
    return replace(item, begins=begins, ends=ends, tail_ends=max(tail, ends))


def label_on_the_wall(minute: int) -> str:
    """Write minutes after midnight as a time of day."""
    return _clock(minute)


def _clock(minute: int) -> str:
    return f"{minute // HOUR:02}:{minute % HOUR:02}"
