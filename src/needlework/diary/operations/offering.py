"""Offering a freed time to those who wait, one after another; the hold behind an offer keeps everybody else out."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction

from needlework.accounts.models import Clinic
from needlework.audit import record as audit
from needlework.audit.record import SYSTEM
from needlework.diary import tokens
from needlework.diary.actors import Actor
from needlework.diary.letters import queueing
from needlework.diary.models import (
    Appointment,
    DiaryRules,
    Hold,
    OfferOutcome,
    Resource,
    State,
    WaitingEntry,
    WaitingOffer,
)
from needlework.diary.operations.booking import confirm_hold
from needlework.diary.operations.holding import hold_slot, release_hold
from needlework.diary.operations.moving import move_appointment
from needlework.diary.operations.turns import locked, wait_to_offer, wait_to_take
from needlework.diary.people import VisitorDetails
from needlework.diary.problems import NotDoneError, NotOfferedError
from needlework.diary.queries import availability, series, waiting
from needlework.diary.queries.availability import Asking
from needlework.diary.queries.rules import rules_of, zone_of
from needlework.diary.slots.limits import Window
from needlework.diary.slots.offering import Start
from needlework.work import operations as work

PASS_ON = "pass-on-offer"
GRACE_MINUTES = 5
"""How much longer than its offer a hold lives, so that the next is offered the time before anybody else sees it."""

SMALLEST = timedelta(minutes=5)
KEPT_PLACE = "You keep your place on the waiting list."
OVER = f"This offer is over, and the time may be somebody else’s by now. {KEPT_PLACE}"
EARLIER = "You have this day already."
TAKEN_UP = "An earlier time from the waiting list"
Freed = tuple[datetime, datetime]


@transaction.atomic
def offer_freed(*, clinic: Clinic, begins: datetime, ends: datetime, at: datetime) -> list[WaitingOffer]:
    """Offer what was freed between two moments to the first whom it suits, and what is left of it to those behind.

    Nobody is offered a time that begins sooner than the clinic's notice: it could not be read in time.
    """
    rules, made = rules_of(clinic), list[WaitingOffer]()
    spans = [(begins, ends)]
    wait_to_offer(clinic)
    for entry in waiting.entries_at(clinic):
        for start in _suiting(entry, spans, rules, at):
            offer = _offer(entry, start, rules, at)
            if offer:
                made.append(offer)
                spans = list(_left(spans, start))
                break
        if not spans:
            break
    return made


@transaction.atomic
def take_offer(*, offer: WaitingOffer, by: Actor, at: datetime) -> Appointment:
    """Book what was offered, or move there the appointment that it was to replace; twice finds the first."""
    offer = wait_to_take(offer)
    entry = offer.entry
    if offer.outcome == OfferOutcome.TAKEN:
        return entry.instead_of or Appointment.objects.get(pk=offer.pk)
    if offer.outcome != OfferOutcome.OPEN or at >= offer.until:
        raise NotDoneError(OVER)
    appointment = _move(offer, entry.instead_of, at) if entry.instead_of else _book(offer, by, at)
    _settle(offer, OfferOutcome.TAKEN, by=by, at=at)
    end_entry(entry, by=by, at=at)
    work.cancel(key=_job_key(offer))
    return appointment


@transaction.atomic
def decline_offer(*, offer: WaitingOffer, by: Actor, at: datetime) -> None:
    """Refuse what was offered: it goes to the next at once, and the place on the list stays. Twice is once."""
    offer = locked(offer)
    if offer.outcome == OfferOutcome.TAKEN:
        raise NotDoneError("This offer was taken. Cancel or move the appointment instead.")
    if offer.outcome == OfferOutcome.OPEN:
        _settle(offer, OfferOutcome.DECLINED, by=by, at=at)
        work.restart(key=_job_key(offer), due_at=at)


@transaction.atomic
def pass_on_offer(*, offer: WaitingOffer, at: datetime) -> list[WaitingOffer]:
    """Offer a time that somebody declined, or let pass, to the next; nothing while the offer stands or once taken."""
    wait_to_offer(offer.entry.clinic)
    offer = locked(offer)
    if offer.outcome == OfferOutcome.TAKEN or (offer.outcome == OfferOutcome.OPEN and at < offer.until):
        return []
    if offer.outcome == OfferOutcome.OPEN:
        _settle(offer, OfferOutcome.EXPIRED, by=SYSTEM, at=at)
    hold = Hold.objects.filter(pk=offer.pk).first()
    if hold is None:
        return []
    release_hold(hold=hold, by=SYSTEM, at=at)
    return offer_freed(clinic=offer.entry.clinic, begins=hold.begins, ends=hold.ends, at=at)


def give_back(entry: WaitingEntry, *, by: Actor, at: datetime) -> None:
    """Decline whatever is offered to somebody who waits no more, in the transaction of why."""
    for offer in WaitingOffer.objects.filter(entry=entry, outcome=OfferOutcome.OPEN):
        decline_offer(offer=offer, by=by, at=at)


def end_entry(entry: WaitingEntry, *, by: Actor, at: datetime) -> None:
    """Note that somebody waits no more, in the transaction of why."""
    entry.ended_at, entry.ended_by_kind, entry.ended_by_id = at, by.audit_kind, by.pk
    entry.save(update_fields=["ended_at", "ended_by_kind", "ended_by_id"])
    audit.record("waiting-left", entry, by=by, at=at)


def _asking(entry: WaitingEntry) -> Asking:
    """Return on whose behalf availability is asked for somebody who waits."""
    return Asking(
        online=entry.service.online,
        patient=entry.patient,
        visitor=entry.visitor,
        instead_of=entry.instead_of,
        window=_window(entry),
    )


def _window(entry: WaitingEntry) -> Window | None:
    """Return the days that come before what somebody has, and keep the interval of its course."""
    old = entry.instead_of
    if old is None:
        return None
    window, day = series.window_of(old), old.begins.astimezone(zone_of(entry.clinic)).date()
    return Window(window.first if window else None, day, EARLIER)


def _suiting(entry: WaitingEntry, spans: list[Freed], rules: DiaryRules, at: datetime) -> Iterator[Start]:
    """Yield the times that somebody wishes for and can really have, and that use what was freed."""
    if entry.open_offers or (entry.instead_of and entry.instead_of.state != State.BOOKED):  # type: ignore[attr-defined]
        return
    soonest = at + timedelta(hours=rules.notice_hours)
    for begins, ends in spans:
        if not _answered(entry, begins, ends):
            found = (start for start in _starts(entry, begins, ends, at) if start.begins >= soonest)
            yield from sorted(found, key=lambda start: abs(start.begins - begins))


def _starts(entry: WaitingEntry, begins: datetime, ends: datetime, at: datetime) -> Iterator[Start]:
    """Yield the times on suitable days that touch a freed span and are earlier than what somebody has."""
    zone = zone_of(entry.clinic)
    first = max(begins.astimezone(zone).date(), entry.first_day)
    last = min(ends.astimezone(zone).date(), entry.last_day)
    before = entry.instead_of.begins if entry.instead_of else ends
    if last < first:
        return
    found = availability.offers(
        entry.service, first=first, last=last, practitioner=entry.practitioner, asking=_asking(entry), at=at
    )
    for day in found.days:
        if not entry.weekdays or day.day.weekday() in entry.weekdays:
            yield from (start for start in day.starts if start.begins < min(ends, before) and start.ends > begins)


def _answered(entry: WaitingEntry, begins: datetime, ends: datetime) -> bool:
    """Say whether somebody was offered a part of this very time before, and did not want it."""
    length = timedelta(minutes=entry.service.minutes)
    return entry.offers.filter(begins__lt=ends, begins__gt=begins - length).exists()


def _offer(entry: WaitingEntry, start: Start, rules: DiaryRules, at: datetime) -> WaitingOffer | None:
    """Hold a time for somebody and tell them; None where the time turned out to be taken, or they have an offer."""
    entry = WaitingEntry.objects.select_for_update(of=("self",)).select_related(*waiting.WHO).get(pk=entry.pk)
    if entry.ended_at or entry.offers.filter(outcome=OfferOutcome.OPEN).exists():
        return None
    offer_id = uuid4()
    try:
        hold = hold_slot(
            service=entry.service,
            begins=start.begins,
            practitioner=Resource.objects.get(pk=start.practitioner),
            hold_id=offer_id,
            patient=None if entry.instead_of else entry.patient,
            minutes=rules.offer_minutes + GRACE_MINUTES,
            online=entry.service.online and not entry.instead_of,
            by=SYSTEM,
            at=at,
        )
    except NotOfferedError:
        return None
    offer = WaitingOffer.objects.create(
        id=offer_id,
        entry=entry,
        hold=hold,
        begins=start.begins,
        practitioner=hold.practitioner,
        link_hash=tokens.hash_of(tokens.token_of("waiting-offer", offer_id)),
        until=min(at + timedelta(minutes=rules.offer_minutes), start.begins),
        offered_at=at,
    )
    audit.record("waiting-offered", offer, by=SYSTEM, at=at)
    queueing.waiting_offer(offer=offer, by=SYSTEM, at=at)
    work.enqueue(PASS_ON, key=_job_key(offer), due_at=offer.until, subject={"offer": str(offer.pk)})
    return offer


def _left(spans: list[Freed], start: Start) -> Iterator[Freed]:
    """Yield what an offered time leaves of what was freed."""
    for begins, ends in spans:
        for one, other in ((begins, min(ends, start.begins)), (max(begins, start.ends), ends)):
            if other - one >= SMALLEST:
                yield one, other


def _book(offer: WaitingOffer, by: Actor, at: datetime) -> Appointment:
    _still_stands(offer, at)
    patient, visitor = offer.entry.patient, offer.entry.visitor
    if patient is None and visitor is not None:
        return confirm_hold(hold_id=offer.pk, visitor=VisitorDetails(**visitor.details), by=by, at=at)
    return confirm_hold(hold_id=offer.pk, patient=patient, by=by, at=at)


def _still_stands(offer: WaitingOffer, at: datetime) -> None:
    """Refuse a time at which somebody is away by now, or the clinic closed: the hold knows nothing of it."""
    hold = Hold.objects.filter(pk=offer.pk).first()
    asking = Asking(online=False, patient=offer.entry.patient, visitor=offer.entry.visitor, hold=hold)
    try:
        availability.start_at(offer.entry.service, offer.begins, practitioner=offer.practitioner, asking=asking, at=at)
    except NotOfferedError as problem:
        raise NotDoneError(f"{problem} {KEPT_PLACE}") from None


def _move(offer: WaitingOffer, old: Appointment, at: datetime) -> Appointment:
    """Move an appointment to the time that was held for it: nobody comes between, it is one transaction.

    The clinic offered it, so that its rules for moving online do not stand in the way.
    """
    for hold in Hold.objects.filter(pk=offer.pk):
        release_hold(hold=hold, by=SYSTEM, at=at)
    return move_appointment(
        appointment=old,
        begins=offer.begins,
        practitioner=offer.practitioner,
        sequence=old.sequence,
        reason=TAKEN_UP,
        by=SYSTEM,
        at=at,
    )


def _settle(offer: WaitingOffer, outcome: OfferOutcome, *, by: Actor, at: datetime) -> None:
    offer.outcome, offer.settled_at = outcome, at
    offer.save(update_fields=["outcome", "settled_at"])
    audit.record(f"waiting-offer-{outcome}", offer, by=by, at=at)


def _job_key(offer: WaitingOffer) -> str:
    return f"pass-on-offer:{offer.pk}"
