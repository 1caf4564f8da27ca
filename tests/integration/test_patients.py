"""Registering and editing a patient."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from needlework.accounts.decision import Refused
from needlework.accounts.models import Role
from needlework.audit.models import Event
from needlework.patients import operations, queries
from needlework.patients.models import Patient
from needlework.patients.problems import NotDoneError, StaleError
from tests.factories import accounts, patients

pytestmark = pytest.mark.django_db
LATER = patients.AT + timedelta(hours=1)


def test_adding_a_patient_writes_one_event_and_the_first_version():
    patient = patients.patient(notes="Prefers mornings")
    assert [(v.number, v.details["notes"]) for v in patient.versions.all()] == [(1, "Prefers mornings")]
    assert Event.objects.filter(verb="patient-added", subject_id=str(patient.pk), patient_id=patient.pk).count() == 1


def test_adding_twice_with_one_id_makes_one_patient():
    clinic, lead, one = accounts.clinic(), patients.lead(), uuid4()
    for _ in range(2):
        operations.add_patient(clinic=clinic, details=patients.details(), by=lead, at=patients.AT, patient_id=one)
    assert Patient.objects.count() == 1
    assert Event.objects.filter(verb="patient-added").count() == 1


def test_editing_appends_a_version_and_names_the_changed_fields():
    patient = patients.patient()
    operations.edit_patient(
        patient=patient, details=patients.details(family_name="Ellison-Hale"), version=1, by=patients.lead(), at=LATER
    )
    patient.refresh_from_db()
    assert (patient.family_name, patient.version, patient.versions.count()) == ("Ellison-Hale", 2, 2)
    assert patient.search.startswith("ellison hale jo")
    assert Event.objects.get(verb="patient-edited").fields == ["family_name"]


def test_editing_without_a_change_appends_nothing():
    patient = patients.patient()
    operations.edit_patient(patient=patient, details=patients.details(), version=1, by=patients.lead(), at=LATER)
    assert patient.versions.count() == 1


def test_a_stale_edit_changes_nothing():
    patient = patients.patient()
    with pytest.raises(StaleError, match="Somebody changed this patient's details"):
        operations.edit_patient(
            patient=patient, details=patients.details(known_as="Joey"), version=7, by=patients.lead(), at=LATER
        )
    assert Patient.objects.get().known_as == ""


def test_a_number_is_given_once_in_a_clinic():
    patients.patient(external_number="A-17")
    with pytest.raises(NotDoneError, match="Another patient of this clinic has this number"):
        patients.patient(external_number="A-17", given_names="Sam")


def test_an_auditor_adds_nobody():
    auditor = accounts.member(Role.AUDITOR, name="Tess Moor")
    with pytest.raises(Refused):
        operations.add_patient(clinic=accounts.clinic(), details=patients.details(), by=auditor, at=patients.AT)


def test_a_patient_of_another_clinic_is_missing():
    patient = patients.patient(clinic=accounts.clinic("Marton"))
    outsider = accounts.member(Role.PRACTITIONER)
    with pytest.raises(Http404):
        queries.patient_for(outsider, patient.pk)
    assert not queries.patients_for(outsider).exists()


def test_a_patient_of_ones_own_clinic_is_found():
    patient = patients.patient()
    assert queries.patient_for(accounts.member(Role.FRONT_DESK), patient.pk) == patient
