"""Keeping a slot while somebody types."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from needlework.audit import record as audit
from needlework.audit.record import SYSTEM
from needlework.diary import following, locks
from needlework.diary.actors import Actor
from needlework.diary.models import Hold, Resource, Service
from needlework.diary.operations.wanting import Wanted
from needlework.diary.operations.writing import allow, never_twice
from needlework.diary.people import person_of
from needlework.diary.queries.rules import rules_of
from needlework.patients.models import Patient
from needlework.web.inserting import insert

MOST_FROM_ONE_ADDRESS = 20
"""Many people may share an address: who comes after the twentieth takes the place of the oldest, not of nobody."""

FORGOTTEN_AFTER = timedelta(hours=1)
"""An ended hold stands in nobody's way; its own visitor may still come back to it for a while."""


@transaction.atomic
def hold_slot(
    *,
    service: Service,
    begins: datetime,
    practitioner: Resource | None = None,
    hold_id: UUID | None = None,
    patient: Patient | None = None,
    browser_key: str = "",
    origin_key: str = "",
    minutes: int | None = None,
    online: bool = True,
    by: Actor,
    at: datetime,
) -> Hold:
    """Keep a slot for some minutes, else for as long as the clinic's rules say; the same id again finds the first.

    Raises NotOfferedError for a time that cannot be booked, and TakenError when somebody was faster.
    """
    allow(by, service.clinic, patient)
    hold_id = hold_id or uuid4()
    wanted = Wanted(
        service=service,
        practitioner=practitioner,
        begins=begins,
        length=timedelta(minutes=service.minutes),
        own=hold_id,
        browser_key=browser_key,
        at=at,
    )
    person = person_of(patient) if patient else None
    locks.take_keys(browser_key, origin_key)
    held = Hold.objects.filter(pk=hold_id).first() if wanted.wait(person) else None
    if held:
        return held
    if browser_key:
        _let_go(list(Hold.objects.filter(browser_key=browser_key)), by=by, at=at)
    start = wanted.place(person, online=online)
    hold = Hold(
        id=hold_id,
        clinic=service.clinic,
        service=service,
        practitioner_id=start.practitioner,
        room_id=start.room,
        device_id=start.device,
        patient=person.patient if person else None,
        begins=start.begins,
        ends=start.ends,
        price_pence=service.price_pence,
        deposit_pence=service.deposit_pence if online else 0,
        browser_key=browser_key,
        origin_key=origin_key,
        until=at + timedelta(minutes=minutes or rules_of(service.clinic).hold_minutes),
        held_at=at,
        held_by_kind=by.audit_kind,
        held_by_id=by.pk,
    )
    with never_twice():
        insert(hold)
    if origin_key:
        _let_go(list(_oldest_from(origin_key)), by=by, at=at)
    audit.record("slot-held", hold, by=by, at=at)
    return hold


@transaction.atomic
def release_hold(*, hold: Hold, by: Actor, at: datetime) -> None:
    """Give a slot back; one that is gone already stays so."""
    allow(by, hold.clinic, hold.patient)
    _let_go(list(Hold.objects.select_for_update(no_key=True).filter(pk=hold.pk)), by=by, at=at)


@transaction.atomic
def release_ended_holds(*, at: datetime) -> None:
    """Delete the holds that ended a while ago."""
    ended = Hold.objects.select_for_update(no_key=True, skip_locked=True).filter(until__lte=at - FORGOTTEN_AFTER)
    _let_go(list(ended.order_by("pk")), by=SYSTEM, at=at)


def _oldest_from(origin_key: str) -> list[Hold]:
    """Return the holds of an address that are too many, the newest kept."""
    held = Hold.objects.select_for_update(no_key=True, skip_locked=True).filter(origin_key=origin_key)
    return list(held.order_by("-held_at", "-pk")[MOST_FROM_ONE_ADDRESS:])


def _let_go(holds: list[Hold], *, by: Actor, at: datetime) -> None:
    for hold in holds:
        audit.record("hold-released", hold, by=by, at=at)
        freed = following.Freed.by(hold)
        hold.delete()
        following.announce(following.FREED, freed, by=by, at=at)
