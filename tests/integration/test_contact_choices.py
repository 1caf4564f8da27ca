"""How patients may be reached: care unless they say no, marketing only if they say yes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from needlework.accounts.decision import Refused
from needlework.accounts.models import Role
from needlework.messages.models import Message
from needlework.patients import letters, operations
from needlework.patients.models import Channel, ContactChoice, Purpose
from needlework.patients.problems import StaleError
from needlework.patients.queries import contact
from tests.factories import accounts, patients

pytestmark = pytest.mark.django_db
AT = patients.AT
SMS_CARE, SMS_NEWS = (Channel.SMS, Purpose.CARE), (Channel.SMS, Purpose.MARKETING)


def record(patient, answers, version=0, by=None, at=AT):
    return operations.record_contact_choices(
        patient=patient, answers=answers, version=version, by=by or patients.lead(), at=at
    )


def test_without_an_answer_care_may_reach_and_marketing_may_not():
    patient = patients.patient()
    for channel in Channel:
        assert contact.may_send(patient.pk, channel, marketing=False)
        assert not contact.may_send(patient.pk, channel, marketing=True)


def test_the_latest_answer_holds():
    patient = patients.patient()
    record(patient, {SMS_NEWS: True})
    assert contact.may_send(patient.pk, "sms", marketing=True)
    record(patient, {SMS_NEWS: False}, version=1, at=AT + timedelta(hours=1))
    assert not contact.may_send(patient.pk, "sms", marketing=True)


def test_an_answer_that_changes_nothing_is_not_written_again():
    patient = patients.patient()
    record(patient, {SMS_NEWS: True})
    assert record(patient, {SMS_NEWS: True}, version=1) == []
    assert ContactChoice.objects.count() == 1


def test_an_old_page_overwrites_no_newer_answer():
    patient = patients.patient()
    record(patient, {SMS_NEWS: False})
    with pytest.raises(StaleError):
        record(patient, {SMS_NEWS: True}, version=0)


def test_a_no_survives_a_merge():
    kept, merged = patients.patient(), patients.patient()
    record(kept, {SMS_NEWS: True})
    record(merged, {SMS_NEWS: False}, at=AT + timedelta(hours=1))
    operations.merge_patients(kept=kept, merged=merged, by=patients.lead(), at=AT)
    for pk in (kept.pk, merged.pk):
        assert not contact.may_send(pk, "sms", marketing=True)


def test_nobody_is_reached_by_an_unknown_channel_or_as_an_unknown_person():
    assert not contact.may_send(patients.patient().pk, "pigeon", marketing=False)
    assert not contact.may_send(uuid4(), "sms", marketing=False)


def test_letters_about_care_go_where_the_patient_wants_them():
    patient = patients.patient(email="jo@example.test", phone="+447700900123")
    record(patient, {SMS_CARE: False})
    assert contact.care_addresses(patient) == {"email": "jo@example.test", "phone": None}


def test_marketing_needs_a_yes_for_every_channel_of_the_message():
    patient = patients.patient()
    record(patient, {SMS_NEWS: True})
    by_sms = Message(to_kind="patient", to_id=patient.pk, channels=["sms"])
    by_both = Message(to_kind="patient", to_id=patient.pk, channels=["sms", "email"])
    to_staff = Message(to_kind="staff", to_id=patients.lead().pk, channels=["sms"])
    assert [letters.agrees_to_marketing(message) for message in (by_sms, by_both, to_staff)] == [True, False, False]


def test_an_auditor_writes_no_choices():
    with pytest.raises(Refused):
        record(patients.patient(), {SMS_NEWS: True}, by=accounts.member(Role.AUDITOR, name="Tess Moor"))


def test_the_page_writes_who_said_so():
    patient = patients.patient()
    browser = accounts.signed_in_client(accounts.member(Role.FRONT_DESK, name="Ben Ward"))
    address = reverse("patient-contact", args=[patient.pk])
    browser.post(address, {"version": "0", "care": ["email", "phone"], "marketing": ["email"]})
    page = browser.get(reverse("patient", args=[patient.pk])).content.decode()
    assert "Ben Ward" in page
    assert not contact.may_send(patient.pk, "sms", marketing=False)
    stale = browser.post(address, {"version": "0", "care": []})
    assert "Somebody changed these choices" in stale.content.decode()
