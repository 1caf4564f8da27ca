"""What the database itself refuses about patients, on either engine."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from needlework.patients.models import (
    BreakGlass,
    ContactChoice,
    Grant,
    ImportedFile,
    MergeRecord,
    Patient,
    PatientVersion,
    SignInLink,
    StandingFact,
)
from tests.factories import accounts, patients

pytestmark = pytest.mark.django_db
AT = patients.AT
LATER = AT + timedelta(hours=1)


def refused(make):
    with pytest.raises(DatabaseError), transaction.atomic():
        make()


def row(model, **fields):
    """Save one row with its defaults; the record's own fields come first."""
    return lambda: model.objects.create(**fields)


def person(**fields):
    common = {"clinic": accounts.clinic(), "family_name": "Fox", "given_names": "Lena", "search": "fox lena"}
    common |= {"date_of_birth": date(1990, 1, 1), "recorded_at": AT, "recorded_by": patients.lead()}
    return row(Patient, **common | fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"family_name": "", "given_names": ""},
        {"date_of_birth": date(1899, 12, 31)},
        {"sex": "unknown"},
        {"version": 0},
        {"family_name": "F" * 121},
        {"family_name": "F\0x"},
        {"search": "s" * 641},
    ],
    ids=["name", "birthday", "sex", "version", "length", "nul", "search"],
)
def test_a_patient_without_sense_is_refused(fields):
    person()()
    # psycopg itself refuses a NUL before it reaches the server
    with pytest.raises((DatabaseError, ValueError)), transaction.atomic():
        person(**fields)()


def test_a_number_twice_in_a_clinic_is_refused():
    person(external_number="17")()
    refused(person(external_number="17"))
    person(external_number="17", clinic=accounts.clinic("Marton"))()


def test_a_record_merged_into_itself_is_refused():
    patient = person()()
    refused(lambda: Patient.objects.filter(pk=patient.pk).update(merged_into=patient.pk))


def test_a_version_twice_is_refused():
    patient = patients.patient()
    refused(row(PatientVersion, patient=patient, number=1, details={}, recorded_at=AT, recorded_by=patients.lead()))


def fact(**fields):
    common = {"patient": patients.patient(), "kind": "allergy", "recorded_at": AT, "recorded_by": patients.lead()}
    return row(StandingFact, **common | fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "horoscope"},
        {"kind": "photo-id", "none_known": True},
        {"kind": "photo-id"},
        {"performed_on": date(2026, 11, 1)},
        {"ended_at": AT},
        {"entered_in_error_at": AT},
    ],
    ids=["kind", "no-photo-id", "unseen-photo-id", "performed", "ended", "error"],
)
def test_a_fact_without_sense_is_refused(fields):
    refused(fact(**fields))


def test_none_known_twice_is_refused():
    patient = patients.patient()
    fact(patient=patient, none_known=True)()
    refused(fact(patient=patient, none_known=True))


@pytest.mark.parametrize(
    "fields",
    [{"channel": "pigeon"}, {"purpose": "fun"}, {"by_patient": True}, {"recorded_by": None}],
    ids=["channel", "purpose", "both", "nobody"],
)
def test_a_contact_choice_without_sense_is_refused(fields):
    common = {"patient": patients.patient(), "channel": "sms", "purpose": "care", "allowed": True}
    refused(row(ContactChoice, **common | {"recorded_at": AT, "recorded_by": patients.lead()} | fields))


@pytest.mark.parametrize(
    "fields",
    [{"user": None}, {"clinic": True}, {"until": AT}, {"ended_at": LATER}],
    ids=["nobody", "both", "no-time", "ended"],
)
def test_a_grant_without_sense_is_refused(fields):
    common = {"patient": patients.patient(), "user": patients.lead(), "until": LATER}
    if "clinic" in fields:
        fields = {"clinic": accounts.clinic("Marton")}
    refused(row(Grant, **common | {"granted_at": AT, "granted_by": patients.lead()} | fields))


@pytest.mark.parametrize("fields", [{"until": AT}, {"seen_at": LATER}], ids=["no-time", "seen"])
def test_broken_glass_without_sense_is_refused(fields):
    common = {"patient": patients.patient(), "opened_at": AT, "opened_by": patients.lead(), "until": LATER}
    refused(row(BreakGlass, **common | fields))


def test_a_merge_without_sense_is_refused():
    kept, merged = patients.patient(), patients.patient()
    common = {"merged_at": AT, "merged_by": patients.lead()}
    refused(row(MergeRecord, kept=kept, merged=kept, **common))
    refused(row(MergeRecord, kept=kept, merged=merged, undone_at=LATER, **common))
    row(MergeRecord, kept=kept, merged=merged, **common)()
    refused(row(MergeRecord, kept=patients.patient(), merged=merged, **common))


def imported(**fields):
    common = {"clinic": accounts.clinic(), "digest": "d", "encoding": "UTF-8", "checked_at": AT}
    return row(ImportedFile, **common | {"checked_by": patients.lead()} | fields)


def test_an_import_without_sense_is_refused():
    applied = {"applied_at": LATER, "applied_by": patients.lead()}
    refused(imported(applied_at=LATER))
    refused(imported(text="Name", **applied))
    imported(**applied)()
    refused(imported(**applied))


@pytest.mark.parametrize(
    "fields",
    [{"valid_until": AT}, {"wrong_tries": 6}, {"spent_at": AT}, {"signed_out_at": AT}],
    ids=["no-time", "tries", "spent", "signed-out"],
)
def test_a_sign_in_link_without_sense_is_refused(fields):
    common = {"email": "jo@example.test", "token_hash": "t", "valid_from": AT, "valid_until": LATER}
    refused(row(SignInLink, **common | fields))


def test_a_token_twice_is_refused():
    common = {"email": "jo@example.test", "token_hash": "t", "valid_from": AT, "valid_until": LATER}
    row(SignInLink, **common)()
    refused(row(SignInLink, **common, id=uuid4()))


def test_a_patient_with_facts_is_not_deleted():
    patient = patients.patient()
    refused(patient.delete)
