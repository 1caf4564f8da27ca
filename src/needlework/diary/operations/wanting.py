"""A time that somebody wants: asked for, waited for, and given a place, in this order by every operation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from needlework.audit import record as audit
from needlework.audit.record import SYSTEM
from needlework.diary import locks
from needlework.diary.models import Appointment, Hold, Resource, Service
from needlework.diary.operations.overbooking import beside
from needlework.diary.people import Person
from needlework.diary.problems import NotDoneError, TakenError
from needlework.diary.queries.availability import Asking, start_at
from needlework.diary.queries.busy import asked, ended_over
from needlework.diary.queries.series import window_of
from needlework.diary.slots.offering import Start

TWO_PLACES = (
    "There is another appointment of the same person at this time. Choose another time, or move that one first."
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A time for a service; what the appointment or hold `own` has counts as free, and what the same browser holds.

    `overbooks` says that others may have it already.
    """

    service: Service
    practitioner: Resource | None
    begins: datetime
    length: timedelta
    own: UUID
    browser_key: str = ""
    overbooks: bool = False
    at: datetime

    def wait(self, person: Person | None, *, and_also: Iterable[int | None] = ()) -> bool:
        """Wait for whoever writes for the same people and things, and return whether `own` stands already.

        Raises TakenError where it does not and the time is certainly taken: most who waited have lost.
        """
        locks.take(self.service, self.practitioner, person=person, and_also=and_also)
        stands, taken = asked(
            self.service,
            self.practitioner,
            self.begins,
            self.length,
            own=self.own,
            browser_key=self.browser_key,
            at=self.at,
        )
        if taken and not stands and not self.overbooks:
            raise TakenError
        return stands

    def place(self, person: Person | None, *, online: bool, instead_of: Appointment | None = None) -> Start:
        """Return where the appointment goes, with ended holds out of its way.

        Raises NotOfferedError for a time that cannot be booked, and NotDoneError where the person is elsewhere.
        """
        if self.overbooks:
            start = beside(self.service, self.begins, self.practitioner, at=self.at, instead_of=instead_of)
        else:
            patient, visitor = (person.patient, person.visitor) if person else (None, None)
            window = window_of(instead_of) if online and instead_of else None
            asking = Asking(online=online, patient=patient, visitor=visitor, window=window, instead_of=instead_of)
            start = start_at(self.service, self.begins, practitioner=self.practitioner, asking=asking, at=self.at)
        settle_in(start, person, own=self.own, at=self.at)
        return start


def place_of(thing: Appointment | Hold) -> Start:
    """Return where an appointment or a hold is."""
    return Start(thing.begins, thing.ends, thing.practitioner_id, thing.room_id, thing.device_id)


def settle_in(start: Start, person: Person | None, *, own: UUID, at: datetime) -> None:
    """Delete the holds that have ended and still stand where an appointment goes, cleaning included.

    Raises NotDoneError if the person is somewhere else at this time, on whichever of their records; what the
    appointment or hold `own` has is not counted.
    """
    places = {one for one in (start.practitioner, start.room, start.device) if one is not None}
    ended, elsewhere = ended_over(start.begins, start.ends, places, person, own=own, at=at)
    if elsewhere:
        raise NotDoneError(TWO_PLACES)
    for hold in Hold.objects.filter(pk__in=ended).order_by("pk") if ended else ():
        audit.record("hold-released", hold, by=SYSTEM, at=at)
        hold.delete()
