"""The waiting list: joining, leaving, offering what was freed to one after another, taking and declining it."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from needlework.audit import record as audit
from needlework.audit.record import SYSTEM
from needlework.diary import locks
from needlework.diary.actors import Actor
from needlework.diary.models import Appointment, Resource, Service, State, Visitor, WaitingEntry
from needlework.diary.operations import offering
from needlework.diary.operations.writing import allow
from needlework.diary.problems import NotDoneError
from needlework.diary.queries import waiting
from needlework.diary.queries.rules import zone_of
from needlework.patients.models import Patient
from needlework.patients.queries.people import follow, same_person

UPSIDE_DOWN = "The last day lies before the first. Check both days."
PAST = "These days are over. Choose a last day from today on."
TOO_FAR = "The list reaches a year ahead. Choose an earlier last day."
FARTHEST = timedelta(days=366)
ENDED = "This is not offered any more. Choose something else."
TWICE = "They are on the waiting list for this already. Change that entry, or end it first."
NOT_THEIRS = "The appointment to be moved is over, cancelled or somebody else's. Choose another, or none."
NOBODY = "Choose who waits."


@transaction.atomic
def join_waiting(
    *,
    entry_id: UUID,
    service: Service,
    patient: Patient | None = None,
    visitor: Visitor | None = None,
    practitioner: Resource | None = None,
    instead_of: Appointment | None = None,
    first_day: date,
    last_day: date,
    weekdays: Collection[int] = (),
    by: Actor,
    at: datetime,
) -> WaitingEntry:
    """Put somebody on the list, behind all who joined before; a second call with the same id finds the first.

    `weekdays` are those that suit, 0 is Monday; none means any. `instead_of` is the appointment that taking an offer
    moves.
    """
    _wait_in_turn(service, patient, visitor)
    existing = WaitingEntry.objects.filter(pk=entry_id).first()
    if existing:
        return existing
    allow(by, service.clinic, patient)
    _refuse_wish(service, first_day, last_day, at)
    _refuse_somebody(service, patient, visitor, instead_of)
    entry = WaitingEntry.objects.create(
        id=entry_id,
        clinic=service.clinic,
        service=service,
        patient=patient,
        visitor=visitor,
        practitioner=practitioner,
        instead_of=instead_of,
        first_day=first_day,
        last_day=last_day,
        weekdays=sorted(set(weekdays)),
        joined_at=at,
        joined_by_kind=by.audit_kind,
        joined_by_id=by.pk,
    )
    audit.record("waiting-joined", entry, by=by, at=at)
    return entry


@transaction.atomic
def leave_waiting(*, entry: WaitingEntry, by: Actor, at: datetime) -> WaitingEntry:
    """Take somebody off the list; what was offered to them goes to the next. Twice is once."""
    entry = WaitingEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    allow(by, entry.clinic, entry.patient)
    if entry.ended_at is None:
        offering.give_back(entry, by=by, at=at)
        offering.end_entry(entry, by=by, at=at)
    return entry


@transaction.atomic
def forget_wishes_for(*, appointment: Appointment, at: datetime) -> None:
    """End every wish for an earlier time than that of an appointment which no longer stands."""
    for entry in WaitingEntry.objects.filter(instead_of=appointment, ended_at=None):
        leave_waiting(entry=entry, by=SYSTEM, at=at)


def _wait_in_turn(service: Service, patient: Patient | None, visitor: Visitor | None) -> None:
    """Let one person join for one service once at a time, on whichever of their records."""
    who = follow(patient) if patient else visitor
    locks.take_keys(f"waiting:{service.pk}:{who and who.pk}")


def _refuse_wish(service: Service, first_day: date, last_day: date, at: datetime) -> None:
    if service.ended_at is not None:
        raise NotDoneError(ENDED)
    if last_day < first_day:
        raise NotDoneError(UPSIDE_DOWN)
    today = at.astimezone(zone_of(service.clinic)).date()
    if last_day < today:
        raise NotDoneError(PAST)
    if last_day > today + FARTHEST:
        raise NotDoneError(TOO_FAR)


def _refuse_somebody(
    service: Service, patient: Patient | None, visitor: Visitor | None, instead_of: Appointment | None
) -> None:
    if patient is None and visitor is None:
        raise NotDoneError(NOBODY)
    if waiting.waits_already(service_id=service.pk, patient=patient, visitor=visitor):
        raise NotDoneError(TWICE)
    if instead_of and not (
        instead_of.state == State.BOOKED and instead_of.service_id == service.pk and _is(instead_of, patient, visitor)
    ):
        raise NotDoneError(NOT_THEIRS)


def _is(appointment: Appointment, patient: Patient | None, visitor: Visitor | None) -> bool:
    """Say whether an appointment is somebody's."""
    if patient is not None:
        return appointment.patient_id in same_person(patient)
    return visitor is not None and appointment.visitor_id == visitor.pk
