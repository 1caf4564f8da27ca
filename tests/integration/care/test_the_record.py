"""The books and a patient's record: a copy holds what was paid, erasing takes the person out of the books."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from needlework.audit.record import SYSTEM
from needlework.care.queries import bills
from needlework.diary.models import Appointment
from needlework.front.operations import erase_patient, hand_out_copy
from needlework.patients.models import Patient
from needlework.payments import operations
from needlework.payments.models import Checkout, Entry, Kind
from needlework.web import guards
from tests.factories import payments
from tests.integration.care.conftest import AT


@pytest.fixture
def paid(there, appointment, course):
    """An appointment and a course with a payment, a refund and a visit to the provider's page; some without payer."""
    about = {"clinic": there.clinic, "reference": bills.of_appointment(appointment).reference}
    payment = payments.payment(9000, **about, payer=None)
    payments.refund(payment, 1000, reason="Jo Ellison moved away")
    operations.start_checkout(**about, payer=None, amount_pence=500, by=there.patient, at=AT)
    return payment


def test_a_copy_of_the_record_holds_what_was_charged_and_paid(there, paid):
    content = hand_out_copy(patient=there.patient, by=there.lead, at=AT)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        entries, checkouts = (json.loads(file.read(f"{name}.json")) for name in ("entry", "checkout"))
    assert sorted((one["kind"], one["amount_pence"]) for one in entries) == [
        ("charge", 18000), ("charge", 45000), ("payment", 9000), ("refund", 1000)
    ]  # fmt: skip
    assert {one["reason"] for one in entries} == {"", "Jo Ellison moved away"}
    assert [one["amount_pence"] for one in checkouts] == [500]


def test_erasing_keeps_the_books_and_takes_the_person_out_of_them(there, paid, course):
    before = sorted(Entry.objects.values_list("pk", "kind", "amount_pence", "performed_on", "reference"))
    erase_patient(patient=there.patient, by=SYSTEM, at=AT + timedelta(days=366 * 9))
    assert not Patient.objects.exists()
    assert not Appointment.objects.exists()
    assert sorted(Entry.objects.values_list("pk", "kind", "amount_pence", "performed_on", "reference")) == before
    for entry in Entry.objects.all():
        assert (entry.payer, entry.reason) == (None, "")
        assert entry.recorded_by_id == there.lead.pk
    assert Entry.objects.filter(kind=Kind.CHARGE).first().about.startswith("Microneedling, face")
    assert list(Checkout.objects.values_list("payer", "opened_by_id")) == [(None, None)]
    assert guards.missing(connection) == []
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.update(amount_pence=1)
