"""What the diary's events mean for the books.

Booked: the price of then is charged, once; a course that is sold as a whole is charged as a whole, and its sessions
cost nothing more. Moved: nothing. Cancelled: what the appointment cost is taken back, also when it was late; staff
decide whether to charge for that. A payment stays where it is until somebody pays it back.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from needlework.care.references import APPOINTMENT, of_appointment, of_series
from needlework.diary import following
from needlework.diary.actors import Actor
from needlework.diary.models import Appointment, AppointmentSeries
from needlework.payments import operations, queries
from needlework.payments.keys import key_of


def register() -> None:
    """Follow the diary."""
    following.follow(following.BOOKED, charge_appointment)
    following.follow(following.SERIES_BOOKED, charge_course)
    following.follow(following.CANCELLED, take_back)


def charge_appointment(thing: Appointment, *, by: Actor, at: datetime, **_: Any) -> None:
    """Charge what an appointment costs, unless its course is paid as a whole."""
    reference = of_appointment(thing)
    if thing.price_pence and reference.startswith(APPOINTMENT):
        operations.charge(
            entry_id=charge_key(reference),
            clinic=thing.clinic,
            reference=reference,
            payer=thing.patient_id,
            amount_pence=thing.price_pence,
            about=thing.service.name,
            by=by,
            at=at,
        )


def charge_course(thing: AppointmentSeries, *, by: Actor, at: datetime, **_: Any) -> None:
    """Charge what a course costs as a whole."""
    if thing.price_pence:
        reference = of_series(thing)
        operations.charge(
            entry_id=charge_key(reference),
            clinic=thing.clinic,
            reference=reference,
            payer=thing.patient_id,
            amount_pence=thing.price_pence,
            about=f"{thing.service.name}, a course of {thing.sessions}",
            by=by,
            at=at,
        )


def take_back(thing: Appointment, *, by: Actor, at: datetime, **_: Any) -> None:
    """Take back what a cancelled appointment cost; a course keeps its price."""
    charged = queries.entry(charge_key(f"{APPOINTMENT}:{thing.pk}"))
    if charged:
        key = key_of(f"reversal of {charged.pk}")
        operations.reverse_charge(entry_id=key, charged=charged, reason="Cancelled", by=by, at=at)


def charge_key(reference: str) -> UUID:
    """Return the key of the charge that a booking brings."""
    return key_of(f"charge of {reference}")
