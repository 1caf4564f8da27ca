"""What a course was wished to be, as it is kept with it and read back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from needlework.diary.models import Appointment, AppointmentSeries, Resource
from needlework.diary.problems import NotDoneError
from needlework.diary.slots.limits import Block
from needlework.diary.slots.wishes import Pattern


class NotInTurnError(NotDoneError):
    """One session of a course could not be booked or moved, and so none was; the message says which, and why."""

    def __init__(self, number: int, message: str, *, taken: bool) -> None:
        super().__init__(message)
        self.number = number
        self.taken = taken
        """Whether it was a matter of the slot, so that another one may do."""


@dataclass(frozen=True)
class Move:
    """A session of a course, as it was when the page was made, and when and with whom it is to be."""

    appointment: Appointment
    begins: datetime
    practitioner: Resource | None
    sequence: int

    @property
    def is_later(self) -> bool:
        """Whether it moves to a later time."""
        return self.begins > self.appointment.begins


def as_kept(wishes: Pattern, blocks: Sequence[Block]) -> dict[str, Any]:
    """Return wishes and blocks as JSON."""
    times = {"from_time": wishes.from_time, "until_time": wishes.until_time}
    return {
        "first_day": wishes.first_day.isoformat(),
        "weekdays": sorted(wishes.weekdays),
        **{name: clock.isoformat() if clock else None for name, clock in times.items()},
        "blocks": [[one.first.isoformat(), one.last.isoformat() if one.last else None, one.sentence] for one in blocks],
    }


def wished(series: AppointmentSeries) -> dict[str, Any]:
    """Return the weekdays and times that were wished for, as `Wishes` takes them."""
    kept: Mapping[str, Any] = series.wishes
    times = {name: kept.get(name) for name in ("from_time", "until_time")}
    return {
        "weekdays": frozenset(kept.get("weekdays", ())),
        **{name: time.fromisoformat(clock) if clock else None for name, clock in times.items()},
    }


def blocks_of(series: AppointmentSeries) -> Iterator[Block]:
    """Yield the days on which no session of a course must be."""
    for first, last, sentence in series.wishes.get("blocks", ()):
        yield Block(date.fromisoformat(first), date.fromisoformat(last) if last else None, sentence)
