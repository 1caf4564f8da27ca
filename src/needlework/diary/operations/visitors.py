"""Saying which patient a visitor is."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from needlework.accounts.models import Clinic, User
from needlework.audit import record as audit
from needlework.diary import locks, permissions
from needlework.diary.models import Appointment, ChangeKind, State, Visitor, WaitingEntry
from needlework.diary.operations.wanting import place_of, settle_in
from needlework.diary.operations.writing import append_change, never_twice
from needlework.diary.people import person_of
from needlework.diary.problems import StaleError
from needlework.patients import permissions as of_patients
from needlework.patients.models import Patient


@transaction.atomic
def match_visitor(*, visitor: Visitor, patient: Patient, by: User, at: datetime) -> Visitor:
    """Make everything that a visitor booked the patient's own; said twice it stays as it is.

    Raises NotDoneError where that would put the patient in two places at once.
    """
    _allow(by, visitor)
    of_patients.may_edit_patient(user=by, patient=patient, at=at).or_raise()
    person = person_of(patient)
    visitor = Visitor.objects.select_for_update(no_key=True).get(pk=visitor.pk)  # as booking does, before any resource
    theirs = Appointment.objects.filter(visitor=visitor).exclude(state=State.CANCELLED)
    used = theirs.values_list("practitioner", "room", "device")
    locks.take_resources(resource for row in (person.resources, *used) for resource in row)
    if visitor.patient_id is not None:
        if visitor.patient_id in (patient.pk, getattr(person.patient, "pk", None)):
            return visitor
        raise StaleError("this visitor")
    for appointment in theirs.order_by("begins"):
        settle_in(place_of(appointment), person, own=appointment.pk, at=at)
    visitor.patient, visitor.matched_at, visitor.matched_by = person.patient, at, by
    visitor.save(update_fields=["patient", "matched_at", "matched_by"])
    booked = Appointment.objects.select_for_update(no_key=True).filter(visitor=visitor)
    for appointment in booked.order_by("begins"):
        appointment.patient = person.patient
        appointment.sequence += 1
        with never_twice():
            appointment.save(update_fields=["patient", "sequence"])
        append_change(appointment, ChangeKind.MATCHED, by=by, at=at)
    WaitingEntry.objects.filter(visitor=visitor).update(patient=person.patient)
    audit.record("visitor-matched", visitor, by=by, at=at)
    return visitor


def _allow(by: User, visitor: Visitor) -> None:
    """Let staff of a clinic act where a visitor has booked: who books in two is one visitor, recorded in the first."""
    booked_at = Clinic.objects.filter(Q(pk=visitor.clinic_id) | Q(appointments__visitor=visitor)).distinct()
    decisions = [permissions.may_book(user=by, clinic=clinic) for clinic in booked_at]
    next(filter(None, decisions), decisions[0]).or_raise()
