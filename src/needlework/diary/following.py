"""What other rooms do when something happens in the diary: they follow an event, in the transaction that brings it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from needlework.diary.actors import Actor
from needlework.diary.models import Appointment, AppointmentChange, Hold

BOOKED, MOVED, CANCELLED, SERIES_BOOKED = "booked", "moved", "cancelled", "series-booked"
ATTENDED, NO_SHOW, ARRIVED, PUT_BACK = "attended", "no-show", "arrived", "put-back"
FREED = "freed"
EVENTS = frozenset({BOOKED, MOVED, CANCELLED, SERIES_BOOKED, ATTENDED, NO_SHOW, ARRIVED, PUT_BACK, FREED})


@dataclass(frozen=True)
class Freed:
    """A slot that came free: an appointment was cancelled or moved away, a hold was given up or ended."""

    clinic_id: UUID
    service_id: UUID
    practitioner_id: int
    begins: datetime
    ends: datetime

    @classmethod
    def by(cls, left: Appointment | Hold) -> "Freed":
        """Return the slot that an appointment or a hold has left."""
        return cls(left.clinic_id, left.service_id, left.practitioner_id, left.begins, left.ends)


class Follower(Protocol):
    """What is called: with the appointment (series, freed slot), and for an appointment the step of its history."""

    def __call__(self, thing: Any, /, *, by: Actor, at: datetime, change: AppointmentChange | None) -> None:
        """Do what follows."""


_followers: dict[str, list[Follower]] = defaultdict(list)


def follow(event: str, callback: Follower) -> None:
    """Have something called whenever an event happens; a room calls this from `AppConfig.ready()`."""
    if event not in EVENTS:
        raise ValueError(f"The diary announces no {event!r}")
    if callback not in _followers[event]:
        _followers[event].append(callback)


def announce(event: str, thing: Any, *, by: Actor, at: datetime, change: AppointmentChange | None = None) -> None:
    """Call whoever follows an event, inside the transaction that brings it about."""
    for callback in _followers[event]:
        callback(thing, by=by, at=at, change=change)
