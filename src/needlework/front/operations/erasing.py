"""Erasing a record whose time is over, and what happens at once when it is not."""

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from needlework.accounts.models import User
from needlework.audit import record as audit
from needlework.audit.record import System
from needlework.care.queries.record import references_of_person
from needlework.front import permissions
from needlework.front.queries.keeping import keeping
from needlework.front.queries.subject_access import messages_of
from needlework.front.record import walk
from needlework.messages.models import Answer, Attempt
from needlework.patients import operations as patients
from needlework.patients.models import Patient, Purpose
from needlework.patients.queries import contact
from needlework.patients.queries.people import same_person
from needlework.payments import operations as payments
from needlework.web import guards


@transaction.atomic
def erase_patient(*, patient: Patient, by: User | System, at: datetime) -> None:
    """Remove every row of a patient and the copies of what was sent to them; events stay, for they hold no value.

    What was charged and paid stays too, as the books of a business must, and names nobody any more.
    """
    on = timezone.localdate(at)
    permissions.may_erase_patient(user=by, patient=patient, kept=keeping(patient), on=on).or_raise()
    people = list(Patient.objects.select_for_update().filter(pk__in=same_person(patient)))
    sent = messages_of([person.pk for person in people])
    with guards.lifted(connection, Attempt._meta.db_table, Answer._meta.db_table):
        Answer.objects.filter(attempt__message__in=sent).delete()
        Attempt.objects.filter(message__in=sent).delete()
    payments.forget_payer(references=references_of_person(people), payers=[person.pk for person in people])
    tables = list(walk(people))
    with guards.lifted(connection, *(rows[0]._meta.db_table for rows in tables)):
        Patient.objects.filter(pk__in=[person.pk for person in people]).update(merged_into=None)
        for rows in reversed(tables):
            type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows]).delete()
    audit.record("patient-erased", patient, by=by, at=at)


@transaction.atomic
def note_erasure_request(*, patient: Patient, by: User, at: datetime) -> None:
    """Write down that a patient asked, and stop marketing at once; the record goes when its time is over."""
    permissions.may_erase_record(user=by, patient=patient).or_raise()
    answers = {(reach.channel, Purpose.MARKETING): False for reach in contact.reaches(patient)}
    patients.record_contact_choices(patient=patient, answers=answers, version=contact.version(patient), by=by, at=at)
    audit.record("erasure-asked", patient, by=by, at=at)
