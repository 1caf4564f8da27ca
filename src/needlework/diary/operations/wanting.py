"""A time that somebody wants: asked for, waited for, and given a place, in this order by every operation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from needlework.audit import record as audit
from needlework.audit.record import SYSTEM
from needlework.diary import locks
from needlework.diary.models import Appointment, Hold, Occupancy, Resource, Service
from needlework.diary.operations.overbooking import beside
from needlework.diary.people import Person
from needlework.diary.problems import NotDoneError
from needlework.diary.queries.availability import Asking, start_at
from needlework.diary.queries.busy import DAY, met, refuse_taken
from needlework.diary.queries.series import window_of
from needlework.diary.slots.offering import Start

TWO_PLACES = (
    "There is another appointment of the same person at this time. Choose another time, or move that one first."
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A time for a service; `freed` says what there counts as free, `overbooks` that others may have it already."""

    service: Service
    practitioner: Resource | None
    begins: datetime
    length: timedelta
    freed: Q
    overbooks: bool = False
    at: datetime

    def ask(self) -> None:
        """Raise TakenError where the time is certainly taken: before any waiting."""
        if not self.overbooks:
            begins = self.begins.astimezone(UTC)
            refuse_taken(self.service, self.practitioner, begins, begins + self.length, freed=self.freed, at=self.at)

    def wait(self, person: Person | None, *, and_also: Iterable[int | None] = ()) -> None:
        """Wait for whoever writes for the same people and things, and ask again: most who waited have lost."""
        if locks.take(self.service, self.practitioner, person=person, and_also=and_also):
            self.ask()

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
        make_room(start, person, at=self.at)
        if person:
            refuse_two_places(person, start.begins, start.ends, freed=self.freed, at=self.at)
        return start


def make_room(start: Start, person: Person | None, *, at: datetime) -> None:
    """Delete the holds that have ended and still stand where an appointment goes, cleaning included."""
    places = {start.practitioner, start.room, start.device} - {None}
    where = Q(resource__in=places) | Q(resource__in=person.resources) if person else Q(resource__in=places)
    there = Occupancy.objects.filter(
        where, begins__lt=start.ends + DAY, begins__gt=start.begins - DAY, ends__gt=start.begins, hold__until__lte=at
    )
    for hold in Hold.objects.filter(pk__in=there.values("hold")).order_by("pk"):
        audit.record("hold-released", hold, by=SYSTEM, at=at)
        hold.delete()


def refuse_two_places(person: Person, begins: datetime, ends: datetime, *, freed: Q, at: datetime) -> None:
    """Raise NotDoneError if the person is somewhere else at this time, on whichever of their records."""
    there = Occupancy.objects.filter(met(begins, ends, at=at), resource__in=person.resources)
    if there.exclude(freed).exists():
        raise NotDoneError(TWO_PLACES)
