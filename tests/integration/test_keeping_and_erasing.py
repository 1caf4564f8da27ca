"""A copy of everything held, and erasure that keeps what the law needs."""

import io
import json
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from needlework.accounts.decision import Refused
from needlework.accounts.models import Role
from needlework.audit.models import Event
from needlework.audit.record import SYSTEM
from needlework.front import operations
from needlework.front.queries import keeping, subject_access
from needlework.messages.models import Attempt, Message
from needlework.patients import operations as patients
from needlework.patients.models import Channel, FactKind, Patient, Purpose
from needlework.patients.queries import contact
from needlework.web import guards
from tests.factories import accounts, messages
from tests.factories import patients as people

AT = accounts.AT
CANARY = "Penicillin: a rash in 2003"
pytestmark = pytest.mark.django_db


@pytest.fixture
def jo() -> Patient:
    return people.patient(email="jo@example.test", phone="+447700900123")


def with_allergy(patient: Patient) -> Patient:
    patients.record_fact(patient=patient, kind=FactKind.ALLERGY, text=CANARY, by=people.lead(), at=AT)
    return patient


def test_the_copy_holds_every_row_about_the_patient_in_open_json(jo):
    with_allergy(jo)
    content = operations.hand_out_copy(patient=jo, by=people.lead(), at=AT)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        kept = {name: json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")}
    assert kept["patient.json"][0]["family_name"] == "Ellison"
    assert kept["standingfact.json"][0]["text"] == CANARY
    assert kept["patientversion.json"][0]["details"]["given_names"] == "Jo"
    assert {event["verb"] for event in kept["event.json"]} == {"patient-added", "fact-recorded"}
    assert Event.objects.filter(verb="copy-handed-out", patient_id=jo.pk).exists()


def test_the_copy_holds_merged_records_and_nobody_elses(jo):
    again = people.patient(given_names="Johanna")
    other = people.patient(given_names="Sam", family_name="Okoro")
    with_allergy(other)
    patients.merge_patients(kept=jo, merged=again, by=people.lead(), at=AT)
    kept = subject_access.records(jo)
    assert {row["given_names"] for row in kept["patient"]} == {"Jo", "Johanna"}
    assert len(kept["mergerecord"]) == 1
    assert "standingfact" not in kept


def test_a_patient_is_found_by_the_number_on_the_page(jo):
    assert subject_access.find(str(jo.pk)) == jo
    assert subject_access.find(str(uuid4())) is None
    assert subject_access.find("Jo Ellison") is None


def test_a_record_without_anything_clinical_may_be_erased_at_once(jo):
    operations.erase_patient(patient=jo, by=people.lead(), at=AT)
    assert not Patient.objects.exists()
    events = Event.objects.filter(patient_id=jo.pk).order_by("pk")
    assert [event.verb for event in events] == ["patient-added", "patient-erased"]


def test_a_record_with_health_facts_is_kept_and_the_sentence_says_until_when(jo):
    with_allergy(jo)
    with pytest.raises(Refused, match="must be kept until 22 November 2034"):
        operations.erase_patient(patient=jo, by=people.lead(), at=AT)
    assert Patient.objects.get() == jo


def test_erasing_leaves_no_word_in_the_database(jo):
    with_allergy(jo)
    again = people.patient(given_names="Canaria", family_name="Canarius")
    patients.merge_patients(kept=jo, merged=again, by=people.lead(), at=AT)
    operations.erase_patient(patient=jo, by=SYSTEM, at=AT + timedelta(days=9 * 366))
    for model in {table.related_model for table in Patient._meta.related_objects} | {Patient}:
        assert not model.objects.exists(), model
    assert not any("Canari" in str(row) for row in everything())


def everything() -> list[object]:
    rows: list[object] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += cursor.fetchall()
    return rows


def test_erasing_takes_the_copies_of_what_was_sent_and_the_guards_stand_again(jo):
    with messages.kind():
        sent = messages.queue(to_id=jo.pk, due_at=AT)
        Attempt.objects.create(
            message=sent, number=1, channel="email", provider="x", key="k", honours_keys=False, started_at=AT, copy={}
        )
        operations.erase_patient(patient=jo, by=people.lead(), at=AT)
    assert Message.objects.filter(pk=sent.pk).exists()
    assert not Attempt.objects.exists()
    assert guards.missing(connection) == []


def test_noting_a_request_stops_marketing_at_once(jo):
    with_allergy(jo)
    yes = {(Channel.EMAIL, Purpose.MARKETING): True}
    patients.record_contact_choices(patient=jo, answers=yes, version=0, by=people.lead(), at=AT)
    operations.note_erasure_request(patient=jo, by=people.lead(), at=AT + timedelta(minutes=1))
    assert not any(reach.marketing_allowed for reach in contact.reaches(jo))
    assert Event.objects.filter(verb="erasure-asked", patient_id=jo.pk).exists()


def test_only_a_lead_may_erase(jo):
    somebody = accounts.member(Role.PRACTITIONER)
    with pytest.raises(Refused, match="Only a lead"):
        operations.erase_patient(patient=jo, by=somebody, at=AT)


def test_a_lead_of_another_clinic_may_neither_copy_nor_erase_even_with_access(jo):
    elsewhere = people.lead(accounts.clinic("Marton"))
    patients.grant_access(
        patient=jo, to=elsewhere, until=AT + timedelta(days=36500), reason="Covers for us", by=people.lead(), at=AT
    )
    for act in (operations.hand_out_copy, operations.erase_patient, operations.note_erasure_request):
        with pytest.raises(Refused, match="Only a lead of the patient’s clinic"):
            act(patient=jo, by=elsewhere, at=AT)
    client = accounts.signed_in_client(elsewhere)
    assert client.get(f"/patients/{jo.pk}/").status_code == 200
    assert client.get(f"/patients/{jo.pk}/copy/").status_code == 403
    assert client.post(f"/patients/{jo.pk}/erase/", {"family_name": "Ellison"}).status_code == 403


@pytest.mark.parametrize(("days", "gone"), [(8 * 365, False), (8 * 366, True)])
def test_the_daily_duty_erases_what_was_kept_long_enough_and_nothing_younger(jo, days, gone):
    with_allergy(jo)
    for patient in keeping.past_keeping(at=AT + timedelta(days=days)):
        operations.erase_patient(patient=patient, by=SYSTEM, at=AT + timedelta(days=days))
    assert Patient.objects.exists() is not gone


def test_opening_a_record_does_not_lengthen_its_keeping(jo):
    from needlework.audit.record import viewed

    viewed(jo, by=people.lead(), at=AT + timedelta(days=8 * 365))
    assert keeping.past_keeping(at=AT + timedelta(days=8 * 366)) == [jo]


def test_a_table_that_nobody_thought_of_counts_as_clinical(jo, monkeypatch):
    monkeypatch.setattr(keeping, "NOT_CLINICAL", keeping.NOT_CLINICAL - {"patientversion"})
    assert keeping.keeping(jo).clinical
