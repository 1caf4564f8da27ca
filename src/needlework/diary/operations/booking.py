"""Booking: from a hold, or at once."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from needlework.audit.record import SYSTEM
from needlework.diary import following, locks, tokens
from needlework.diary.actors import Actor, VisitorActor, is_online
from needlework.diary.models import (
    Appointment,
    AppointmentSeries,
    ChangeKind,
    Hold,
    Resource,
    Service,
)
from needlework.diary.operations.wanting import Wanted, place_of, settle_in
from needlework.diary.operations.writing import allow, append_change, never_twice
from needlework.diary.people import Person, VisitorDetails, somebody
from needlework.diary.problems import TakenError
from needlework.diary.queries.availability import Asking, start_at
from needlework.diary.slots.offering import Start
from needlework.patients.models import Patient
from needlework.web.inserting import insert

GONE = "This time is no longer kept for you, and somebody else may have taken it. Choose a time again."


@transaction.atomic
def confirm_hold(
    *,
    hold_id: UUID,
    patient: Patient | None = None,
    visitor: VisitorDetails | None = None,
    note: str = "",
    by: Actor,
    at: datetime,
) -> Appointment:
    """Make an appointment of a hold, at the price and length of when it was held; sent twice it finds the first.

    A hold that has ended is confirmed all the same while its slot is still offered. Raises TakenError where it is gone.
    """
    hold = Hold.objects.select_related("service__clinic", "practitioner").filter(pk=hold_id).first()
    if hold is None:
        return _booked_already(hold_id)
    person = somebody(hold.clinic, visitor or patient or hold.patient, at=at)
    if person.visitor and by == SYSTEM:
        by = VisitorActor(person.visitor.pk)
    allow(by, hold.clinic, person.patient)
    locks.take(hold.service, hold.practitioner, person=person, and_also=(hold.room_id, hold.device_id))
    hold = Hold.objects.select_for_update(no_key=True).select_related("service__clinic").filter(pk=hold_id).first()
    if hold is None:
        return _booked_already(hold_id)
    if hold.until <= at:
        asking = Asking(online=is_online(by), patient=person.patient, visitor=person.visitor, hold=hold)
        start_at(hold.service, hold.begins, practitioner=hold.practitioner, asking=asking, at=at)
    start = place_of(hold)
    settle_in(start, person, own=hold_id, at=at)
    hold.delete()
    return _written(
        Appointment(
            id=hold_id,
            clinic=hold.clinic,
            service=hold.service,
            price_pence=hold.price_pence,
            deposit_pence=hold.deposit_pence,
            note=note,
        ),
        start,
        person,
        by=by,
        at=at,
    )


@transaction.atomic
def book_appointment(
    *,
    appointment_id: UUID,
    service: Service,
    begins: datetime,
    practitioner: Resource | None = None,
    patient: Patient | VisitorDetails,
    overbooking_reason: str = "",
    note: str = "",
    series: AppointmentSeries | None = None,
    number: int | None = None,
    by: Actor,
    at: datetime,
) -> Appointment:
    """Book a slot for a patient, or for somebody who is none yet; the same id again finds the first.

    With a reason, staff put it beside another. Raises NotOfferedError for a time that cannot be booked, and TakenError
    when somebody was faster.
    """
    allow(by, service.clinic, patient if isinstance(patient, Patient) else None)
    wanted = Wanted(
        service=service,
        practitioner=practitioner,
        begins=begins,
        length=timedelta(minutes=service.minutes),
        own=appointment_id,
        overbooks=bool(overbooking_reason) and not is_online(by),
        at=at,
    )
    person = somebody(service.clinic, patient, at=at)
    if wanted.wait(person):
        return Appointment.objects.get(pk=appointment_id)
    start = wanted.place(person, online=is_online(by))
    paid_as_course = series is not None and series.price_pence > 0
    return _written(
        Appointment(
            id=appointment_id,
            clinic=service.clinic,
            service=service,
            price_pence=0 if paid_as_course else service.price_pence,
            deposit_pence=service.deposit_pence if is_online(by) and not paid_as_course else 0,
            series=series,
            number=number,
            overbooked=wanted.overbooks,
            note=note,
        ),
        start,
        person,
        by=by,
        at=at,
        reason=overbooking_reason if wanted.overbooks else "",
    )


def _booked_already(hold_id: UUID) -> Appointment:
    """Return the appointment that a hold has become; raise TakenError where the hold is gone without one."""
    booked = Appointment.objects.filter(pk=hold_id).first()
    if booked is None:
        raise TakenError(GONE)
    return booked


def _written(
    appointment: Appointment, start: Start, person: Person, *, by: Actor, at: datetime, reason: str = ""
) -> Appointment:
    """Write an appointment to its place, with its history, and tell whoever follows."""
    appointment.practitioner_id, appointment.room_id, appointment.device_id = (
        start.practitioner,
        start.room,
        start.device,
    )
    appointment.begins, appointment.ends = start.begins, start.ends
    appointment.patient, appointment.visitor = person.patient, person.visitor
    appointment.link_hash = tokens.hash_of(tokens.token_of("appointment", appointment.pk))
    appointment.booked_at, appointment.booked_by_kind, appointment.booked_by_id = at, by.audit_kind, by.pk
    with never_twice():
        insert(appointment)
    change = append_change(appointment, ChangeKind.BOOKED, by=by, at=at, reason=reason)
    following.announce(following.BOOKED, appointment, by=by, at=at, change=change)
    return appointment
